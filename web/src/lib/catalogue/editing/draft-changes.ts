import { shownListingChanges, type ChangeLogEntry } from '#shared/catalogue/change-log.ts';
import type { Listing, ListingContent } from '#shared/catalogue/model.ts';
import { fieldChanges } from '#shared/kernel/field-changes.ts';
import type { ProgramFacts } from '#lib/api.ts';

/** What publishing `content` would change, in the words that the public change log will have. */
export function draftChanges(
  listing: Listing,
  content: ListingContent,
  program: ProgramFacts,
): readonly ChangeLogEntry['changes'][number][] {
  return shownListingChanges(fieldChanges(listing, { ...listing, content }), content, program);
}
