import { openForAct } from '#lib/engagements/district-desk.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const { session } = await parent();
  return openForAct(fetch, session, params, 'amend');
};
