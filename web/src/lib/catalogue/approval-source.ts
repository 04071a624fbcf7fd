import type { PartnerPage } from '#shared/catalogue/contract.ts';
import { dayIn } from '#shared/kernel/instants.ts';
import { showDay } from '#shared/kernel/show-instant.ts';
import type { ProgramFacts } from '#lib/api.ts';
import type { ShownSource } from '#lib/source-words.ts';

type Shown = Pick<PartnerPage['approvals'][number], 'approval' | 'status' | 'version'>;

/**
 * Where the status and the dates of an approval are from: the published list until the state decides
 * on it here, and from then on the state's decisions, each of which stands in the change log.
 */
export function approvalSource(
  { approval, status, version }: Shown,
  program: Pick<ProgramFacts, 'agency' | 'zone'>,
): ShownSource {
  const listed = approval.source ?? approval.asPublished?.source;
  if (status === 'published' && listed !== undefined) return listed;
  const url = `/${approval.program}/partners/${approval.partner}/changes`;
  // The first fact of one that was published is no decision.
  const count = approval.asPublished === undefined ? version : version - 1;
  const title = `${count > 1 ? `${count} decisions` : 'Decision'} of the ${program.agency.name}`;
  if (approval.decidedAt === undefined) return { title, url, when: 'recorded on this site' };
  const day = showDay(dayIn(approval.decidedAt, program.zone));
  return { title, url, when: `recorded on this site${count > 1 ? ', the latest' : ''} on ${day}` };
}
