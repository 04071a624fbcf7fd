import { hasRole } from '#lib/accounts/has-role.ts';
import { openApprovals } from '#lib/catalogue/approvals-desk.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, fetch, params, parent }) => {
  const { session } = await parent();
  const shown = await openApprovals(fetch, session, params.program, params.partner);
  const mayInvite = !shown.listing.claimed && hasRole(session?.acting, 'agency:program-lead');
  return { ...data, shown, mayInvite };
};
