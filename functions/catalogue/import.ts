import type { Author } from '#shared/kernel/actors.ts';
import { enterPublishedApproval } from '#shared/catalogue/approval-rules.ts';
import { importedListings, type ImportedListing } from '#shared/catalogue/imported-listing.ts';
import type { Approval, Draft, Listing } from '#shared/catalogue/model.ts';
import { createListing } from '#shared/catalogue/rules.ts';
import type { Decision } from '#shared/kernel/events.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import { sentenceOf } from '#shared/kernel/refusals.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import type { History } from '#platform/history.ts';
import type { ProgramFiles } from '#platform/program-files.ts';
import { approvalKey, draftKey, inList, listingKey } from './store.ts';

/** Past facts of the catalogue, recorded under the keys that the use cases write. */

export function recordListing(history: History, decision: Decision<Listing>, at: Instant, by: Author): Listing {
  const { program, partner } = decision.next;
  return history.record(listingKey(program, partner), decision, at, by, inList(program, partner));
}

export function listingVersion(history: History, { program, partner }: Listing): number {
  return history.version(listingKey(program, partner));
}

export function recordDraft(history: History, decision: Decision<Draft>, at: Instant, by: Author): Draft {
  return history.record(draftKey(decision.next.program, decision.next.partner), decision, at, by);
}

export function recordApproval(history: History, decision: Decision<Approval>, at: Instant, by: Author): Approval {
  const { program, partner, area } = decision.next;
  return history.record(approvalKey(program, partner, area), decision, at, by);
}

const importer = { kind: 'system', part: 'import' } as const;

/** A file that the rules refuse is a defect of the file: it stops the import with the sentence. */
function accepted<T>(result: Result<T>, partner: string): T {
  if (result.ok) return result.value;
  const fields = Object.entries(result.refusal.fields ?? {}).map(([field, sentence]) => `${field}: ${sentence}`);
  throw new Error(`The listing of ${partner} cannot be imported. ${[sentenceOf(result.refusal), ...fields].join(' ')}`);
}

/** The listings that a program brings with it; none where its folder has no `listings.json`. */
export function broughtListings(files: ProgramFiles, program: Program): readonly ImportedListing[] {
  const text = files.read(program.id, 'listings.json');
  return text === undefined ? [] : importedListings.parse(JSON.parse(text));
}

/** Records the listings that a program brings with it, with their approvals as published. */
export function importListings(
  history: History,
  program: Program,
  listings: readonly ImportedListing[],
  at: Instant,
): void {
  for (const { partner, content, documentedRole, approvals } of listings) {
    const input = { partner, content, ...(documentedRole === undefined ? {} : { documentedRole }) };
    recordListing(history, accepted(createListing(undefined, importer, at, input, program), partner), at, importer);
    for (const [place, { area, asPublished, source }] of approvals.entries()) {
      if (asPublished === undefined) {
        throw new Error(`The listing of ${partner} cannot be imported. An approval in a file is one as published.`);
      }
      const twin = approvals.slice(0, place).some((one) => one.area === area);
      if (twin) throw new Error(`The listing of ${partner} cannot be imported. Two of its approvals are in one area.`);
      const entered = {
        partner,
        asPublished,
        ...(area === undefined ? {} : { area }),
        ...(source === undefined ? {} : { source }),
      };
      recordApproval(
        history,
        accepted(enterPublishedApproval(undefined, importer, entered, program), partner),
        at,
        importer,
      );
    }
  }
}
