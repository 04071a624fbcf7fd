import * as z from 'zod';
import { eventType } from '../kernel/events.ts';
import { organizationId, termId } from '../kernel/ids.ts';
import { instant } from '../kernel/instants.ts';
import { approval, listing, listingContent } from './model.ts';

/**
 * The facts of the catalogue. Their data is what others need to act on them; the changed fields stand
 * beside it in the event. None holds personal data: a listing's contact is an office.
 */

const partner = organizationId;

/** `documentedRole` where the organization is listed without being approved. */
export const listingCreated = eventType(
  'catalogue.listing-created',
  z.object({ partner, content: listingContent, documentedRole: listing.shape.documentedRole }),
);

/** `version` is the listing's version from this event on. */
export const listingPublished = eventType(
  'catalogue.listing-published',
  z.object({ partner, version: z.int().min(1), content: listingContent }),
);

export const listingClaimed = eventType('catalogue.listing-claimed', z.object({ partner }));

/** A draft is the partner's own: its facts say that it changed and never what it says. */
export const draftSaved = eventType('catalogue.draft-saved', z.object({ partner, basedOn: z.int().min(0) }));
export const draftDiscarded = eventType('catalogue.draft-discarded', z.object({ partner }));
/** The draft's side of `listing-published`: nothing unpublished is left in it. */
export const draftPublished = eventType('catalogue.draft-published', z.object({ partner, version: z.int().min(1) }));

const ofApproval = z.object({ partner, area: termId });
/** An approval known from a published list can lack its area. */
const ofAnyApproval = z.object({ partner, area: termId.optional() });

/** An approval that a published list shows, without the dates that were not published. */
export const approvalEntered = eventType(
  'catalogue.approval-entered',
  ofAnyApproval.extend({ asPublished: approval.shape.asPublished.unwrap() }),
);
export const approvalGranted = eventType(
  'catalogue.approval-granted',
  ofApproval.extend({ granted: instant, ends: instant }),
);
/** `condition` is its position among the approval's conditions, from 0. */
export const approvalConditionSet = eventType(
  'catalogue.approval-condition-set',
  ofAnyApproval.extend({ condition: z.int().min(0), due: instant.optional() }),
);
export const approvalConditionMet = eventType(
  'catalogue.approval-condition-met',
  ofAnyApproval.extend({ condition: z.int().min(0) }),
);
export const approvalPutOnProbation = eventType(
  'catalogue.approval-put-on-probation',
  ofAnyApproval.extend({ until: instant.optional() }),
);
export const approvalProbationEnded = eventType('catalogue.approval-probation-ended', ofAnyApproval);
export const approvalSuspended = eventType(
  'catalogue.approval-suspended',
  ofAnyApproval.extend({ reason: termId, until: instant.optional() }),
);
export const approvalSuspensionLifted = eventType('catalogue.approval-suspension-lifted', ofAnyApproval);
export const approvalEnded = eventType('catalogue.approval-ended', ofAnyApproval.extend({ reason: termId }));
export const approvalRenewed = eventType('catalogue.approval-renewed', ofAnyApproval.extend({ ends: instant }));

export const catalogueEvents = [
  listingCreated,
  listingPublished,
  listingClaimed,
  draftSaved,
  draftDiscarded,
  draftPublished,
  approvalEntered,
  approvalGranted,
  approvalConditionSet,
  approvalConditionMet,
  approvalPutOnProbation,
  approvalProbationEnded,
  approvalSuspended,
  approvalSuspensionLifted,
  approvalEnded,
  approvalRenewed,
] as const;
