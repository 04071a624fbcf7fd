import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { accountsContract } from '#shared/accounts/contract.ts';
import type { Actor } from '#shared/kernel/actors.ts';
import { partnerPage } from '#shared/catalogue/contract.ts';
import type { ListingContent } from '#shared/catalogue/model.ts';
import { engagementCreated } from '#shared/engagements/events.ts';
import { resultConfirmed } from '#shared/impact/events.ts';
import type { EventType } from '#shared/kernel/events.ts';
import { organizationId } from '#shared/kernel/ids.ts';
import { day, instant } from '#shared/kernel/instants.ts';
import { commit, readEvents, type AggregateKey } from '#platform/aggregates.ts';
import { catchUp, deliver, type Consumer } from '#platform/consumers.ts';
import { History } from '#platform/history.ts';
import { newId } from '#platform/ids.ts';
import { walkJournal } from '#platform/journal.ts';
import { ProgramFiles } from '#platform/program-files.ts';
import { readPrograms } from '#platform/programs.ts';
import type { Queues } from '#platform/queue.ts';
import {
  broughtListings,
  buildMatrix,
  changesConsumer,
  claimsConsumer,
  importListings,
  loadPartner,
  recordConsumer,
  workloadConsumer,
} from '../../../functions/catalogue/index.ts';
import { MatrixBuilder, rebuildMatrix } from '../../../functions/catalogue/matrix-builder.ts';
import { manifestAgeMilliseconds } from '../../../functions/catalogue/matrix.ts';
import { listingKey } from '../../../functions/catalogue/store.ts';
import { birch, cedar, fillEstate, owner, programs as invented, somebody } from '../../architecture/estate.ts';
import { memoryFiles, sessionOf, siteOn } from '../../architecture/site.ts';
import { aContent } from '../../rules/catalogue/builders.ts';
import { rowsOf, unitsFor, unitsOf } from '../../support/access-patterns.ts';
import { clientFor, send, testInstant, testOrigin } from '../../support/client.ts';
import { testTable } from '../../support/table.ts';
import { after, demo, fernhill, listPartner, start } from '../engagements/world.ts';

const { expectWithin } = rowsOf('tests/api/catalogue/access-patterns.test.ts');
const engine = testTable();
const files = memoryFiles();
const real = readPrograms().get('ma');
if (real === undefined) throw new Error('The program ma is there.');
const ma = real;
const programs = new Map([...invented, [ma.id, ma] as const]);
const imported = instant.parse('2026-09-01T12:00:00.000Z');
const asked: string[] = [];
const queues: Queues = { send: async (queue) => void asked.push(queue) };
/** Listed, and nobody is in charge of it. */
const newcomer = organizationId.parse('unclaimed');
const own = `programs/demo/partners/${birch}`;
let site: ReturnType<typeof siteOn>;

beforeAll(async () => {
  await fillEstate(engine.table);
  const history = new History();
  listPartner(history, newcomer, { claimed: false });
  importListings(history, ma, broughtListings(new ProgramFiles(), ma), imported);
  await history.writeTo(engine.table);
  await catchUp(engine.table, [changesConsumer()], history.events);
  await buildMatrix(engine.table, files, ma, () => new Date(testInstant));
  site = siteOn(engine.table, files, programs);
});

const nobody: Actor = { kind: 'public' };

