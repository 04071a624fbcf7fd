import type { Template } from './template.ts';
import { approvalConditionSetToPartner } from './templates/approval-condition-set-to-partner.ts';
import { approvalEndedToPartner } from './templates/approval-ended-to-partner.ts';
import { approvalGrantedToPartner } from './templates/approval-granted-to-partner.ts';
import { approvalPutOnProbationToPartner } from './templates/approval-put-on-probation-to-partner.ts';
import { approvalRenewedToPartner } from './templates/approval-renewed-to-partner.ts';
import { approvalSuspendedToPartner } from './templates/approval-suspended-to-partner.ts';
import { approvalSuspensionLiftedToPartner } from './templates/approval-suspension-lifted-to-partner.ts';
import { invitationAnsweredToDistrict } from './templates/invitation-answered-to-district.ts';
import { joinDecidedToPerson } from './templates/join-decided-to-person.ts';
import { joinRequestedToOwner } from './templates/join-requested-to-owner.ts';
import { needUnmetToState } from './templates/need-unmet-to-state.ts';
import { outcomeRecordedToPartner } from './templates/outcome-recorded-to-partner.ts';
import { questionAnsweredToPartners } from './templates/question-answered-to-partners.ts';
import { questionAskedToDistrict } from './templates/question-asked-to-district.ts';
import { requestAmendedToPartner } from './templates/request-amended-to-partner.ts';
import { requestSentToPartner } from './templates/request-sent-to-partner.ts';
import { requestWithdrawnToPartner } from './templates/request-withdrawn-to-partner.ts';

const known = [
  requestSentToPartner,
  requestAmendedToPartner,
  requestWithdrawnToPartner,
  invitationAnsweredToDistrict,
  questionAskedToDistrict,
  questionAnsweredToPartners,
  outcomeRecordedToPartner,
  needUnmetToState,
  approvalGrantedToPartner,
  approvalRenewedToPartner,
  approvalConditionSetToPartner,
  approvalPutOnProbationToPartner,
  approvalSuspendedToPartner,
  approvalSuspensionLiftedToPartner,
  approvalEndedToPartner,
  joinRequestedToOwner,
  joinDecidedToPerson,
] as const;

export type TemplateName = (typeof known)[number]['name'];

/** Every template, in the order in which the preview shows them. */
export const templates: readonly Template<TemplateName>[] = known;

export function templateOf(name: string): Template<TemplateName> {
  const found = templates.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no notice called ${name}.`);
  return found;
}

/** Nobody gets a mail: a decision like any other, taken for each event. */
const nobody: readonly TemplateName[] = [];

/**
 * Who is told of what, for every event there is. A test compares this with the union of all events,
 * so that a new event waits for a decision.
 */
export const noticesOf: Readonly<Record<string, readonly TemplateName[]>> = {
  'accounts.person-registered': nobody,
  'accounts.personal-data-changed': nobody,
  'accounts.organization-registered': nobody,
  'accounts.member-added': nobody,
  'accounts.member-roles-changed': nobody,
  'accounts.member-removed': nobody,
  // The one-time link's token is kept nowhere, so no later mail could carry it: the page shows the
  // link once to whoever made it, who passes it on.
  'accounts.invitation-made': nobody,
  'accounts.invitation-used': nobody,
  'accounts.invitation-withdrawn': nobody,
  'accounts.join-requested': ['join-requested-to-owner'],
  'accounts.join-decided': ['join-decided-to-person'],

  // What the partner does itself, and what the import brings in.
  'catalogue.listing-created': nobody,
  'catalogue.listing-published': nobody,
  'catalogue.listing-claimed': nobody,
  'catalogue.draft-saved': nobody,
  'catalogue.draft-discarded': nobody,
  'catalogue.draft-published': nobody,
  'catalogue.approval-entered': nobody,
  'catalogue.approval-granted': ['approval-granted-to-partner'],
  'catalogue.approval-condition-set': ['approval-condition-set-to-partner'],
  'catalogue.approval-condition-met': nobody,
  'catalogue.approval-put-on-probation': ['approval-put-on-probation-to-partner'],
  'catalogue.approval-probation-ended': nobody,
  'catalogue.approval-suspended': ['approval-suspended-to-partner'],
  'catalogue.approval-suspension-lifted': ['approval-suspension-lifted-to-partner'],
  'catalogue.approval-ended': ['approval-ended-to-partner'],
  'catalogue.approval-renewed': ['approval-renewed-to-partner'],

  'engagements.request-drafted': nobody,
  'engagements.request-edited': nobody,
  // Each partner is told by its own `invitation-sent`.
  'engagements.request-sent': nobody,
  'engagements.request-amended': ['request-amended-to-partner'],
  'engagements.request-withdrawn': ['request-withdrawn-to-partner'],
  'engagements.request-outcome-recorded': ['outcome-recorded-to-partner', 'need-unmet-to-state'],
  'engagements.invitation-sent': ['request-sent-to-partner'],
  'engagements.invitation-seen': nobody,
  'engagements.invitation-answered': ['invitation-answered-to-district'],
  'engagements.question-asked': ['question-asked-to-district'],
  'engagements.question-answered': ['question-answered-to-partners'],
  'engagements.comment-added': nobody,
  // The outcome told it already.
  'engagements.engagement-created': nobody,

  'impact.result-confirmed': nobody,
};
