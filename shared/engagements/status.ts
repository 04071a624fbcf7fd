import type { Instant } from '../kernel/instants.ts';
import type { Award, Invitation, Request, SentRequest } from './model.ts';

export const requestStatuses = [
  'draft',
  'open',
  'closed',
  'awarded',
  'none-suitable',
  'cancelled',
  'withdrawn',
] as const;
export type RequestStatus = (typeof requestStatuses)[number];

/** The ends of a request: nothing changes it any more. */
export const endedStatuses = [
  'awarded',
  'none-suitable',
  'cancelled',
  'withdrawn',
] as const satisfies readonly RequestStatus[];

export const invitationStatuses = [
  'sent',
  'seen',
  'interested',
  'declined',
  'lapsed',
  'withdrawn',
  'awarded',
  'not-awarded',
] as const;
export type InvitationStatus = (typeof invitationStatuses)[number];

/** How far a request is as a partner may know it: how it ended for others is not told. */
export const partnerPhases = ['open', 'closed', 'ended'] as const;
export type PartnerPhase = (typeof partnerPhases)[number];

/** The reply-by instant itself still counts as in time. */
function replyTimeOver(request: SentRequest, at: Instant): boolean {
  return at > request.content.replyBy;
}

export function requestStatus(request: Request, at: Instant): RequestStatus {
  if (request.withdrawn !== undefined) return 'withdrawn';
  if (request.phase === 'draft') return 'draft';
  if (request.outcome !== undefined) return request.outcome.kind;
  return replyTimeOver(request, at) ? 'closed' : 'open';
}

/** When the request ended; undefined while it has not. */
export function endedAt(request: SentRequest): Instant | undefined {
  return request.withdrawn?.at ?? request.outcome?.at;
}

export function partnerPhase(request: SentRequest, at: Instant): PartnerPhase {
  if (endedAt(request) !== undefined) return 'ended';
  return replyTimeOver(request, at) ? 'closed' : 'open';
}

/** What the outcome gives to one partner; undefined where it gives nothing. */
export function awardTo(request: SentRequest, partner: Invitation['partner']): Award | undefined {
  return request.outcome?.kind === 'awarded'
    ? request.outcome.awards.find((one) => one.partner === partner)
    : undefined;
}

/**
 * Where one partner stands. A refusal and a silence keep their names whatever becomes of the request
 * afterwards; a partner that was cut off before its time was over shares the request's end.
 */
export function invitationStatus(invitation: Invitation, request: SentRequest, at: Instant): InvitationStatus {
  if (invitation.answer?.kind === 'declined') return 'declined';
  const end = endedAt(request);
  if (invitation.answer === undefined && replyTimeOver(request, end ?? at)) return 'lapsed';
  if (request.withdrawn !== undefined || request.outcome?.kind === 'cancelled') return 'withdrawn';
  if (request.outcome !== undefined) {
    return awardTo(request, invitation.partner) === undefined ? 'not-awarded' : 'awarded';
  }
  if (invitation.answer !== undefined) return 'interested';
  return invitation.seenAt === undefined ? 'sent' : 'seen';
}
