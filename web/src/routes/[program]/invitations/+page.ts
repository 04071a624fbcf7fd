import { apiFor } from '#lib/api.ts';
import { actingAs } from '#lib/accounts/session.ts';
import { cursorIn } from '#lib/catalogue/cursor-in.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent, url }) => {
  const { session } = await parent();
  const acting = actingAs(session, params.program, 'partner');
  const query = cursorIn(url);
  const invitations = await forPage(
    apiFor(fetch).engagements.invitations.list({ params: { program: params.program }, query }),
  );
  return { acting, invitations, isFirst: query.after === undefined };
};