async function call(
  actor: Actor,
  method: string,
  path: string,
  body?: unknown,
  context: keyof typeof site = 'catalogue',
) {
  const request = new Request(`${testOrigin}/api/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await send(site[context], request, { at: start, cookies: sessionOf(actor) });
  expect(answer.status, `${method} ${path}: ${await answer.clone().text()}`).toBe(200);
  return answer;
}

async function expectCosts(pattern: string, ...given: Parameters<typeof call>): Promise<void> {
  expectWithin(pattern, unitsOf(await call(...given)));
}

/** Asks the matrix of the real program. */
function askMatrix(words: string): Promise<Response> {
  return call(nobody, 'GET', `programs/ma/partners${words}`, undefined, 'partners');
}

/** A listing as long as one that is filled in: 3.4 kB as it is stored. */
const content = (summary: string): ListingContent =>
  aContent({
    name: 'birch partners',
    summary,
    description: 'Word '.repeat(620).trim(),
    offerings: [],
    findings: [],
    sites: [],
  });

/** Edits the listing and publishes it. */
async function publish(summary: string): Promise<void> {
  const editor = owner('partner:owner');
  const { draftVersion: version } = await (await call(editor, 'GET', `${own}/draft`)).json();
  await call(editor, 'PUT', `${own}/draft`, { content: content(summary), version });
  await call(editor, 'POST', `${own}/draft/publish`, { version: version + 1 });
}

describe('reading the catalogue costs what docs/access-patterns.md says', () => {
  test('for the matrix', async () => {
    expectWithin('The matrix when a function has not looked for half a second', unitsOf(await askMatrix('')));
    for (const words of ['?q=reading&status=any', '.csv', '.json'])
      expectWithin('The matrix, its CSV and its JSON, from the snapshot in memory', unitsOf(await askMatrix(words)));
    await setTimeout(manifestAgeMilliseconds + 10);
    expectWithin('The matrix when a function has not looked for half a second', unitsOf(await askMatrix('')));
    await setTimeout(manifestAgeMilliseconds + 10);
    await expectCosts(
      'Which snapshot of the matrix is current',
      nobody,
      'GET',
      'programs/ma/matrix',
      undefined,
      'partners',
    );
  });

  test('for what needs no table', async () => {
    const pattern = 'The programs, one program, the contract, health';
    for (const path of ['programs', 'programs/ma']) await expectCosts(pattern, nobody, 'GET', path);
    for (const path of ['openapi.json', 'health'])
      await expectCosts(pattern, nobody, 'GET', path, undefined, 'service');
  });

  test('for every partner', async () => {
    const { partners } = await (await askMatrix('.json?status=any')).json();
    expect(partners).toHaveLength(29);
    for (const { id } of partners) await expectCosts('A partner', nobody, 'GET', `programs/ma/partners/${id}`);
  });

  test('for what changed', async () => {
    const list = await (await call(nobody, 'GET', 'programs/ma/changes')).json();
    expect(list.items).toHaveLength(25);
    await expectCosts('What changed on the list', nobody, 'GET', 'programs/ma/changes');
    const of = `${own}/approvals/data-use`;
    const lead = owner('agency:program-lead');
    for (let n = 0; n < 13; n += 1) {
      for (const [version, act] of [
        [2 * n + 1, 'put-on-probation'],
        [2 * n + 2, 'end-probation'],
      ])
        await call(lead, 'POST', of, { version, decision: { act } });
    }
    await catchUp(engine.table, [changesConsumer()], walkJournal(engine.table, [day.parse(start.slice(0, 10))]));
    const log = await (await call(nobody, 'GET', `${own}/changes`)).json();
    expect(log.items).toHaveLength(25);
    await expectCosts('What changed at a partner', nobody, 'GET', `${own}/changes`);
    const [alone, together] = [
      unitsOf(await call(nobody, 'GET', own)),
      unitsOf(await call(nobody, 'GET', `${own}?changes=latest`)),
    ];
    expectWithin('The latest changes at a partner, with the partner in one call', {
      read: together.read - alone.read,
      write: together.write - alone.write,
    });
  });
});

describe('writing to the catalogue costs what docs/access-patterns.md says', () => {
  test('for a listing', async () => {
    const editor = owner('partner:owner');
    await publish('The first.');
    await expectCosts('A listing with its draft', editor, 'GET', `${own}/draft`);
    const { draftVersion: version } = await (await call(editor, 'GET', `${own}/draft`)).json();
    await expectCosts('Save the draft of a listing', editor, 'PUT', `${own}/draft`, {
      content: content('Another.'),
      version,
    });
    await expectCosts('Publish a draft', editor, 'POST', `${own}/draft/publish`, { version: version + 1 });
    const now = await (await call(editor, 'GET', `${own}/draft`)).json();
    await call(editor, 'PUT', `${own}/draft`, { content: content('Never seen.'), version: now.draftVersion });
    await expectCosts('Drop a draft', editor, 'POST', `${own}/draft/discard`, { version: now.draftVersion + 1 });
  });

  test('for an approval', async () => {
    const decision = { act: 'set-condition', text: 'A second coach by spring.', due: '2027-03-01' };
    const of = `${own}/approvals/data-use`;
    await expectCosts('Decide on an approval', owner('agency:program-lead'), 'POST', of, { version: 27, decision });
  });
});

describe('hearing of a fact costs what docs/access-patterns.md says', () => {
  /** The first fact of an aggregate. */
  async function expectHearing(pattern: string, consumer: Consumer, key: AggregateKey): Promise<void> {
    const [fact] = await readEvents(engine.table, key);
    if (fact === undefined) throw new Error(`${key.partition} has no events.`);
    const { aggregate, sequence, type, program } = fact;
    expect(consumer.hears).toContain(type);
    expectWithin(
      pattern,
      await unitsFor(() => deliver(engine.table, consumer, { aggregate, sequence, type, program })),
    );
  }

  async function record(key: AggregateKey, type: EventType, data: unknown): Promise<void> {
    const decision = { next: {}, fact: { type: type.name, data: type.data.parse(data) } };
    const written = await commit(engine.table, [{ key, before: undefined, decision }], start, {
      kind: 'system',
      part: 'import',
    });
    if (!written.ok) throw new Error('Nobody else writes it.');
  }

  test('for a track record and a workload, which stand with the partner', async () => {
    const engagement = newId('eng');
    const confirmed = { partition: `RESULTS#${engagement}`, name: 'results', program: demo.program };
    const by = { person: newId('per'), at: start };
    await record(confirmed, resultConfirmed, {
      engagement,
      program: demo.program,
      partner: birch,
      district: fernhill,
      met: true,
      number: 1,
      goal: { id: 'reading', words: 'Eighty of a hundred pupils read at their grade by June.' },
      confirmedBy: { partner: by, district: by },
    });
    await expectHearing('Add a confirmed result to a track record', recordConsumer(queues), confirmed);
    const created = { partition: `ENGAGEMENT#${engagement}`, name: 'engagement', program: demo.program };
    await record(created, engagementCreated, {
      request: newId('req'),
      district: fernhill,
      partner: birch,
      area: 'data-use',
      engagement,
      start: '2027-01-12',
    });
    await expectHearing('Add an engagement to a workload', workloadConsumer(queues), created);
    const page = partnerPage.parse(await (await call(nobody, 'GET', own)).json());
    expect([page.record.agreed, page.workload]).toEqual([1, 1]);
  });

  test('for the logs of changes', async () => {
    await expectHearing('Write a change into the public logs', changesConsumer(), listingKey(demo.program, cedar));
  });

  test('for the listing of a partner that got its first owner', async () => {
    const accounts = (actor: Actor) =>
      clientFor(accountsContract, site.accounts, { at: start, cookies: sessionOf(actor) });
    const made = await accounts(owner('agency:program-lead')).invitations.make({
      params: { organization: newcomer },
      body: { id: newId('inv'), roles: ['partner:owner'] },
    });
    const guest = somebody('guest');
    await accounts(guest).invitations.use({ body: { token: made.token ?? '' } });
    const joined = { partition: `ORG#${newcomer}`, name: `member#${guest.person}`, program: demo.program };
    await expectHearing(
      'Claim a listing, of one in three programs',
      claimsConsumer(engine.table, programs, () => start),
      joined,
    );
    expect((await loadPartner(engine.table, demo.program, newcomer))?.listing.state.claimed).toBe(true);
  });

  test('for a matrix', async () => {
    expect(asked).toContain('matrix');
    const now = () => new Date(after(1));
    expectWithin('Build a matrix of 29 partners', await unitsFor(() => buildMatrix(engine.table, files, ma, now)));
    const builder = new MatrixBuilder(engine.table, files, now);
    await builder.build(ma);
    const [one, two] = broughtListings(new ProgramFiles(), ma);
    const changed = [one, two].flatMap((given) =>
      given === undefined ? [] : [{ program: ma.id, partner: given.partner }],
    );
    expectWithin(
      'Build a matrix in which two partners changed',
      await unitsFor(() => rebuildMatrix(builder, programs, queues)(changed)),
    );
    expectWithin(
      'Read 29 partners of a matrix again',
      await unitsFor(() => rebuildMatrix(builder, programs, queues)([{ program: ma.id }])),
    );
  });
});
