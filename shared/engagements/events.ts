import * as z from 'zod';
import { eventType } from '../kernel/events.ts';
import { commentId, engagementId, organizationId, questionId, requestId, termId } from '../kernel/ids.ts';
import { instant } from '../kernel/instants.ts';
import { budgetRange, gradeList, indicativePrice, startDay } from './model.ts';

/**
 * The facts of this context. Each says what a consumer needs without reading the state: who is
 * concerned, in which area, when the partner was asked. The instant, the program and the person
 * stand on the recorded event itself.
 */

const ofRequest = { request: requestId, district: organizationId };
const ofInvitation = { ...ofRequest, partner: organizationId, area: termId };

export const requestDrafted = eventType(
  'engagements.request-drafted',
  z.object({ ...ofRequest, area: termId.optional() }),
);

export const requestEdited = eventType(
  'engagements.request-edited',
  z.object({ ...ofRequest, fields: z.array(z.string().max(40)) }),
);

export const requestSent = eventType(
  'engagements.request-sent',
  z.object({
    ...ofRequest,
    area: termId,
    title: z.string(),
    partners: z.array(organizationId),
    schools: z.int().min(0),
    grades: gradeList,
    students: z.int().optional(),
    wantedStart: startDay,
    budget: budgetRange.optional(),
    funding: termId.optional(),
    replyBy: instant,
  }),
);

export const requestAmended = eventType(
  'engagements.request-amended',
  z.object({
    ...ofRequest,
    area: termId,
    partners: z.array(organizationId),
    number: z.int().min(1),
    fields: z.array(z.string().max(40)),
    replyBy: instant,
    wantedStart: startDay,
  }),
);

/** `partners` is empty for a draft, of which nobody else ever heard. */
export const requestWithdrawn = eventType(
  'engagements.request-withdrawn',
  z.object({ ...ofRequest, area: termId.optional(), partners: z.array(organizationId), reason: termId }),
);

const ofOutcome = {
  ...ofRequest,
  area: termId,
  title: z.string(),
  sentAt: instant,
  partners: z.array(organizationId),
  /** How the invited partners stood at that moment, so that unmet needs can be told from unwanted offers. */
  interested: z.array(organizationId),
};

export const outcomeRecorded = eventType(
  'engagements.request-outcome-recorded',
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('awarded'),
      ...ofOutcome,
      awards: z.array(z.object({ partner: organizationId, engagement: engagementId })),
    }),
    z.object({ kind: z.literal('none-suitable'), ...ofOutcome, reasons: z.array(termId) }),
    z.object({ kind: z.literal('cancelled'), ...ofOutcome, reason: termId }),
  ]),
);

export const invitationSent = eventType(
  'engagements.invitation-sent',
  z.object({ ...ofInvitation, title: z.string(), replyBy: instant }),
);

export const invitationSeen = eventType(
  'engagements.invitation-seen',
  z.object({ ...ofInvitation, sentAt: instant, amendmentSeen: z.int().min(0) }),
);

const ofAnswer = {
  ...ofInvitation,
  sentAt: instant,
  /** The instant of the partner's first answer is the one with `first`: answer times count from that. */
  first: z.boolean(),
};

export const invitationAnswered = eventType(
  'engagements.invitation-answered',
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('interested'), ...ofAnswer, price: indicativePrice, start: startDay }),
    z.object({ kind: z.literal('declined'), ...ofAnswer, reason: termId }),
  ]),
);

/** `partner` is for the district and the audit trail: a notice to other partners leaves it out. */
export const questionAsked = eventType(
  'engagements.question-asked',
  z.object({ ...ofRequest, question: questionId, partner: organizationId }),
);

export const questionAnswered = eventType(
  'engagements.question-answered',
  z.object({ ...ofRequest, question: questionId, partners: z.array(organizationId) }),
);

export const commentAdded = eventType('engagements.comment-added', z.object({ ...ofRequest, comment: commentId }));

export const engagementCreated = eventType(
  'engagements.engagement-created',
  z.object({ ...ofInvitation, engagement: engagementId, start: startDay }),
);

/** Every fact of this context, for the union of all events and the notices' registry. */
export const engagementsEvents = [
  requestDrafted,
  requestEdited,
  requestSent,
  requestAmended,
  requestWithdrawn,
  outcomeRecorded,
  invitationSent,
  invitationSeen,
  invitationAnswered,
  questionAsked,
  questionAnswered,
  commentAdded,
  engagementCreated,
] as const;
