import { apiFor } from '#lib/api.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params }) => {
  const { program, partner } = params;
  const api = apiFor(fetch).catalogue;
  const [shown, changes] = await Promise.all([
    forPage(api.partners.get({ params: { program, partner } })),
    forPage(api.partners.changes({ params: { program, partner }, query: {} })),
  ]);
  return { shown, changes };
};
