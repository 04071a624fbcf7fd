import { approvalGranted, listingCreated } from '#shared/catalogue/events.ts';
import { listing, listingContent } from '#shared/catalogue/model.ts';
import type { Author } from '#shared/kernel/events.ts';
import { programId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import { History } from '#platform/history.ts';
import { recordApproval, recordListing } from '../../functions/catalogue/index.ts';
import { benchPartners } from './bench-partners.ts';
import type { StormPartner } from './storm-writer.ts';

const program = programId.parse('demo');
const author: Author = { kind: 'system', part: 'import' };

/** The partners of the bench as listings and approvals of the invented state, one fact each. */
export function recordStormPartners(
  count: number,
  at: Instant,
): { readonly history: History; readonly partners: readonly StormPartner[] } {
  const history = new History();
  const partners = benchPartners(count, { seed: 5, alike: false }).flatMap((given): readonly StormPartner[] => {
    const { id, name, summary, text, offerings, findings, sites, claimed } = given;
    const content = listingContent.parse({ name, summary, description: text.join(' '), offerings, findings, sites });
    const next = listing.parse({ program, partner: id, content, claimed, publishedAt: at });
    recordListing(history, { next, fact: { type: listingCreated.name, data: { partner: id, content } } }, at, author);
    for (const one of given.approvals) {
      const { area, granted, ends } = one;
      const fact = { type: approvalGranted.name, data: { partner: id, area, granted, ends } };
      recordApproval(history, { next: { ...one, program }, fact }, at, author);
    }
    const area = given.approvals[0]?.area;
    return area === undefined ? [] : [{ id, area }];
  });
  return { history, partners };
}
