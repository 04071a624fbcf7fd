import type { Organization } from '#shared/accounts/model.ts';
import { headRole } from '#shared/accounts/roles.ts';
import { personId } from '#shared/kernel/ids.ts';
import { newId } from '#platform/ids.ts';
import { anOrganization } from '../../rules/accounts/builders.ts';
import { putOrganizations, type World } from './world.ts';

/** Organizations and people of their own for each test of a file. */
export function organizationsIn(world: World) {
  const numbers = { next: 0 };

  function newPerson() {
    numbers.next += 1;
    return personId.parse(`per_${String(numbers.next).padStart(20, '0')}`);
  }

  /** Of a partner or a district: nobody is in charge of it. */
  async function unclaimed(kind: Organization['kind']) {
    numbers.next += 1;
    const organization = anOrganization(kind, { id: `unclaimed-${numbers.next}` });
    await putOrganizations(world.table, organization);
    return organization;
  }

  /** With one person in charge and one plain member, both signed in. */
  async function organizationWith(kind: Organization['kind'], given: Record<string, unknown> = {}) {
    numbers.next += 1;
    const organization = anOrganization(kind, { id: `${kind}-${numbers.next}`, ...given });
    const [head, member] = [newPerson(), newPerson()];
    const plain = { agency: 'agency:screener', district: 'district:viewer', partner: 'partner:viewer' } as const;
    await putOrganizations(world.table, organization);
    await world.member(head, [organization, headRole[kind]]);
    await world.member(member, [organization, plain[kind]]);
    const [headToken, memberToken] = [
      await world.session(head, organization.id),
      await world.session(member, organization.id),
    ];
    return {
      organization,
      params: { organization: organization.id },
      head,
      headToken,
      member,
      asHead: world.as(headToken),
      asMember: world.as(memberToken),
    };
  }

  /** Somebody signed in who belongs nowhere yet. */
  async function stranger() {
    const person = newPerson();
    await world.member(person);
    const token = await world.session(person);
    return { person, token, client: world.as(token) };
  }

  return { newPerson, unclaimed, organizationWith, stranger };
}

/** The input that invites somebody who will be in charge. */
export function ownerInvitation(organization: Organization) {
  return {
    params: { organization: organization.id },
    body: { id: newId('inv'), roles: [headRole[organization.kind]] },
  };
}
