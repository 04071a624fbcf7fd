import type { JoinRequest, Membership, Organization, Personal } from '#shared/accounts/model.ts';
import type { OrganizationId, PersonId } from '#shared/kernel/ids.ts';
import { eventKey, stateKey } from '#platform/aggregates.ts';
import { selectAll, type Table } from '#platform/table.ts';
import { loadJoinRequest } from './join-store.ts';
import { loadPersonal } from './person-store.ts';
import {
  loadHeads,
  loadOrganization,
  memberMarker,
  memberPrefix,
  organizationPartition,
  schoolKey,
  organizationName,
} from './store.ts';

/** What other contexts may ask of accounts. */

export { inviteFirstHead } from './first-invitation.ts';
export { importOrganizations, importPeople, importRoster, type Imported, type ImportedPerson } from './import.ts';
export { actorOf } from './session-store.ts';

interface Reading {
  /** Reads what was written last, at twice the price. */
  readonly consistent?: boolean;
}

/** An organization with, for a district, its public facts. */
export async function findOrganization(
  table: Table,
  id: OrganizationId,
  options: Reading = {},
): Promise<Organization | undefined> {
  return loadOrganization(table, id, options);
}

/** Whether an organization and the fact of its registration both stand in the table: not half of it. */
export async function isRegistered(table: Table, id: OrganizationId): Promise<boolean> {
  const key = organizationName(id);
  const found = await table.getAll([stateKey(key), eventKey(key, 1)], { consistent: true });
  return found.every((item) => item !== undefined);
}

/** Those of the ids that name no school of this district. Half a read unit for each. */
export async function foreignSchools(
  table: Table,
  district: OrganizationId,
  schools: readonly string[],
): Promise<readonly string[]> {
  const found = await table.getAll(schools.map((school) => schoolKey(district, school)));
  return schools.filter((_, place) => found[place] === undefined);
}

/** The people in charge of an organization: its owners, superintendents or program leads. Nobody: unclaimed. */
export async function headsOf(table: Table, id: OrganizationId): Promise<readonly PersonId[]> {
  return (await loadHeads(table, id)).people;
}

/** Every member whose membership has not ended, read consistently, however many: for jobs, not for pages. */
export async function membersOf(
  table: Table,
  id: OrganizationId,
): Promise<readonly Pick<Membership, 'person' | 'roles'>[]> {
  const members: Pick<Membership, 'person' | 'roles'>[] = [];
  const selection = { partition: organizationPartition(id), range: { prefix: memberPrefix }, consistent: true };
  for await (const item of selectAll(table, selection)) {
    const { person, roles } = memberMarker.parse(item);
    members.push({ person, roles });
  }
  return members;
}

/** A person's latest request to join an organization, decided or not, read consistently. */
export async function findJoinRequest(
  table: Table,
  id: OrganizationId,
  person: PersonId,
): Promise<JoinRequest | undefined> {
  return (await loadJoinRequest(table, { id }, person))?.state;
}

/** Name and e-mail address for a notice; undefined when they were deleted. */
export async function personalOf(table: Table, id: PersonId, options: Reading = {}): Promise<Personal | undefined> {
  const found = await loadPersonal(table, id, options);
  if (found === undefined) return undefined;
  return { name: found.name, ...(found.email === undefined ? {} : { email: found.email }) };
}
