import type { Organization, Personal } from '#shared/accounts/model.ts';
import { addMember, registerOrganization, registerPerson, type Heads } from '#shared/accounts/rules.ts';
import type { Role } from '#shared/kernel/actors.ts';
import type { OrganizationId, PersonId, ProgramId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import type { District, School } from '#shared/programs/roster.ts';
import type { Step } from '#platform/aggregates.ts';
import type { Item } from '#platform/table.ts';
import { personalHash, personalItemOf, personStep, subjectItem } from './person-store.ts';
import { headsItemOf, memberItem, memberStep, organizationStep, schoolItem } from './store.ts';

/**
 * What an import writes into a store that has none of it yet: each step becomes a state and an event
 * (`changesOf`), each item stands as it is.
 */
export interface Imported {
  readonly steps: readonly Step[];
  readonly items: readonly Item[];
}

export function importOrganizations(organizations: readonly Organization[]): Imported {
  return { steps: organizations.map((one) => organizationStep(registerOrganization(one))), items: [] };
}

/**
 * The districts of a program with their schools.
 * @returns `unplaced`: the schools whose source does not say to which district they belong; they
 *   have no place in the table.
 */
export function importRoster(
  program: ProgramId,
  districts: readonly District[],
  schools: readonly School[],
): Imported & { readonly unplaced: readonly School[] } {
  const organizations = districts.map(({ id, name, ...facts }) => ({
    kind: 'district' as const,
    id,
    name,
    program,
    facts,
  }));
  return {
    steps: importOrganizations(organizations).steps,
    items: schools.flatMap((one) => (one.district === undefined ? [] : [schoolItem(one.district, one)])),
    unplaced: schools.filter((one) => one.district === undefined),
  };
}

export interface ImportedPerson extends Personal {
  readonly id: PersonId;
  /** The identity at the provider that is this person. */
  readonly issuer: string;
  readonly subject: string;
  /** At least 16 characters; mixed into the hash that the event holds of name and e-mail address. */
  readonly salt: string;
  readonly memberships: readonly { readonly organization: Organization; readonly roles: readonly Role[] }[];
}

/**
 * People with their memberships. All members of an organization must come in one call, for it writes
 * who is in charge of each. Throws where a rule refuses: a role of another kind of organization.
 */
export function importPeople(people: readonly ImportedPerson[], at: Instant): Imported {
  const steps: Step[] = [];
  const items: Item[] = [];
  const inCharge = new Map<OrganizationId, Heads>();
  for (const { id, issuer, subject, salt, name, email, memberships } of people) {
    const data: Personal = { name, ...(email === undefined ? {} : { email }) };
    steps.push(personStep(undefined, registerPerson(id, personalHash(data, salt), at)));
    items.push(subjectItem(issuer, subject, id), personalItemOf(id, data, salt));
    for (const { organization, roles } of memberships) {
      const added = addMember(undefined, organization, id, roles, inCharge.get(organization.id) ?? [], at);
      if (!added.ok) throw new Error(`${id} cannot join ${organization.id}: ${JSON.stringify(added.refusal)}`);
      const { membership, heads } = added.value;
      steps.push(memberStep(undefined, membership));
      items.push(memberItem(membership.next, 1));
      inCharge.set(organization.id, heads);
    }
  }
  for (const [id, heads] of inCharge) if (heads.length > 0) items.push(headsItemOf(id, heads, 1));
  return { steps, items };
}
