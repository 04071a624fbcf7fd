import { apiFor } from '#lib/api.ts';
import { cursorIn } from '#lib/catalogue/cursor-in.ts';
import { openRequest } from '#lib/engagements/district-desk.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent, url }) => {
  const { session } = await parent();
  const [desk, comments] = await Promise.all([
    openRequest(fetch, session, params),
    forPage(apiFor(fetch).engagements.requests.comments({ params, query: cursorIn(url) })),
  ]);
  return { ...desk, comments };
};
