import { actingAs } from '#lib/accounts/session.ts';
import { apiFor } from '#lib/api.ts';
import { cursorIn } from '#lib/catalogue/cursor-in.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent, url }) => {
  const { session } = await parent();
  const { program } = params;
  const acting = actingAs(session, program, 'agency');
  const api = apiFor(fetch).engagements.demand;
  const query = cursorIn(url);
  const [{ months }, unmet] = await Promise.all([
    forPage(api.get({ params: { program } })),
    forPage(api.unmet({ params: { program }, query })),
  ]);
  return { acting, months, unmet, isFirst: query.after === undefined };
};
