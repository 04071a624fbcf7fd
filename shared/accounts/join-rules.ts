import type { Person, Role } from '../kernel/actors.ts';
import type { Decision } from '../kernel/events.ts';
import type { Instant } from '../kernel/instants.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { joinDecided, joinRequested, memberAdded } from './events.ts';
import type { JoinRequest, Membership, Organization } from './model.ts';
import { addMember, mayManage, named, type Heads, type MembershipChange } from './rules.ts';

/** Anybody signed in may ask; asking while the earlier request is open changes nothing and answers it. */
export function askToJoin(
  before: JoinRequest | undefined,
  organization: Organization,
  membership: Membership | undefined,
  heads: Heads,
  actor: Person,
  at: Instant,
): Result<Decision<JoinRequest, typeof joinRequested> | undefined, 'already-exists' | 'unclaimed'> {
  if (membership !== undefined && membership.ended === undefined) {
    return refuse('already-exists', `You belong to ${organization.name} already.`);
  }
  if (heads.length === 0) {
    return refuse('unclaimed', `Nobody is in charge of ${organization.name} here yet, so nobody could approve this.`);
  }
  if (before !== undefined && before.decided === undefined) return ok(undefined);
  return ok({
    next: { person: actor.person, organization: organization.id, askedAt: at },
    fact: { type: 'accounts.join-requested', data: { ...named(organization), person: actor.person } },
  });
}

export type JoinAnswer =
  | { readonly decision: 'approved'; readonly roles: readonly Role[] }
  | { readonly decision: 'declined'; readonly reason?: string | undefined };

export interface JoinDecision {
  readonly request: Decision<JoinRequest, typeof joinDecided>;
  readonly member?: MembershipChange<typeof memberAdded>;
}

export function decideJoin(
  request: JoinRequest,
  organization: Organization,
  before: Membership | undefined,
  heads: Heads,
  answer: JoinAnswer,
  actor: Person,
  at: Instant,
): Result<JoinDecision, 'not-found' | 'not-allowed' | 'wrong-state' | 'already-exists' | 'invalid'> {
  const may = mayManage(organization, actor);
  if (!may.ok) return may;
  if (request.organization !== organization.id) return refuse('not-found');
  if (request.decided !== undefined)
    return refuse('wrong-state', `This request was ${request.decided.decision} before.`);
  const reason = answer.decision === 'declined' && answer.reason !== undefined ? { reason: answer.reason } : {};
  const decided: Decision<JoinRequest, typeof joinDecided> = {
    next: { ...request, decided: { by: actor.person, at, decision: answer.decision, ...reason } },
    fact: {
      type: 'accounts.join-decided',
      data: { ...named(organization), person: request.person, decision: answer.decision },
      ...reason,
    },
  };
  if (answer.decision === 'declined') return ok({ request: decided });
  const member = addMember(before, organization, request.person, answer.roles, heads, at);
  if (member.ok) return ok({ request: decided, member: member.value });
  return member.refusal.code === 'already-exists'
    ? refuse('already-exists', `This person belongs to ${organization.name} already. Decline the request to clear it.`)
    : member;
}
