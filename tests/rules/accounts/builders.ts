import {
  invitation,
  membership,
  organization,
  type Invitation,
  type Membership,
  type Organization,
} from '#shared/accounts/model.ts';
import { rolesOf, type Person, type Role } from '#shared/kernel/actors.ts';
import { instant } from '#shared/kernel/instants.ts';
import { personId, type PersonId } from '#shared/kernel/ids.ts';

export const at = instant.parse('2026-10-01T15:00:00.000Z');

/** `per_aaaa…`, `per_bbbb…`: a person by one letter. */
export function personOf(letter: string): PersonId {
  return personId.parse(`per_${letter.repeat(20)}`);
}

const names = { agency: 'Invented Agency', district: 'Invented District', partner: 'Invented Partner' };

export function anOrganization(kind: Organization['kind'], given: Record<string, unknown> = {}): Organization {
  return organization.parse({
    kind,
    id: `${kind}-one`,
    name: names[kind],
    ...(kind === 'partner' ? { introducedBy: 'demo' } : { program: 'demo' }),
    ...(kind === 'district'
      ? {
          facts: {
            orgCode: '0001',
            type: 'Public School District',
            state: 'ZZ',
            grades: ['K', '1'],
            beyondGrade12: false,
            earlierEnrollment: [],
            enrollment: { value: 1200, year: 2026 },
          },
        }
      : {}),
    ...given,
  });
}

export function actorFor(person: PersonId, acting: Organization, roles: readonly Role[]): Person {
  return {
    kind: 'person',
    person,
    acting: {
      organization: acting.id,
      kind: acting.kind,
      roles,
      ...(acting.kind === 'partner' ? {} : { program: acting.program }),
    },
  };
}

export function rolesIn(kind: Organization['kind']): readonly Role[] {
  return rolesOf[kind].map((word) => `${kind}:${word}` as Role); // the pairs are those of `rolesOf`
}

export function aMembership(
  of: Organization,
  person: PersonId,
  roles: readonly Role[],
  given: Partial<Membership> = {},
): Membership {
  return membership.parse({
    person,
    organization: of.id,
    kind: of.kind,
    ...(of.kind === 'partner' ? {} : { program: of.program }),
    roles,
    since: '2026-01-01T00:00:00.000Z',
    ...given,
  });
}

export function anInvitation(of: Organization, given: Partial<Invitation> = {}): Invitation {
  return invitation.parse({
    id: 'inv_aaaaaaaaaaaaaaaaaaaa',
    organization: of.id,
    roles: [rolesIn(of.kind)[0]],
    first: false,
    tokenHash: 'a'.repeat(64),
    madeBy: personOf('a'),
    madeAt: '2026-09-30T15:00:00.000Z',
    until: '2026-10-14T15:00:00.000Z',
    ...given,
  });
}
