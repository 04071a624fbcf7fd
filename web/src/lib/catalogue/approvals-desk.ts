import { error } from '@sveltejs/kit';
import { approvalRoles } from '#shared/catalogue/acts.ts';
import type { PartnerPage } from '#shared/catalogue/contract.ts';
import { apiFor } from '#lib/api.ts';
import { forPage, sentenceForStatus } from '#lib/failure.ts';
import { actingOf, hasRole } from './viewer.ts';

/** A partner as those see it who decide on its approvals; other visitors get the page that says why not. */
export async function openApprovals(
  fetch: typeof globalThis.fetch,
  program: string,
  partner: string,
): Promise<PartnerPage> {
  const acting = await actingOf(fetch);
  if (acting === undefined) error(401, { message: sentenceForStatus(401) });
  if (acting.program !== program || !hasRole(acting, ...approvalRoles)) {
    error(403, { message: 'Program leads and determiners of this state’s agency decide on approvals.' });
  }
  return forPage(apiFor(fetch).catalogue.partners.get({ params: { program, partner } }));
}

type Entry = PartnerPage['approvals'][number];

/** The approval in an area; undefined where there is none yet. */
export function approvalIn(shown: PartnerPage, area: string): Entry | undefined {
  return shown.approvals.find(({ approval }) => approval.area === area);
}
