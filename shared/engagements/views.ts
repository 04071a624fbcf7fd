import * as z from 'zod';
import { engagementId, organizationId, programId, questionId, requestId, termId } from '../kernel/ids.ts';
import { instant, type Instant } from '../kernel/instants.ts';
import {
  amendment,
  answer,
  comment,
  invitation,
  question,
  request,
  requestContent,
  type Comment,
  type Invitation,
  type Question,
  type Request,
  type SentRequest,
} from './model.ts';
import { assertSameRequest } from './permission.ts';
import {
  awardTo,
  endedAt,
  invitationStatus,
  invitationStatuses,
  partnerPhase,
  partnerPhases,
  requestStatus,
  requestStatuses,
} from './status.ts';

/**
 * What an invited partner sees. It has no field from which the number, the names, the questions'
 * authors or the answers of other partners could be read, nor the district's people and comments.
 */
export const partnerRequest = z.object({
  request: requestId,
  program: programId,
  district: organizationId,
  partner: organizationId,
  content: requestContent.omit({ asked: true }),
  sentAt: instant,
  phase: z.enum(partnerPhases),
  status: z.enum(invitationStatuses),
  seenAt: instant.optional(),
  /** In order; `unread` ones must be opened before the partner can answer. */
  amendments: z.array(amendment.extend({ unread: z.boolean() })),
  /** In the order asked, from all invited partners. */
  questions: z.array(
    z.object({
      id: questionId,
      at: instant,
      words: z.string(),
      yours: z.boolean(),
      answer: z.object({ at: instant, words: z.string() }).optional(),
    }),
  ),
  answer: answer.optional(),
  /** Present where work was awarded to this partner. */
  award: z.object({ engagement: engagementId, words: z.string().optional() }).optional(),
  endedAt: instant.optional(),
  /** Why the district withdrew or cancelled; its free words stay with the district and the state. */
  endReason: termId.optional(),
});
export type PartnerRequest = z.infer<typeof partnerRequest>;

function endReason(given: SentRequest): PartnerRequest['endReason'] {
  return given.withdrawn?.reason ?? (given.outcome?.kind === 'cancelled' ? given.outcome.reason : undefined);
}

function byInstant(a: Question, b: Question): number {
  if (a.asked.at !== b.asked.at) return a.asked.at < b.asked.at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Everything that one invited partner may know of the request, from its own invitation only. */
export function partnerView(
  given: SentRequest,
  own: Invitation,
  questions: readonly Question[],
  at: Instant,
): PartnerRequest {
  assertSameRequest(given, own);
  for (const one of questions) assertSameRequest(given, one);
  const { asked: _others, ...content } = given.content;
  const award = awardTo(given, own.partner);
  const ended = endedAt(given);
  const reason = endReason(given);
  return {
    request: given.id,
    program: given.program,
    district: given.district,
    partner: own.partner,
    content,
    sentAt: own.sentAt,
    phase: partnerPhase(given, at),
    status: invitationStatus(own, given, at),
    ...(own.seenAt === undefined ? {} : { seenAt: own.seenAt }),
    amendments: given.amendments.map((one) => ({ ...one, unread: one.number > own.amendmentSeen })),
    questions: questions.toSorted(byInstant).map((one) => ({
      id: one.id,
      at: one.asked.at,
      words: one.asked.words,
      yours: one.partner === own.partner,
      ...(one.answer === undefined ? {} : { answer: { at: one.answer.at, words: one.answer.words } }),
    })),
    ...(own.answer === undefined ? {} : { answer: own.answer }),
    ...(award === undefined
      ? {}
      : { award: { engagement: award.engagement, ...(award.words === undefined ? {} : { words: award.words }) } }),
    ...(ended === undefined ? {} : { endedAt: ended }),
    ...(reason === undefined ? {} : { endReason: reason }),
  };
}

/** What the district's own people see: everything. */
export const districtRequest = z.object({
  request,
  status: z.enum(requestStatuses),
  /** In the order in which the partners were chosen. */
  invitations: z.array(
    z.object({
      invitation,
      status: z.enum(invitationStatuses),
      /** Amendments that this partner has not opened yet. */
      unread: z.int().min(0),
    }),
  ),
  questions: z.array(question),
  comments: z.array(comment),
});
export type DistrictRequest = z.infer<typeof districtRequest>;

export function districtView(
  given: Request,
  invitations: readonly Invitation[],
  questions: readonly Question[],
  comments: readonly Comment[],
  at: Instant,
): DistrictRequest {
  for (const one of [...invitations, ...questions, ...comments]) assertSameRequest(given, one);
  const asked = given.content.asked;
  return {
    request: given,
    status: requestStatus(given, at),
    invitations:
      given.phase === 'draft'
        ? []
        : invitations
            .toSorted((a, b) => asked.indexOf(a.partner) - asked.indexOf(b.partner))
            .map((one) => ({
              invitation: one,
              status: invitationStatus(one, given, at),
              unread: given.amendments.length - one.amendmentSeen,
            })),
    questions: questions.toSorted(byInstant),
    comments: comments.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
  };
}
