import * as z from 'zod';
import { school, type School } from '#shared/accounts/district.ts';
import {
  acrossPrograms,
  membership,
  organization,
  roles,
  type Membership,
  type Organization,
} from '#shared/accounts/model.ts';
import { programOf } from '#shared/accounts/roles.ts';
import type { Heads } from '#shared/accounts/rules.ts';
import { personId, type OrganizationId, type PersonId, type ProgramId } from '#shared/kernel/ids.ts';
import { instant } from '#shared/kernel/instants.ts';
import { load, readState, stateKey, type AggregateKey, type Loaded, type Step } from '#platform/aggregates.ts';
import type { Change, Item, Key, Table } from '#platform/table.ts';

/**
 *     ORG#<organization>    STATE#organization         what it is; in `list` by DISTRICTS#<program> and name
 *                           SCHOOL#<school>            one for each school of a district
 *                           HEADS                      who is in charge, with a version that guards it
 *                           STATE#member#<person>      a membership, ended or not; in `list` by PERSON#<person>
 *                           MEMBER#<person>            while it lasts: what the list of members shows
 *                           STATE#invitation#<id>      INVITED#<id> while nobody used or withdrew it
 *                           STATE#join#<person>        ASKED#<person> while nobody decided
 *     LINK#<sha256(token)>  LINK                       the invitation that a link belongs to, until it is withdrawn or runs out
 *     PERSON#<person>       STATE#person
 *                           PERSONAL                   name, e-mail address and the salt of their hash
 *                           LAST                       the organization last acted for
 *     SUBJECT#<sha256(issuer|sub)>  SUBJECT            the person behind an identity
 *
 * The marker items (MEMBER, INVITED, ASKED) keep each list a key range over what is current, however
 * many members and invitations there once were. They change in the same transaction as the state.
 */
export function organizationPartition(id: OrganizationId): string {
  return `ORG#${id}`;
}

export function personPartition(id: PersonId): string {
  return `PERSON#${id}`;
}

/** As the list of districts is sorted and searched. */
export function sortName(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

export function districtList(program: ProgramId): string {
  return `DISTRICTS#${program}`;
}

// Organizations

export function organizationName(id: OrganizationId): { readonly partition: string; readonly name: string } {
  return { partition: organizationPartition(id), name: 'organization' };
}

export function organizationStep(decision: Step<Organization>['decision']): Step<Organization> {
  const { next } = decision;
  return {
    key: { ...organizationName(next.id), program: programOf(next) ?? acrossPrograms },
    before: undefined,
    decision,
    list:
      next.kind === 'district'
        ? { lpk: districtList(next.program), lsk: `${sortName(next.name)}#${next.id}` }
        : undefined,
  };
}

export function schoolKey(district: OrganizationId, school: string): Key {
  return { pk: organizationPartition(district), sk: `SCHOOL#${school}` };
}

export function schoolItem(district: OrganizationId, given: School): Item {
  return { ...schoolKey(district, given.id), data: given };
}

export function readSchool(item: Item): School {
  return school.parse(item['data']);
}

export function readOrganization(item: Item | undefined): Organization | undefined {
  return readState(item, organization)?.state;
}

export async function loadOrganization(
  table: Table,
  id: OrganizationId,
  options: { readonly consistent?: boolean } = {},
): Promise<Organization | undefined> {
  return readOrganization(await table.get(stateKey(organizationName(id)), options));
}

/** Up to 100 organizations, in the order of the ids; one that is missing is a defect. */
export async function loadOrganizations(
  table: Table,
  ids: readonly OrganizationId[],
): Promise<readonly Organization[]> {
  const items = await table.getAll(ids.map((id) => stateKey(organizationName(id))));
  return items.map((item, index) => {
    const found = readOrganization(item);
    if (found === undefined) throw new Error(`The organization ${ids[index] ?? ''} is not in the table.`);
    return found;
  });
}

// Who is in charge

export interface StoredHeads {
  readonly people: Heads;
  /** 0 while nobody was ever in charge. */
  readonly version: number;
}

const headsItem = z.object({ people: z.array(personId), version: z.int().min(1) });

function headsKey(id: OrganizationId): Key {
  return { pk: organizationPartition(id), sk: 'HEADS' };
}

export async function loadHeads(table: Table, id: OrganizationId): Promise<StoredHeads> {
  const item = await table.get(headsKey(id), { consistent: true });
  return item === undefined ? { people: [], version: 0 } : headsItem.parse(item);
}

export function headsItemOf(id: OrganizationId, people: Heads, version: number): Item {
  return { ...headsKey(id), people: [...people], version };
}

/** Nothing where the same people stay in charge. */
function headsChange(id: OrganizationId, before: StoredHeads, people: Heads): readonly Change[] {
  if (before.people.join() === people.join()) return [];
  return [
    {
      kind: 'put',
      item: headsItemOf(id, people, before.version + 1),
      guard: before.version === 0 ? 'absent' : { version: before.version },
    },
  ];
}

// Members

export function memberKey(of: Pick<Membership, 'organization' | 'person' | 'program'>): AggregateKey {
  return {
    partition: organizationPartition(of.organization),
    name: `member#${of.person}`,
    program: of.program ?? acrossPrograms,
  };
}

export async function loadMembership(
  table: Table,
  of: Pick<Membership, 'organization' | 'person'>,
): Promise<Loaded<Membership> | undefined> {
  return load(table, memberKey(of), membership);
}

export const memberPrefix = 'MEMBER#';

export const memberMarker = z.object({ person: personId, roles, since: instant, version: z.int().min(1) });

/** The membership's step, without what goes with it. */
export function memberStep(
  before: Loaded<Membership> | undefined,
  decision: Step<Membership>['decision'],
): Step<Membership> {
  const { next } = decision;
  return {
    key: memberKey(next),
    before,
    decision,
    list:
      next.ended === undefined
        ? { lpk: personPartition(next.person), lsk: `${memberPrefix}${next.organization}` }
        : undefined,
  };
}

export function memberItem(of: Membership, version: number): Item {
  const { person: who, roles: held, since } = of;
  return {
    pk: organizationPartition(of.organization),
    sk: `${memberPrefix}${who}`,
    person: who,
    roles: held,
    since,
    version,
  };
}

/** The membership's step with its marker and with who is in charge, for one transaction. */
export function memberChange(
  before: Loaded<Membership> | undefined,
  heads: StoredHeads,
  change: { readonly membership: Step<Membership>['decision']; readonly heads: Heads },
): { readonly step: Step; readonly also: readonly Change[] } {
  const { next } = change.membership;
  const marker = memberItem(next, (before?.version ?? 0) + 1);
  return {
    step: memberStep(before, change.membership),
    also: [
      next.ended === undefined
        ? { kind: 'put', item: marker }
        : { kind: 'remove', key: { pk: marker.pk, sk: marker.sk } },
      ...headsChange(next.organization, heads, change.heads),
    ],
  };
}

/** A person's memberships that have not ended, by organization; at most 100. */
export async function membershipsOf(table: Table, id: PersonId): Promise<readonly Membership[]> {
  const page = await table.select({
    index: 'list',
    partition: personPartition(id),
    range: { prefix: memberPrefix },
    limit: 100,
  });
  return page.items.flatMap((item) => readState(item, membership)?.state ?? []);
}
