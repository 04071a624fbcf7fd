import type { Person, Role } from '../kernel/actors.ts';
import type { Decision } from '../kernel/events.ts';
import type { OrganizationId, PersonId, ProgramId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instants.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type {
  memberAdded,
  memberRemoved,
  memberRolesChanged,
  organizationRegistered,
  personalDataChanged,
  personRegistered,
} from './events.ts';
import type { Membership, Organization, RegisteredPerson } from './model.ts';
import { headRole, isRoleOf, programOf } from './roles.ts';

/** The people in charge of an organization; it may have none until somebody is invited. */
export type Heads = readonly PersonId[];

/**
 * A change of a membership together with who is in charge after it. The two are written in one
 * transaction, or two removals at once could leave nobody.
 */
export interface MembershipChange<T extends typeof memberAdded | typeof memberRolesChanged | typeof memberRemoved> {
  readonly membership: Decision<Membership, T>;
  readonly heads: Heads;
}

export function registerOrganization(
  organization: Organization,
): Decision<Organization, typeof organizationRegistered> {
  return {
    next: organization,
    fact: { type: 'accounts.organization-registered', data: { ...named(organization), name: organization.name } },
  };
}

export function registerPerson(
  person: PersonId,
  personalHash: string,
  at: Instant,
): Decision<RegisteredPerson, typeof personRegistered> {
  return {
    next: { id: person, personalHash, registeredAt: at },
    fact: { type: 'accounts.person-registered', data: { person, personalHash } },
  };
}

export function changePersonalData(
  person: RegisteredPerson,
  personalHash: string,
): Decision<RegisteredPerson, typeof personalDataChanged> {
  return {
    next: { ...person, personalHash },
    fact: { type: 'accounts.personal-data-changed', data: { person: person.id, personalHash } },
  };
}

/** An organization as a fact names it. */
export function named(organization: Organization): {
  organization: OrganizationId;
  kind: Organization['kind'];
  program?: ProgramId;
} {
  const program = programOf(organization);
  return { organization: organization.id, kind: organization.kind, ...(program === undefined ? {} : { program }) };
}

/** Whether this person is in charge of the organization. To a stranger there is nothing here. */
export function mayManage(
  organization: Organization,
  actor: Person,
): Result<Organization, 'not-found' | 'not-allowed'> {
  if (actor.acting?.organization !== organization.id) return refuse('not-found');
  return actor.acting.roles.includes(headRole[organization.kind]) ? ok(organization) : refuse('not-allowed');
}

export function allowedRoles(organization: Organization, roles: readonly Role[]): Result<Role[], 'invalid'> {
  const foreign = roles.filter((role) => !isRoleOf(organization.kind, role));
  if (roles.length === 0) return refuse('invalid', undefined, { roles: 'Choose at least one role.' });
  if (foreign.length > 0) {
    return refuse('invalid', undefined, { roles: `${foreign.join(', ')} is not a role in ${organization.name}.` });
  }
  return ok([...new Set(roles)].toSorted());
}

function headsAfter(heads: Heads, person: PersonId, inCharge: boolean): Heads {
  const others = heads.filter((one) => one !== person);
  return inCharge ? [...others, person].toSorted() : others;
}

/**
 * Makes a person a member, whoever decided that: an invitation, an approval or an import.
 * @param before the person's earlier membership here, ended or not.
 */
export function addMember(
  before: Membership | undefined,
  organization: Organization,
  person: PersonId,
  roles: readonly Role[],
  heads: Heads,
  at: Instant,
): Result<MembershipChange<typeof memberAdded>, 'already-exists' | 'invalid'> {
  if (before !== undefined && before.ended === undefined) {
    return refuse('already-exists', `You belong to ${organization.name} already.`);
  }
  const allowed = allowedRoles(organization, roles);
  if (!allowed.ok) return allowed;
  const inCharge = allowed.value.includes(headRole[organization.kind]);
  return ok({
    membership: {
      next: { person, ...named(organization), roles: allowed.value, since: at },
      fact: {
        type: 'accounts.member-added',
        data: { ...named(organization), person, roles: allowed.value, first: inCharge && heads.length === 0 },
      },
    },
    heads: headsAfter(heads, person, inCharge),
  });
}

const headWord = { partner: 'owner', district: 'superintendent', agency: 'program lead' } as const;

function lastHead(organization: Organization): string {
  const word = headWord[organization.kind];
  return `This is the last ${word} of ${organization.name}. Make somebody else ${word} first.`;
}

export function changeRoles(
  membership: Membership,
  organization: Organization,
  roles: readonly Role[],
  heads: Heads,
  actor: Person,
): Result<MembershipChange<typeof memberRolesChanged>, 'not-found' | 'not-allowed' | 'wrong-state' | 'invalid'> {
  const may = mayManage(organization, actor);
  if (!may.ok) return may;
  if (membership.ended !== undefined) return refuse('not-found');
  const allowed = allowedRoles(organization, roles);
  if (!allowed.ok) return allowed;
  const after = headsAfter(heads, membership.person, allowed.value.includes(headRole[organization.kind]));
  if (after.length === 0) return refuse('wrong-state', lastHead(organization));
  return ok({
    membership: {
      next: { ...membership, roles: allowed.value },
      fact: {
        type: 'accounts.member-roles-changed',
        data: { ...named(organization), person: membership.person, roles: allowed.value },
      },
    },
    heads: after,
  });
}

/** Removes a member; everybody may leave by themselves, but for the last one in charge. */
export function removeMember(
  membership: Membership,
  organization: Organization,
  heads: Heads,
  actor: Person,
  at: Instant,
): Result<MembershipChange<typeof memberRemoved>, 'not-found' | 'not-allowed' | 'wrong-state'> {
  if (actor.acting?.organization !== organization.id) return refuse('not-found');
  if (actor.person !== membership.person) {
    const may = mayManage(organization, actor);
    if (!may.ok) return may;
  }
  if (membership.ended !== undefined) return refuse('not-found');
  const after = headsAfter(heads, membership.person, false);
  if (after.length === 0 && heads.length > 0) return refuse('wrong-state', lastHead(organization));
  return ok({
    membership: {
      next: { ...membership, ended: at },
      fact: { type: 'accounts.member-removed', data: { ...named(organization), person: membership.person } },
    },
    heads: after,
  });
}
