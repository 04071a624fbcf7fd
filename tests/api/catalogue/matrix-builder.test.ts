import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { decodeTexts } from '#shared/catalogue/matrix/decode-texts.ts';
import { decodeSnapshot } from '#shared/catalogue/matrix/snapshot.ts';
import { organizationId, type OrganizationId } from '#shared/kernel/ids.ts';
import { commit } from '#platform/aggregates.ts';
import type { Files } from '#platform/files.ts';
import { History } from '#platform/history.ts';
import { log } from '#platform/log.ts';
import type { Table } from '#platform/table.ts';
import { loadPartner, verifyMatrix } from '../../../functions/catalogue/index.ts';
import {
  askForAll,
  buildRequest,
  MatrixBuilder,
  rebuildMatrix,
  type BuildRequest,
} from '../../../functions/catalogue/matrix-builder.ts';
import { FactsKeeper, type GatheredFacts } from '../../../functions/catalogue/matrix-facts.ts';
import { inList, listingKey, loadManifest, partition } from '../../../functions/catalogue/store.ts';
import { memoryFiles } from '../../architecture/site.ts';
import { aListing } from '../../rules/catalogue/builders.ts';
import { testTable } from '../../support/table.ts';
import { demo, listPartner, partners, programs, start } from '../engagements/world.ts';

const engine = testTable();
const importer = { kind: 'system', part: 'import' } as const;
const now = () => new Date(start);
const terms = programs.get(demo.program);
if (terms === undefined) throw new Error('The program demo is there.');
const program = { ...terms, id: demo.program };

beforeEach(async () => {
  // Each test has a program without a matrix; the listings may stand from the test before.
  const manifest = { pk: `MANIFEST#${program.id}`, sk: 'MANIFEST' };
  await engine.table.write([{ kind: 'remove', key: manifest }]);
  const history = new History();
  for (const partner of partners)
    if ((await loadPartner(engine.table, program.id, partner)) === undefined) listPartner(history, partner);
  await history.writeTo(engine.table);
});

/** Publishes another summary of a partner. */
async function change(partner: OrganizationId, summary: string): Promise<void> {
  const facts = await loadPartner(engine.table, program.id, partner, { consistent: true });
  if (facts === undefined) throw new Error(`${partner} is listed.`);
  const { state } = facts.listing;
  const next = { ...state, content: { ...state.content, summary } };
  const decision = { next, fact: { type: 'catalogue.listing-published', data: { partner } } } as const;
  const key = listingKey(program.id, partner);
  const step = { key, before: facts.listing, decision, list: inList(program.id, partner) };
  const written = await commit(engine.table, [step], start, importer);
  if (!written.ok) throw new Error('Nobody else changes the listing.');
}

/** The same table, with who was read. */
function watched(hook: (partner: string) => Promise<void> = async () => undefined) {
  const read: string[] = [];
  const table: Table = {
    get: (key, options) => engine.table.get(key, options),
    getAll: (keys, options) => engine.table.getAll(keys, options),
    write: (changes) => engine.table.write(changes),
    load: (items) => engine.table.load(items),
    async select(selection) {
      const answer = await engine.table.select(selection);
      const one = partners.find((partner) => selection.partition === partition(program.id, partner));
      if (one !== undefined) {
        read.push(one);
        await hook(one);
      }
      return answer;
    },
  };
  return { table, read };
}

const [birch, cedar, maple] = partners;
if (birch === undefined || cedar === undefined || maple === undefined) throw new Error('There are partners.');

async function summaryOf(files: Files, partner: OrganizationId): Promise<string | undefined> {
  const manifest = await loadManifest(engine.table, program.id, { consistent: true });
  const part = async (hash = ''): Promise<unknown> =>
    JSON.parse(Buffer.from((await files.get(`matrix/${hash}.json`)) ?? []).toString());
  const [core, sites, summaries, text] = await Promise.all(
    [manifest?.parts.core, manifest?.parts.sites, manifest?.parts.summaries, manifest?.parts.text].map(part),
  );
  const columns = decodeSnapshot({ core, sites });
  const { count, ids } = columns.partners;
  const row = Array.from({ length: count }, (_, one) => ids.at(one)).indexOf(partner);
  return decodeTexts({ summaries, text }, columns).summaries[row];
}

async function fault(files: Files): Promise<string | undefined> {
  return (await verifyMatrix(engine.table, files, program)).fault;
}

