import { apiFor } from '#lib/api.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => {
  const { programs } = await forPage(apiFor(fetch).catalogue.programs.list());
  return { programs };
};
