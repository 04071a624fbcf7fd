import { beforeAll } from 'vitest';
import { engagementsContract } from '#shared/engagements/contract.ts';
import { requestInput, type RequestInput } from '#shared/engagements/inputs.ts';
import { organization } from '#shared/accounts/model.ts';
import { suspend } from '#shared/catalogue/approval-rules.ts';
import { listing, type Approval } from '#shared/catalogue/model.ts';
import type { Actor, Role } from '#shared/kernel/actors.ts';
import { organizationId, personId, programId, termId, type OrganizationId } from '#shared/kernel/ids.ts';
import { day, instant, plusMilliseconds, type Day, type Instant } from '#shared/kernel/instants.ts';
import { daysBetween, walkJournal } from '#platform/journal.ts';
import { changesOf, commit } from '#platform/aggregates.ts';
import { catchUp } from '#platform/consumers.ts';
import { History } from '#platform/history.ts';
import { serve, type ApiHandler } from '#platform/http.ts';
import { newId } from '#platform/ids.ts';
import { sessionCookie } from '#platform/session-cookie.ts';
import type { Table } from '#platform/table.ts';
import { importOrganizations, importPeople, importRoster } from '../../../functions/accounts/index.ts';
import { recordApproval, recordListing } from '../../../functions/catalogue/index.ts';
import { approvalKey, loadApproval } from '../../../functions/catalogue/store.ts';
import { demandConsumer } from '../../../functions/engagements/reactions.ts';
import { engagementsService } from '../../../functions/engagements/service.ts';
import { aContent, anApproval, aPerson, aProgram } from '../../rules/catalogue/builders.ts';
import { clientFor } from '../../support/client.ts';
import { testTable } from '../../support/table.ts';
import { terms } from '../../rules/engagements/builders.ts';
import { program } from '#shared/programs/program.ts';
import { school } from '#shared/programs/roster.ts';

/** Schools of Fernhill, which its requests name. */
export const fernhillSchools = ['s1', 's2', 's3', 's4'].map((id) =>
  school.parse({ id, name: `School ${id}`, district: 'fernhill', orgCode: '1', grades: ['6'], beyondGrade12: false }),
);

export const start = instant.parse('2027-01-11T15:00:00.000Z');
const hour = 3_600_000;
export const after = (hours: number): Instant => plusMilliseconds(start, hours * hour);
export const replyBy = after(10 * 24);

export const demo = { program: programId.parse('demo') };
export const fernhill = organizationId.parse('fernhill');
export const oakvale = organizationId.parse('oakvale');
export const agency = organizationId.parse('agency');
export const partners = ['birch', 'cedar', 'maple', 'rowan', 'willow', 'alder', 'hazel'].map((id) =>
  organizationId.parse(id),
);
const theDemo = program.parse(terms);
const other = program.parse({ ...theDemo, id: 'other' });
export const programs = new Map([theDemo, other].map((one) => [one.id, one]));

const organizations = [
  { kind: 'agency', id: agency, name: 'Invented Agency', program: 'demo' },
  ...[
    { id: fernhill, name: 'Fernhill Schools', program: 'demo' },
    { id: oakvale, name: 'Oakvale Schools', program: 'demo' },
    { id: 'faraway', name: 'Faraway Schools', program: 'other' },
  ].map((one) => ({
    kind: 'district',
    facts: { orgCode: '1', type: 'District', state: 'ZZ', grades: ['K'], beyondGrade12: false, earlierEnrollment: [] },
    ...one,
  })),
].map((one) => organization.parse(one));

const listed = instant.parse('2026-07-01T12:00:00.000Z');
const importer = { kind: 'system', part: 'import' } as const;

/** A partner's listing and its approval in the area `data-use`, as the catalogue records them. */
export function listPartner(
  history: History,
  partner: OrganizationId,
  given: {
    readonly approval?: Partial<Approval> | 'none';
    readonly claimed?: boolean;
    readonly clientsAtMost?: number;
  } = {},
): void {
  const content = aContent({
    name: `${partner} partners`,
    ...(given.clientsAtMost === undefined
      ? {}
      : { capacity: { clientsAtMost: given.clientsAtMost, asOf: day.parse('2026-09-01') } }),
  });
  const next = listing.parse({
    program: 'demo',
    partner,
    content,
    claimed: given.claimed ?? true,
    publishedAt: listed,
  });
  recordListing(history, { next, fact: { type: 'catalogue.listing-created', data: { partner } } }, listed, importer);
  if (given.approval === 'none') return;
  const approval = anApproval({ partner, area: 'data-use', granted: listed, ...given.approval });
  recordApproval(
    history,
    { next: approval, fact: { type: 'catalogue.approval-granted', data: { partner } } },
    listed,
    importer,
  );
}

/** Suspends the approval of a partner, as the state does, an hour after `start`. */
export async function suspendPartner(table: Table, partner: OrganizationId): Promise<void> {
  const area = termId.parse('data-use');
  const before = await loadApproval(table, demo.program, partner, area);
  if (before === undefined) throw new Error('The approval was recorded.');
  const lead = aPerson('agency:program-lead', { organization: agency });
  const decided = suspend(before.state, lead, after(1), { reason: termId.parse('other') }, aProgram());
  if (!decided.ok) throw new Error(JSON.stringify(decided.refusal));
  const key = approvalKey(demo.program, partner, area);
  const written = await commit(table, [{ key, before, decision: decided.value }], after(1), importer);
  if (!written.ok) throw new Error('Nobody else changes the approval.');
}

