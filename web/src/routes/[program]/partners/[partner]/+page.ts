import { apiFor } from '#lib/api.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params }) => {
  const { program, partner } = params;
  const shown = await forPage(
    apiFor(fetch).catalogue.partners.get({ params: { program, partner }, query: { changes: 'latest' } }),
  );
  return { shown };
};
