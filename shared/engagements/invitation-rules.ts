import type { Person } from '../kernel/actors.ts';
import type { Decision } from '../kernel/events.ts';
import type { Instant } from '../kernel/instants.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { startSentence } from './content-rules.ts';
import { invitationAnswered, invitationSeen } from './events.ts';
import type { DeclineInput, InterestedInput } from './inputs.ts';
import type { Answer, Invitation, RequestTerms, SentRequest } from './model.ts';
import { partnerMay, type Barred } from './permission.ts';
import { reasonName } from './rules.ts';

/** What an invited partner does. Each rule reads the request and that one invitation, nothing of others. */

/**
 * Records that somebody of the partner opened the request with all its amendments.
 * Gives `undefined` where there is nothing new to record, also after the request's end, so that
 * opening a page never fails for it.
 */
export function markSeen(
  request: SentRequest,
  invitation: Invitation,
  actor: Person,
  at: Instant,
): Result<Decision<Invitation, typeof invitationSeen> | undefined, 'not-found' | 'not-allowed'> {
  const may = partnerMay('mark-seen', request, invitation, actor, at);
  if (!may.ok) {
    const { code, message } = may.refusal;
    return code === 'wrong-state' ? ok(undefined) : refuse(code, message);
  }
  const latest = request.amendments.length;
  if (invitation.seenAt !== undefined && invitation.amendmentSeen >= latest) return ok(undefined);
  const { partner, district, sentAt } = invitation;
  return ok({
    next: { ...invitation, seenAt: invitation.seenAt ?? at, amendmentSeen: latest },
    fact: {
      type: invitationSeen.name,
      data: { request: request.id, district, partner, area: request.content.area, sentAt, amendmentSeen: latest },
    },
  });
}

type Unanswerable = Barred | 'invalid' | 'changed-meanwhile';
type Answered = Decision<Invitation, typeof invitationAnswered>;

/** An answer holds for the request as amended, so the partner must have opened every amendment. */
function mayAnswer(
  request: SentRequest,
  invitation: Invitation,
  actor: Person,
  at: Instant,
): Result<Invitation, Barred | 'changed-meanwhile'> {
  const may = partnerMay('answer', request, invitation, actor, at);
  if (!may.ok) return may;
  if (invitation.amendmentSeen < request.amendments.length) {
    return refuse(
      'changed-meanwhile',
      'The district amended this request after you opened it. Nothing was saved; read the amendment, then answer.',
    );
  }
  return may;
}

function answered(invitation: Invitation, answer: Answer, at: Instant): Invitation {
  return { ...invitation, seenAt: invitation.seenAt ?? at, answer };
}

function answerFacts(request: SentRequest, invitation: Invitation) {
  return {
    request: request.id,
    district: invitation.district,
    partner: invitation.partner,
    area: request.content.area,
    sentAt: invitation.sentAt,
    first: invitation.answer === undefined,
  };
}

/** Says that the partner would do the work, from when and for about how much. Can be changed until the reply-by. */
export function answerInterested(
  request: SentRequest,
  invitation: Invitation,
  actor: Person,
  at: Instant,
  input: InterestedInput,
  terms: RequestTerms,
): Result<Answered, Unanswerable> {
  const may = mayAnswer(request, invitation, actor, at);
  if (!may.ok) return may;
  const start = startSentence(input.start, at, terms);
  if (start !== undefined) return refuse('invalid', undefined, { start });
  return ok({
    next: answered(invitation, { ...input, at, by: actor.person }, at),
    fact: {
      type: invitationAnswered.name,
      data: { kind: 'interested', ...answerFacts(request, invitation), price: input.price, start: input.start },
    },
  });
}

/** Declines with a coded reason. Can be changed until the reply-by. */
export function answerDecline(
  request: SentRequest,
  invitation: Invitation,
  actor: Person,
  at: Instant,
  input: DeclineInput,
  terms: RequestTerms,
): Result<Answered, Unanswerable> {
  const may = mayAnswer(request, invitation, actor, at);
  if (!may.ok) return may;
  const name = reasonName(terms, 'decline', input.reason);
  if (name === undefined) return refuse('invalid', undefined, { reason: 'Choose one of the reasons for declining.' });
  return ok({
    next: answered(invitation, { ...input, at, by: actor.person }, at),
    fact: {
      type: invitationAnswered.name,
      reason: input.words ?? name,
      data: { kind: 'declined', ...answerFacts(request, invitation), reason: input.reason },
    },
  });
}
