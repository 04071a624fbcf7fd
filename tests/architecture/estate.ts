import { organization, type Organization } from '#shared/accounts/model.ts';
import { engagementsContract } from '#shared/engagements/contract.ts';
import {
  organizationKind,
  role,
  type Actor,
  type OrganizationKind,
  type Person,
  type Role,
} from '#shared/kernel/actors.ts';
import { organizationId, personId, type OrganizationId, type PersonId } from '#shared/kernel/ids.ts';
import { changesOf } from '#platform/aggregates.ts';
import { sha256 } from '#platform/hash.ts';
import { History } from '#platform/history.ts';
import type { ApiHandler } from '#platform/http.ts';
import type { Table } from '#platform/table.ts';
import { importOrganizations, importPeople, importRoster } from '../../functions/accounts/index.ts';
import {
  agency,
  fernhill,
  fernhillSchools,
  demo,
  listPartner,
  oakvale,
  programs,
  start,
  type World,
} from '../api/engagements/world.ts';
import { clientFor } from '../support/client.ts';
import { sessionOf } from './site.ts';

/**
 * Organizations of each kind whose people must not reach what belongs to others: the agencies of two
 * programs, districts of both, two partners on the list of the first. `demo` is the program whose
 * things are asked for; `other` is the other one.
 */
export const [birch, cedar] = [organizationId.parse('birch'), organizationId.parse('cedar')];
const [faraway, otherAgency] = [organizationId.parse('faraway'), organizationId.parse('other-agency')];

const given: readonly Organization[] = [
  { kind: 'agency', id: agency, name: 'Invented Agency', program: 'demo' },
  { kind: 'agency', id: otherAgency, name: 'Another Agency', program: 'other' },
  ...[fernhill, oakvale, faraway].map((id) => ({
    kind: 'district',
    id,
    name: `${id} Schools`,
    program: id === faraway ? 'other' : 'demo',
    facts: { orgCode: '1', type: 'District', state: 'ZZ', grades: ['K'], beyondGrade12: false, earlierEnrollment: [] },
  })),
  ...[birch, cedar].map((id) => ({ kind: 'partner', id, name: `${id} partners`, introducedBy: 'demo' })),
  { kind: 'partner', id: 'unclaimed', name: 'Nobody yet', introducedBy: 'demo' },
].map((one) => organization.parse(one));
const byId = new Map(given.map((one) => [one.id, one]));

function kindOf(role: Role): OrganizationKind {
  return organizationKind.parse(role.split(':')[0]);
}

/** Whose things a role asks for, and who holds the same role elsewhere. */
const ownerOf = { district: fernhill, partner: birch, agency } as const;
const strangersOf = {
  district: [oakvale, faraway],
  partner: [cedar],
  agency: [otherAgency],
} as const satisfies Readonly<Record<OrganizationKind, readonly OrganizationId[]>>;

const heads = { district: 'district:superintendent', partner: 'partner:owner', agency: 'agency:program-lead' } as const;

function personOf(of: OrganizationId, part: string): PersonId {
  return personId.parse(`per_${sha256(`${of}/${part}`).slice(0, 20)}`);
}

/** A person who holds the role in that organization. */
function holder(of: OrganizationId, held: Role, person = personOf(of, held)): Person {
  const found = byId.get(of);
  if (found === undefined) throw new Error(`There is no organization ${of}.`);
  const program = found.kind === 'partner' ? {} : { program: found.program };
  return { kind: 'person', person, acting: { organization: of, kind: found.kind, ...program, roles: [held] } };
}

export const owner = (held: Role): Person => holder(ownerOf[kindOf(held)], held);
export const strangers = (held: Role): readonly Person[] => strangersOf[kindOf(held)].map((of) => holder(of, held));
export const organizationOf = (held: Role): OrganizationId => ownerOf[kindOf(held)];

/** Who holds the leading role of each organization; a member without one; and somebody who belongs nowhere. */
export const head = (of: OrganizationId): Person => holder(of, heads[byId.get(of)?.kind ?? 'agency']);
export const headRoleOf = (of: OrganizationId): Role => heads[byId.get(of)?.kind ?? 'agency'];
export const plainMember = (of: OrganizationId): PersonId => personOf(of, 'plain');
export const somebody = (name: string): Person => ({ kind: 'person', person: personOf(fernhill, name) });

export async function fillEstate(table: Table): Promise<void> {
  const history = new History();
  for (const partner of [birch, cedar]) listPartner(history, partner);
  await history.writeTo(table);
  const people = given
    .filter((one) => one.id !== 'unclaimed')
    .flatMap((one) => [
      { organization: one, id: head(one.id).person, role: heads[one.kind] },
      {
        organization: one,
        id: plainMember(one.id),
        role: one.kind === 'agency' ? 'agency:liaison' : `${one.kind}:viewer`,
      },
    ])
    .map(({ organization: of, id, role: held }) => ({
      id,
      issuer: 'test',
      subject: id,
      salt: 'sixteen letters.',
      name: 'A Person',
      memberships: [{ organization: of, roles: [role.parse(held)] }],
    }));
  for (const imported of [importOrganizations(given), importPeople(people, start)]) {
    const changes = imported.steps.flatMap(
      (step) => changesOf(step, start, { kind: 'system', part: 'import' }).changes,
    );
    await table.load(changes.flatMap((change) => (change.kind === 'put' ? [change.item] : [])));
    await table.load(imported.items);
  }
  await table.load(importRoster(demo.program, [], fernhillSchools).items);
}

/** The people of the engagements' stories, on a handler that takes the actor from its cookie. */
export function storyOf(handler: ApiHandler): Pick<World, 'as'> {
  const as = (actor: Actor, at = start) =>
    clientFor(engagementsContract, handler, { at, cookies: sessionOf(actor), address: '198.51.100.9' });
  return { as: (of, role, at) => as(holder(of, role), at) };
}

export { programs };
