import { error } from '@sveltejs/kit';
import { approvalRoles } from '#shared/catalogue/acts.ts';
import type { PartnerPage } from '#shared/catalogue/contract.ts';
import { apiFor } from '#lib/api.ts';
import { hasRole } from '#lib/accounts/has-role.ts';
import { actingAs, type Session } from '#lib/accounts/session.ts';
import { forPage } from '#lib/failure.ts';

/** A partner as those see it who decide on its approvals; other visitors get the page that says why not. */
export async function openApprovals(
  fetch: typeof globalThis.fetch,
  session: Session | undefined,
  program: string,
  partner: string,
): Promise<PartnerPage> {
  const acting = actingAs(session, program, 'agency');
  if (!hasRole(acting, ...approvalRoles)) {
    error(403, { message: 'Program leads and determiners of this state’s agency decide on approvals.' });
  }
  return forPage(apiFor(fetch).catalogue.partners.get({ params: { program, partner } }));
}

type Entry = PartnerPage['approvals'][number];

/** The approval in an area; undefined where there is none yet. */
export function approvalIn(shown: PartnerPage, area: string): Entry | undefined {
  return shown.approvals.find(({ approval }) => approval.area === area);
}
