import * as z from 'zod';
import { acrossPrograms, person, personal, type Personal, type RegisteredPerson } from '#shared/accounts/model.ts';
import { organizationId, personId, type OrganizationId, type PersonId } from '#shared/kernel/ids.ts';
import { load, type AggregateKey, type Loaded, type Step } from '#platform/aggregates.ts';
import { hashOf, sha256 } from '#platform/hash.ts';
import type { Change, Item, Key, Table } from '#platform/table.ts';
import { personPartition } from './store.ts';

function personKey(id: PersonId): AggregateKey {
  return { partition: personPartition(id), name: 'person', program: acrossPrograms };
}

export async function loadPerson(table: Table, id: PersonId): Promise<Loaded<RegisteredPerson> | undefined> {
  return load(table, personKey(id), person);
}

export function personStep(
  before: Loaded<RegisteredPerson> | undefined,
  decision: Step<RegisteredPerson>['decision'],
): Step<RegisteredPerson> {
  return { key: personKey(decision.next.id), before, decision };
}

const personalItem = personal.extend({ salt: z.string().min(16) });

function personalKey(id: PersonId): Key {
  return { pk: personPartition(id), sk: 'PERSONAL' };
}

export function personalHash(data: Personal, salt: string): string {
  return hashOf({ name: data.name, email: data.email, salt });
}

export function personalItemOf(id: PersonId, data: Personal, salt: string): Item {
  return { ...personalKey(id), ...data, salt };
}

export async function loadPersonal(
  table: Table,
  id: PersonId,
  options: { readonly consistent?: boolean } = {},
): Promise<z.infer<typeof personalItem> | undefined> {
  const item = await table.get(personalKey(id), options);
  return item === undefined ? undefined : personalItem.parse(item);
}

/** In the order of the ids, up to 100; undefined for a person whose data were deleted. */
export async function loadAllPersonal(
  table: Table,
  ids: readonly PersonId[],
): Promise<readonly (Personal | undefined)[]> {
  const items = await table.getAll(ids.map(personalKey));
  return items.map((item) => (item === undefined ? undefined : personalItem.parse(item)));
}

/** How somebody is shown whose personal data were deleted. */
export const namelessPerson = 'Former user';

const subject = z.object({ person: personId });

function subjectKey(issuer: string, sub: string): Key {
  return { pk: `SUBJECT#${sha256(`${issuer}|${sub}`)}`, sk: 'SUBJECT' };
}

export function subjectItem(issuer: string, sub: string, id: PersonId): Item {
  return { ...subjectKey(issuer, sub), person: id };
}

export async function findSubject(table: Table, issuer: string, sub: string): Promise<PersonId | undefined> {
  const item = await table.get(subjectKey(issuer, sub), { consistent: true });
  return item === undefined ? undefined : subject.parse(item).person;
}

const last = z.object({ organization: organizationId });

export function lastActed(id: PersonId, of: OrganizationId): Change {
  return { kind: 'put', item: { pk: personPartition(id), sk: 'LAST', organization: of } };
}

export async function loadLastActed(table: Table, id: PersonId): Promise<OrganizationId | undefined> {
  const item = await table.get({ pk: personPartition(id), sk: 'LAST' });
  return item === undefined ? undefined : last.parse(item).organization;
}
