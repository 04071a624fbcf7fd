import { approvalRoles } from '#shared/catalogue/acts.ts';
import type { PartnerPage } from '#shared/catalogue/contract.ts';
import { unknownArea } from '#shared/programs/unknown-area.ts';
import { apiFor } from '#lib/api.ts';
import { hasRole } from '#lib/accounts/has-role.ts';
import type { Session } from '#lib/accounts/session.ts';
import { forPage } from '#lib/failure.ts';
import { ApiRefusal } from '#lib/refusal.ts';

/** A partner as those see it who decide on its approvals. Throws the refusal that other visitors get. */
export async function approvalsOf(
  fetch: typeof globalThis.fetch,
  session: Session | undefined,
  program: string,
  partner: string,
): Promise<PartnerPage> {
  const acting = session?.acting;
  if (acting === undefined) throw new ApiRefusal({ code: 'not-signed-in' });
  if (acting.program !== program || !hasRole(acting, ...approvalRoles)) {
    const message = 'Program leads and determiners of this state’s agency decide on approvals.';
    throw new ApiRefusal({ code: 'not-allowed', message });
  }
  return apiFor(fetch).catalogue.partners.get({ params: { program, partner }, query: {} });
}

/** The same for a page: other visitors get the page that says why not. */
export function openApprovals(...of: Parameters<typeof approvalsOf>): Promise<PartnerPage> {
  return forPage(approvalsOf(...of));
}

type Entry = PartnerPage['approvals'][number];

/** The approval in an area, or the one whose area no source shows; undefined where there is none yet. */
export function approvalIn(shown: PartnerPage, area: string): Entry | undefined {
  return shown.approvals.find(({ approval }) => (approval.area ?? unknownArea) === area);
}
