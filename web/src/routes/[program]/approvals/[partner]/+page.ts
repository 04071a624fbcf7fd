import { openApprovals } from '#lib/catalogue/approvals-desk.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const { session } = await parent();
  return { shown: await openApprovals(fetch, session, params.program, params.partner) };
};
