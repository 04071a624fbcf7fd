import * as z from 'zod';
import { organizationId } from '../kernel/ids.ts';
import { approval, listing, listingContent } from './model.ts';

/**
 * An organization that a program brings with it, in `listings.json`: what public sources say of it.
 * The program and the organization of each approval follow from where it stands. Unknown fields are
 * refused, so that a misspelled one is not lost in silence.
 */
export const importedListing = z.strictObject({
  partner: organizationId,
  content: listingContent,
  documentedRole: listing.shape.documentedRole,
  approvals: z.array(approval.omit({ program: true, partner: true })).max(40),
});
export type ImportedListing = z.infer<typeof importedListing>;

export const importedListings = z
  .array(importedListing)
  .refine(
    (all) => new Set(all.map((one) => one.partner)).size === all.length,
    'Two listings are of the same organization.',
  );
