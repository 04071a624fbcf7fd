import { actingAs } from '#lib/accounts/session.ts';
import { apiFor } from '#lib/api.ts';
import { cursorIn } from '#lib/catalogue/cursor-in.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent, url }) => {
  const { session } = await parent();
  const { program } = params;
  const acting = actingAs(session, program, 'district', 'partner', 'agency');
  const query = cursorIn(url);
  const engagements = await forPage(apiFor(fetch).engagements.engagements.list({ params: { program }, query }));
  return { acting, engagements, isFirst: query.after === undefined };
};
