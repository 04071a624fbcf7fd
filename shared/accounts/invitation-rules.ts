import { holds, type Person, type Role } from '../kernel/actors.ts';
import type { Decision } from '../kernel/events.ts';
import type { InvitationLinkId, PersonId } from '../kernel/ids.ts';
import { millisecondsPerDay, plusMilliseconds, type Instant } from '../kernel/instants.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { invitationMade, invitationUsed, invitationWithdrawn, memberAdded } from './events.ts';
import { invitationDays, type Invitation, type Membership, type Organization } from './model.ts';
import { headRole, stewardOf } from './roles.ts';
import { addMember, allowedRoles, mayManage, named, type Heads, type MembershipChange } from './rules.ts';

export type InvitationStatus = 'open' | 'used' | 'withdrawn' | 'expired';

export function invitationStatus(
  invitation: Pick<Invitation, 'used' | 'withdrawnAt' | 'until'>,
  at: Instant,
): InvitationStatus {
  if (invitation.used !== undefined) return 'used';
  if (invitation.withdrawnAt !== undefined) return 'withdrawn';
  return at < invitation.until ? 'open' : 'expired';
}

/** Whether this person leads the program that brought a partner or a district in. */
export function isSteward(organization: Organization, actor: Person): boolean {
  return (
    organization.kind !== 'agency' &&
    holds(actor, 'agency:program-lead') &&
    actor.acting?.program === stewardOf(organization)
  );
}

/**
 * As what this person may invite: as the one in charge (`member`), or as the program's lead while
 * nobody is in charge yet (`first`).
 */
export function mayInvite(
  organization: Organization,
  heads: Heads,
  actor: Person,
): Result<'member' | 'first', 'not-found' | 'not-allowed'> {
  if (isSteward(organization, actor)) {
    return heads.length === 0
      ? ok('first')
      : refuse('not-allowed', `${organization.name} has somebody in charge, who invites its people.`);
  }
  const may = mayManage(organization, actor);
  return may.ok ? ok('member') : may;
}

export interface InvitationTerms {
  readonly id: InvitationLinkId;
  readonly tokenHash: string;
  readonly roles: readonly Role[];
}

export function makeInvitation(
  terms: InvitationTerms,
  organization: Organization,
  heads: Heads,
  actor: Person,
  at: Instant,
): Result<Decision<Invitation, typeof invitationMade>, 'not-found' | 'not-allowed' | 'invalid'> {
  const may = mayInvite(organization, heads, actor);
  if (!may.ok) return may;
  const roles = allowedRoles(organization, terms.roles);
  if (!roles.ok) return roles;
  const first = may.value === 'first';
  const wanted = headRole[organization.kind];
  if (first && !roles.value.includes(wanted)) {
    return refuse('invalid', undefined, {
      roles: `The first person of ${organization.name} needs the role ${wanted}.`,
    });
  }
  return ok(invitationOf({ ...terms, roles: roles.value }, organization, first, at, actor.person));
}

/** The first invitation into an organization that nobody is in charge of, as an import makes it. */
export function inviteFirst(
  terms: Omit<InvitationTerms, 'roles'>,
  organization: Organization,
  heads: Heads,
  at: Instant,
): Result<Decision<Invitation, typeof invitationMade>, 'wrong-state'> {
  if (heads.length > 0) return refuse('wrong-state', `${organization.name} has somebody in charge.`);
  return ok(invitationOf({ ...terms, roles: [headRole[organization.kind]] }, organization, true, at));
}

function invitationOf(
  { id, tokenHash, roles }: InvitationTerms,
  organization: Organization,
  first: boolean,
  at: Instant,
  madeBy?: PersonId,
): Decision<Invitation, typeof invitationMade> {
  const until = plusMilliseconds(at, invitationDays * millisecondsPerDay);
  return {
    next: {
      id,
      organization: organization.id,
      roles: [...roles],
      first,
      tokenHash,
      ...(madeBy === undefined ? {} : { madeBy }),
      madeAt: at,
      until,
    },
    fact: {
      type: 'accounts.invitation-made',
      data: { ...named(organization), invitation: id, roles: [...roles], first, until },
    },
  };
}

/** A program's lead may take back only what a program's lead sent. */
export function withdrawInvitation(
  invitation: Invitation,
  organization: Organization,
  actor: Person,
  at: Instant,
): Result<Decision<Invitation, typeof invitationWithdrawn>, 'not-found' | 'not-allowed' | 'wrong-state'> {
  if (invitation.organization !== organization.id) return refuse('not-found');
  if (!(invitation.first && isSteward(organization, actor))) {
    const may = mayManage(organization, actor);
    if (!may.ok) return may;
  }
  if (invitationStatus(invitation, at) !== 'open') {
    return refuse('wrong-state', 'This invitation was used, withdrawn or has run out, so it cannot be withdrawn.');
  }
  return ok({
    next: { ...invitation, withdrawnAt: at },
    fact: { type: 'accounts.invitation-withdrawn', data: { ...named(organization), invitation: invitation.id } },
  });
}

export interface InvitationUse {
  readonly invitation: Decision<Invitation, typeof invitationUsed>;
  readonly member: MembershipChange<typeof memberAdded>;
}

/** Whoever holds the link and is signed in becomes a member; the link works once. */
export function useInvitation(
  invitation: Invitation,
  organization: Organization,
  before: Membership | undefined,
  heads: Heads,
  actor: Person,
  at: Instant,
): Result<InvitationUse, 'link-used' | 'already-exists' | 'invalid'> {
  if (invitation.organization !== organization.id || invitationStatus(invitation, at) !== 'open')
    return refuse('link-used');
  if (invitation.first && heads.length > 0) {
    return refuse(
      'link-used',
      `Somebody else is in charge of ${organization.name} already. Ask them for an invitation.`,
    );
  }
  const member = addMember(before, organization, actor.person, invitation.roles, heads, at);
  if (!member.ok) return member;
  return ok({
    invitation: {
      next: { ...invitation, used: { by: actor.person, at } },
      fact: {
        type: 'accounts.invitation-used',
        data: { ...named(organization), invitation: invitation.id, person: actor.person },
      },
    },
    member: member.value,
  });
}
