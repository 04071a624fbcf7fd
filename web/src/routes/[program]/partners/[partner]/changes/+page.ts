import { cursorIn } from '#lib/catalogue/cursor-in.ts';
import { apiFor } from '#lib/api.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url }) => {
  const { program, partner } = params;
  const api = apiFor(fetch).catalogue.partners;
  const [{ listing }, changes] = await Promise.all([
    forPage(api.get({ params: { program, partner }, query: {} })),
    forPage(api.changes({ params: { program, partner }, query: cursorIn(url) })),
  ]);
  return { name: listing.content.name, partner: listing.partner, changes, isFirst: !url.searchParams.has('after') };
};
