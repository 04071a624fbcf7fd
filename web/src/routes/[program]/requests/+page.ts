import { apiFor } from '#lib/api.ts';
import { actingAs } from '#lib/accounts/session.ts';
import { cursorIn } from '#lib/catalogue/cursor-in.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent, url }) => {
  const { session } = await parent();
  const acting = actingAs(session, params.program, 'district');
  const query = cursorIn(url);
  const requests = await forPage(
    apiFor(fetch).engagements.requests.list({ params: { program: params.program }, query }),
  );
  return { acting, requests, isFirst: query.after === undefined };
};
