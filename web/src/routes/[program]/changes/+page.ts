import { cursorIn } from '#lib/catalogue/cursor-in.ts';
import { apiFor } from '#lib/api.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url }) => ({
  changes: await forPage(
    apiFor(fetch).catalogue.changes({ params: { program: params.program }, query: cursorIn(url) }),
  ),
  isFirst: !url.searchParams.has('after'),
});