const tokens = new Map<string, Actor>();

function personOf(of: OrganizationId, role: Role) {
  const letters = [...`${of}${role}`].map((one) => one.charCodeAt(0).toString(36)).join('');
  return personId.parse(`per_${letters.padEnd(20, '0').slice(-20)}`);
}

/** The actor of a role, as a session would say; a token stands for it. */
export function tokenOf(of: OrganizationId, role: Role, inProgram = 'demo'): string {
  const token = `${of}.${role}.${inProgram}`;
  const [kind] = role.split(':');
  const base = { organization: of, roles: [role] };
  const person = personOf(of, role);
  const acting =
    kind === 'partner'
      ? { ...base, kind: 'partner' as const }
      : {
          ...base,
          kind: kind === 'agency' ? ('agency' as const) : ('district' as const),
          program: programId.parse(inProgram),
        };
  tokens.set(token, { kind: 'person', person, acting });
  return token;
}

/** Who a token stands for. */
export function actorOfToken(token: string): Actor {
  return tokens.get(token) ?? { kind: 'public' };
}

export interface World {
  readonly table: Table;
  readonly handler: ApiHandler;
  /** The typed client of somebody with this role, at that instant. */
  as(
    of: OrganizationId,
    role: Role,
    at?: Instant,
    inProgram?: string,
  ): ReturnType<typeof clientFor<typeof engagementsContract>>;
  /** Lets the consumer `demand` hear every event of these days. */
  settle(days?: readonly [Day, Day]): Promise<void>;
}

export const storyDays = [day.parse('2027-01-11'), day.parse('2027-02-02')] as const;
export const demand = demandConsumer(programs);

/** The context on the embedded engine, with seven approved partners, for one test file. */
export function engagementsWorld(more: (history: History) => void = () => {}): World {
  const engine = testTable();
  const found: { handler?: ApiHandler } = {};
  beforeAll(async () => {
    const history = new History();
    for (const partner of partners) listPartner(history, partner);
    more(history);
    await history.writeTo(engine.table);
    const people = (['superintendent', 'lead', 'committee', 'viewer'] as const).map((word) => ({
      id: personOf(fernhill, `district:${word}`),
      issuer: 'test',
      subject: word,
      salt: 'sixteen letters.',
      name: `The ${word}`,
      memberships: [],
    }));
    for (const imported of [importOrganizations(organizations), importPeople(people, listed)]) {
      const changes = imported.steps.flatMap((step) => changesOf(step, listed, importer).changes);
      await engine.table.load(changes.flatMap((change) => (change.kind === 'put' ? [change.item] : [])));
      await engine.table.load(imported.items);
    }
    await engine.table.load(importRoster(demo.program, [], fernhillSchools).items);
    found.handler = serve(engagementsContract, engagementsService(engine.table, programs), {
      table: engine.table,
      actorOf: async (session) => actorOfToken(session),
    });
  });
  const handler: ApiHandler = async (event, context) => {
    if (found.handler === undefined) throw new Error('The world has not begun.');
    return found.handler(event, context);
  };
  return {
    get table() {
      return engine.table;
    },
    handler,
    as: (of, role, at = start, inProgram = 'demo') =>
      clientFor(engagementsContract, handler, { at, cookies: { [sessionCookie]: tokenOf(of, role, inProgram) } }),
    async settle(days = storyDays) {
      await catchUp(engine.table, [demand], walkJournal(engine.table, daysBetween(...days)));
    },
  };
}

export function content(asked: readonly OrganizationId[], given: Readonly<Record<string, unknown>> = {}): RequestInput {
  return requestInput.parse({
    need: { title: 'Better use of data', words: 'Three middle schools need help with data meetings.' },
    area: 'data-use',
    schools: ['s1', 's2', 's3'],
    grades: ['6', '7', '8'],
    students: 1200,
    wantedStart: '2027-03-01',
    budget: { low: 2_000_000, high: 6_000_000 },
    funding: 'title-one',
    replyBy,
    asked: [...asked],
    ...given,
  });
}

/** A request of Fernhill, drafted and not sent. */
export async function drafted(
  world: Pick<World, 'as'>,
  asked: readonly OrganizationId[],
  given: Readonly<Record<string, unknown>> = {},
) {
  const request = newId('req');
  const lead = world.as(fernhill, 'district:lead');
  await lead.requests.draft({ params: demo, body: { id: request, content: content(asked, given) } });
  return { request, params: { ...demo, request }, lead };
}

/** A request of Fernhill, sent at `start`. */
export async function sent(
  world: Pick<World, 'as'>,
  asked: readonly OrganizationId[],
  given: Readonly<Record<string, unknown>> = {},
) {
  const one = await drafted(world, asked, given);
  await one.lead.requests.send({ params: one.params, body: { version: 1 } });
  return one;
}

export const interest = {
  kind: 'interested',
  price: { low: 3_000_000, high: 4_500_000 },
  start: '2027-03-08',
  words: 'Two coaches, weekly.',
} as const;
