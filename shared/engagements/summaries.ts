import * as z from 'zod';
import { engagementId, organizationId, programId, requestId, termId } from '../kernel/ids.ts';
import { instant, type Instant } from '../kernel/instants.ts';
import type { Engagement, Invitation, Request, SentRequest } from './model.ts';
import { startDay } from './model.ts';
import { awardTo, endedAt, type InvitationStatus, type PartnerPhase, type RequestStatus } from './status.ts';

/**
 * What a list shows of a request, an invitation and an engagement: a few hundred bytes where the
 * things themselves have up to 100 kB. A summary holds facts and dates, never a status.
 */

const requestEnd = z.enum(['awarded', 'none-suitable', 'cancelled', 'withdrawn']);

/** A district's line. `interested` and `declined` count the invitations whose answer stands so now. */
export const requestSummary = z.object({
  request: requestId,
  program: programId,
  district: organizationId,
  /** Empty while a draft has none. */
  title: z.string(),
  area: termId.optional(),
  draftedAt: instant,
  sentAt: instant.optional(),
  replyBy: instant.optional(),
  asked: z.int().min(0),
  interested: z.int().min(0).default(0),
  declined: z.int().min(0).default(0),
  end: requestEnd.optional(),
  endedAt: instant.optional(),
});
export type RequestSummary = z.infer<typeof requestSummary>;

/** The part of a district's line that follows from the request alone. */
export function requestPart(given: Request): Omit<RequestSummary, 'interested' | 'declined'> {
  const { area, replyBy } = given.content;
  const end = given.withdrawn === undefined ? (given.phase === 'sent' ? given.outcome?.kind : undefined) : 'withdrawn';
  const ended = given.phase === 'sent' ? endedAt(given) : given.withdrawn?.at;
  return {
    request: given.id,
    program: given.program,
    district: given.district,
    title: given.content.need.title,
    ...(area === undefined ? {} : { area }),
    draftedAt: given.draftedAt,
    ...(given.phase === 'sent' ? { sentAt: given.sentAt } : {}),
    ...(replyBy === undefined ? {} : { replyBy }),
    asked: given.content.asked.length,
    ...(end === undefined ? {} : { end }),
    ...(ended === undefined ? {} : { endedAt: ended }),
  };
}

/** The same as `requestStatus` says of the whole request. */
export function summaryStatus(given: RequestSummary, at: Instant): RequestStatus {
  if (given.end !== undefined) return given.end;
  if (given.sentAt === undefined) return 'draft';
  return given.replyBy !== undefined && at > given.replyBy ? 'closed' : 'open';
}

/** A partner's line: its own invitation and what every invited partner may know of the request. */
export const invitationSummary = z.object({
  request: requestId,
  program: programId,
  district: organizationId,
  partner: organizationId,
  /** As they were called when the request was sent. */
  names: z.object({ district: z.string(), partner: z.string() }),
  title: z.string(),
  area: termId,
  sentAt: instant,
  replyBy: instant,
  amendments: z.int().min(0),
  endedAt: instant.optional(),
  /** `decided` is an award or that nobody suited; which of them, only `engagement` tells its own partner. */
  end: z.enum(['decided', 'called-off']).optional(),
  engagement: engagementId.optional(),
  seenAt: instant.optional(),
  amendmentSeen: z.int().min(0),
  answer: z.enum(['interested', 'declined']).optional(),
});
export type InvitationSummary = z.infer<typeof invitationSummary>;

type OfRequest = Pick<
  InvitationSummary,
  'title' | 'area' | 'replyBy' | 'amendments' | 'endedAt' | 'end' | 'engagement'
>;

/** The part of a partner's line that the district's acts change. */
export function invitationPartOfRequest(given: SentRequest, partner: Invitation['partner']): OfRequest {
  const { need, area, replyBy } = given.content;
  const ended = endedAt(given);
  const calledOff = given.withdrawn !== undefined || given.outcome?.kind === 'cancelled';
  const award = awardTo(given, partner);
  return {
    title: need.title,
    area,
    replyBy,
    amendments: given.amendments.length,
    ...(ended === undefined ? {} : { endedAt: ended, end: calledOff ? 'called-off' : 'decided' }),
    ...(award === undefined ? {} : { engagement: award.engagement }),
  };
}

type OfInvitation = Omit<InvitationSummary, keyof OfRequest | 'names'>;

/** The part of a partner's line that its own acts change. */
export function invitationPart(given: Invitation): OfInvitation {
  const { request, program, district, partner, sentAt, seenAt, amendmentSeen, answer } = given;
  return {
    request,
    program,
    district,
    partner,
    sentAt,
    ...(seenAt === undefined ? {} : { seenAt }),
    amendmentSeen,
    ...(answer === undefined ? {} : { answer: answer.kind }),
  };
}

/** The same as `partnerPhase` says of the whole request. */
export function summaryPhase(given: InvitationSummary, at: Instant): PartnerPhase {
  if (given.end !== undefined) return 'ended';
  return at > given.replyBy ? 'closed' : 'open';
}

/** The same as `invitationStatus` says of the whole invitation. */
export function invitationSummaryStatus(given: InvitationSummary, at: Instant): InvitationStatus {
  if (given.answer === 'declined') return 'declined';
  if (given.answer === undefined && (given.endedAt ?? at) > given.replyBy) return 'lapsed';
  if (given.end === 'called-off') return 'withdrawn';
  if (given.end === 'decided') return given.engagement === undefined ? 'not-awarded' : 'awarded';
  if (given.answer === 'interested') return 'interested';
  return given.seenAt === undefined ? 'sent' : 'seen';
}

/** A line in the lists of engagements of both sides and of the state. */
export const engagementSummary = z.object({
  engagement: engagementId,
  request: requestId,
  program: programId,
  district: organizationId,
  partner: organizationId,
  /** As they were called when the request was sent. */
  names: z.object({ district: z.string(), partner: z.string() }),
  title: z.string(),
  area: termId,
  start: startDay,
  agreedAt: instant,
});
export type EngagementSummary = z.infer<typeof engagementSummary>;

export function engagementSummaryOf(
  given: Engagement,
  of: Pick<InvitationSummary, 'title' | 'names'>,
): EngagementSummary {
  const { id, request, program, district, partner, area, start, agreedAt } = given;
  return {
    engagement: id,
    request,
    program,
    district,
    partner,
    names: of.names,
    title: of.title,
    area,
    start,
    agreedAt,
  };
}
