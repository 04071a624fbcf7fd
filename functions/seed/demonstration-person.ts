import type { OrganizationKind, Person, Role } from '#shared/kernel/actors.ts';
import type { OrganizationId, PersonId, ProgramId } from '#shared/kernel/ids.ts';

export interface DemonstrationMembership {
  readonly organization: OrganizationId;
  readonly organizationName: string;
  readonly kind: OrganizationKind;
  /** Absent for a partner, whose people act in every program that lists it. */
  readonly program?: ProgramId;
  readonly roles: readonly Role[];
}

/** Somebody who does not exist, with an account: one can sign in as those that are `shown`. */
export interface DemonstrationPerson {
  /** What the identity provider calls the person, the same in every run. */
  readonly sub: string;
  readonly id: PersonId;
  readonly name: string;
  readonly email: string;
  readonly memberships: readonly DemonstrationMembership[];
  /** The others only stand behind past acts. */
  readonly shown: boolean;
}

/** The person acting for one of their organizations. */
export function acting(person: DemonstrationPerson, organization: OrganizationId): Person {
  const held = person.memberships.find((one) => one.organization === organization);
  if (held === undefined) throw new Error(`${person.sub} does not belong to ${organization}.`);
  const { kind, program, roles } = held;
  return {
    kind: 'person',
    person: person.id,
    acting: { organization, kind, roles, ...(program === undefined ? {} : { program }) },
  };
}
