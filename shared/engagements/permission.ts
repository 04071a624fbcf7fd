import type { Person } from '../kernel/actors.ts';
import type { Instant } from '../kernel/instants.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { DraftedRequest, Invitation, Request, SentRequest } from './model.ts';
import { whyRoleNot, whyStatusNot, type ActOnRequest } from './permitted-acts.ts';
import { partnerPhase, requestStatus } from './status.ts';

export type Barred = 'not-found' | 'not-allowed' | 'wrong-state';

/** Whether this person may do the act for the district whose request it is. A stranger gets `not-found`. */
export function districtMay(act: ActOnRequest, request: Request, actor: Person, at: Instant): Result<Request, Barred> {
  const acting = actor.acting;
  if (acting?.organization !== request.district || acting.program !== request.program) return refuse('not-found');
  const role = whyRoleNot(act, acting.roles);
  if (role !== undefined) return refuse('not-allowed', role);
  const status = whyStatusNot(act, requestStatus(request, at));
  return status === undefined ? ok(request) : refuse('wrong-state', status);
}

export function districtMayOnDraft(
  act: 'edit' | 'send',
  request: Request,
  actor: Person,
  at: Instant,
): Result<DraftedRequest, Barred> {
  const may = districtMay(act, request, actor, at);
  if (!may.ok) return may;
  return may.value.phase === 'draft' ? ok(may.value) : refuse('wrong-state');
}

export function districtMayOnSent(
  act: 'amend' | 'answer-question' | 'record-outcome',
  request: Request,
  actor: Person,
  at: Instant,
): Result<SentRequest, Barred> {
  const may = districtMay(act, request, actor, at);
  if (!may.ok) return may;
  return may.value.phase === 'sent' ? ok(may.value) : refuse('wrong-state');
}

/** Stops a defect of the caller: an invitation is only ever read beside its own request. */
export function assertSameRequest(request: Request, part: { readonly request: Request['id'] }): void {
  if (part.request !== request.id) throw new Error(`This belongs to ${part.request}, not to ${request.id}.`);
}

/** Whether this person may do the act for the invited partner. The sentence never tells how a request ended. */
export function partnerMay(
  act: 'mark-seen' | 'answer' | 'ask',
  request: SentRequest,
  invitation: Invitation,
  actor: Person,
  at: Instant,
): Result<Invitation, Barred> {
  assertSameRequest(request, invitation);
  const acting = actor.acting;
  if (acting?.organization !== invitation.partner) return refuse('not-found');
  const role = whyRoleNot(act, acting.roles);
  if (role !== undefined) return refuse('not-allowed', role);
  const status = whyStatusNot(act, partnerPhase(request, at));
  return status === undefined ? ok(invitation) : refuse('wrong-state', status);
}