describe('a build reads', () => {
  test('every partner the first time, and then those that changed', async () => {
    const files = memoryFiles();
    const { table, read } = watched();
    const builder = new MatrixBuilder(table, files, now);
    await builder.build(program);
    expect(read.toSorted()).toEqual(partners.toSorted());
    await change(cedar, 'Another summary of cedar.');
    read.length = 0;
    await builder.build(program, new Set([cedar]));
    expect(read).toEqual([cedar]);
    expect(await summaryOf(files, cedar)).toBe('Another summary of cedar.');
    expect(await fault(files)).toBeUndefined();
  });

  test('the rest from the files of the build before, where another builder made it', async () => {
    const files = memoryFiles();
    await new MatrixBuilder(engine.table, files, now).build(program);
    for (const [partner, summary] of [
      [cedar, 'Read by the second builder.'],
      [birch, 'Read by the third builder.'],
    ] as const) {
      await change(partner, summary);
      const { table, read } = watched();
      await new MatrixBuilder(table, files, now).build(program, new Set([partner]));
      expect(read).toEqual([partner]);
    }
    expect(await summaryOf(files, cedar)).toBe('Read by the second builder.');
    expect(await fault(files)).toBeUndefined();
  });

  test.each([
    ['gone', undefined],
    ['cut off', Buffer.from([1, 2, 3])],
  ])('every partner where a file of the build before is %s', async (_, damage) => {
    const warned = vi.spyOn(log, 'warn').mockImplementation(() => undefined);
    const files = memoryFiles();
    const { facts } = await new MatrixBuilder(engine.table, files, now).build(program);
    const damaged: Files = {
      ...files,
      get: async (name) => (name.includes(facts?.all ?? 'none') ? damage : files.get(name)),
    };
    const { table, read } = watched();
    await new MatrixBuilder(table, damaged, now).build(program, new Set([cedar]));
    expect(read.toSorted()).toEqual(partners.toSorted());
    expect(await fault(files)).toBeUndefined();
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
  });

  test('every partner again where nobody says who changed, some at a time, and builds for those of whom it knew otherwise', async () => {
    const files = memoryFiles();
    const { table, read } = watched();
    const builder = new MatrixBuilder(table, files, now, 2);
    const first = await builder.build(program);
    await change(cedar, 'Nobody heard of this summary.');
    const waiting: BuildRequest[] = [{ program: program.id }];
    const rebuild = rebuildMatrix(builder, programs, {
      send: async (_queue, messages) => void waiting.push(...messages.map((one) => buildRequest.parse(one))),
    });
    const versions: number[] = [];
    const sizes: number[] = [];
    while (waiting.length > 0) {
      read.length = 0;
      await rebuild(waiting.splice(0));
      sizes.push(new Set(read).size);
      versions.push((await loadManifest(engine.table, program.id, { consistent: true }))?.version ?? 0);
    }
    expect(sizes).toEqual(Array.from(sizes, (_, place) => (place < sizes.length - 1 ? 2 : partners.length % 2)));
    // Once for cedar, and once at the end for what no change announces, such as another school year.
    expect(versions.at(-1)).toBe(first.version + 2);
    expect(await summaryOf(files, cedar)).toBe('Nobody heard of this summary.');
    expect(await fault(files)).toBeUndefined();
    const last = await loadManifest(engine.table, program.id, { consistent: true });
    expect(last?.facts).toMatchObject({ allVersion: last?.version });
    expect(last?.facts?.later).toBeUndefined();
  });

  test('a partner that was listed since, also where the list does not show it yet', async () => {
    const files = memoryFiles();
    await new MatrixBuilder(engine.table, files, now).build(program);
    const { table } = watched();
    const blind: Table = {
      ...table,
      select: async (selection) =>
        selection.index === 'list' ? { ...(await table.select(selection)), items: [] } : table.select(selection),
    };
    await new MatrixBuilder(blind, files, now).build(program);
    expect(await fault(files)).toBeUndefined();
  });
});

describe('builders that meet', () => {
  test('publish what both have read', async () => {
    const files = memoryFiles();
    const [one, other] = [new MatrixBuilder(engine.table, files, now), new MatrixBuilder(engine.table, files, now)];
    const { version } = await one.build(program);
    await change(birch, 'Read by one.');
    await change(cedar, 'Read by the other.');
    const built = await Promise.all([one.build(program, new Set([birch])), other.build(program, new Set([cedar]))]);
    expect(built.map((manifest) => manifest.version).toSorted()).toEqual([version + 1, version + 2]);
    expect([await summaryOf(files, birch), await summaryOf(files, cedar)]).toEqual([
      'Read by one.',
      'Read by the other.',
    ]);
    expect(await fault(files)).toBeUndefined();
  });

  test('never publish an older reading of a partner over a newer one, even if it changed there and back', async () => {
    const files = memoryFiles();
    const other = new MatrixBuilder(engine.table, files, now);
    await other.build(program);
    await change(maple, 'Before.');
    await other.build(program, new Set([maple]));
    await change(maple, 'For a moment.');
    let isFirst = true;
    const { table } = watched(async (partner) => {
      if (partner !== maple || !isFirst) return;
      isFirst = false;
      // The whole reading has seen the moment; now it is over, and somebody else says so first.
      await change(maple, 'Before.');
      await other.build(program, new Set([maple]));
    });
    await new MatrixBuilder(table, files, now).build(program);
    expect(await summaryOf(files, maple)).toBe('Before.');
    expect(await fault(files)).toBeUndefined();
  });

  test('in any order of changes, messages and builders, leave what the states give', async () => {
    const partner = fc.constantFrom(...partners);
    const act = fc.oneof(
      { weight: 3, arbitrary: fc.record({ change: partner }) },
      { weight: 2, arbitrary: fc.record({ builders: fc.array(fc.nat(2), { minLength: 1, maxLength: 2 }) }) },
      { weight: 1, arbitrary: fc.record({ whole: fc.nat(2) }) },
      { weight: 1, arbitrary: fc.record({ cold: fc.nat(2) }) },
    );
    let summaries = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async (acts) => {
        const files = memoryFiles();
        const builderOf = () =>
          rebuildMatrix(new MatrixBuilder(engine.table, files, now, 2), programs, {
            send: async (_queue, messages) => void waiting.push(...messages.map((one) => buildRequest.parse(one))),
          });
        const waiting: BuildRequest[] = [];
        const builders = [builderOf(), builderOf(), builderOf()];
        const handle = async (place: number, requests: readonly BuildRequest[]) => {
          if (requests.length > 0) await builders[place]?.(requests);
        };
        await handle(0, [{ program: program.id }]);
        for (const one of acts) {
          if ('change' in one) {
            await change(one.change, `Summary ${(summaries += 1) % 3}.`);
            waiting.push({ program: program.id, partner: one.change });
          } else if ('whole' in one) {
            await handle(one.whole, [{ program: program.id }]);
          } else if ('cold' in one) {
            builders[one.cold] = builderOf();
          } else {
            const shares = one.builders.map((place) => ({ place, requests: waiting.splice(-2) }));
            await Promise.all(shares.map(({ place, requests }) => handle(place, requests)));
          }
        }
        while (waiting.length > 0) await handle(1, waiting.splice(0));
        expect(await fault(files)).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });
});

test('a bell of a listing or an approval asks for its partner, and a request for what it says', () => {
  const bell = { sequence: 3, type: 'catalogue.approval-granted', program: program.id };
  for (const name of ['listing', 'approval#data-use'])
    expect(buildRequest.parse({ ...bell, aggregate: `${partition(program.id, birch)}|${name}` })).toEqual({
      program: program.id,
      partner: birch,
    });
  expect(buildRequest.parse({ program: program.id, partner: cedar })).toEqual({ program: program.id, partner: cedar });
  expect(askForAll(['demo']).map((one) => buildRequest.parse(one))).toEqual([{ program: 'demo' }]);
});

const noParts = { core: '', sites: '', summaries: '', text: '' };

test('readings that came later stand in a file of their own until they are many', async () => {
  const keeper = new FactsKeeper(memoryFiles());
  const gathered = (later: number): GatheredFacts =>
    new Map(
      Array.from({ length: 4_100 }, (_, place) => {
        const id = organizationId.parse(`partner-${place}`);
        const facts = { listing: aListing({ partner: id }), approvals: [] };
        return [id, { since: place < later ? 3 : 1, facts }] as const;
      }),
    );
  const first = await keeper.write(program.id, 1, gathered(0), undefined);
  expect(first).toEqual({ all: expect.any(String), allVersion: 1 });
  const few = await keeper.write(program.id, 3, gathered(512), first);
  expect(few).toEqual({ ...first, later: expect.any(String) });
  const many = await keeper.write(program.id, 3, gathered(513), few);
  expect(many).toEqual({ all: expect.any(String), allVersion: 3 });

  const manifest = { version: 3, parts: noParts, coreBytes: 1, builtAt: start, partners: 4_100, facts: few };
  expect(await keeper.of(program.id, manifest)).toEqual(gathered(512));
  expect(await keeper.of(program.id, { ...manifest, version: 4, facts: many })).toEqual(gathered(513));
});
