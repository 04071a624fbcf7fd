import { cpSync, mkdtempSync, rmSync, writeFileSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filter } from '#shared/catalogue/matrix/filter.ts';
import { fastestMeans } from '#shared/catalogue/matrix/means.ts';
import { readQuery } from '#shared/catalogue/matrix/query-words.ts';
import { matrixTerms } from '#shared/catalogue/matrix/terms.ts';
import { resultConfirmed } from '#shared/impact/events.ts';
import { results } from '#shared/impact/model.ts';
import { organizationId, programId } from '#shared/kernel/ids.ts';
import { day } from '#shared/kernel/instants.ts';
import { chainFault, readEvents, readState } from '#platform/aggregates.ts';
import type { RecordedEvent } from '#shared/kernel/events.ts';
import { aggregateOf, stateKey } from '#platform/aggregates.ts';
import { deliver } from '#platform/consumers.ts';
import { daysBetween, walkJournal } from '#platform/journal.ts';
import { readPrograms } from '#platform/programs.ts';
import { verify } from '#platform/projections.ts';
import type { Program } from '#shared/programs/program.ts';
import { MatrixReader } from '../../functions/catalogue/matrix.ts';
import { findOrganization, headsOf } from '../../functions/accounts/index.ts';
import {
  changesConsumer,
  everyPartner,
  loadPartner,
  recordConsumer,
  workloadConsumer,
} from '../../functions/catalogue/index.ts';
import { demandConsumer } from '../../functions/engagements/index.ts';
import { inventState } from '../../functions/seed/demo/state.ts';
import { seedStore, type SeedOptions } from '../../functions/seed/seed.ts';
import { unstreamedTable } from './unstreamed-table.ts';
import { issuer, keptFiles, noQueues, now, theProgram } from './seeding.ts';

const store = unstreamedTable();
const files = keptFiles();
const consumers = [recordConsumer(noQueues), changesConsumer(), workloadConsumer(noQueues)];
const folder = mkdtempSync(join(tmpdir(), 'programs-'));
const seeded: { events: readonly RecordedEvent[]; programs: ReadonlyMap<string, Program> } = {
  events: [],
  programs: new Map(),
};

const roster = `org_code,name,org_type,state,grades,enrollment_2025_26
0100,Wexmire,Public School District,XX,"K,1,2,3",410
`;

/** A program that nothing in the code knows: a copy of the invented one with a roster and two listings. */
function writeThirdProgram(): void {
  for (const id of ['ma', 'demo'])
    cpSync(new URL(`../../shared/programs/${id}`, import.meta.url).pathname, join(folder, id), { recursive: true });
  const third: Record<string, unknown> = JSON.parse(readFileSync(join(folder, 'demo', 'program.json'), 'utf8'));
  mkdirSync(join(folder, 'third'));
  const agency = { id: 'third-agency', name: 'Third Agency', shortName: 'TA' };
  writeFileSync(
    join(folder, 'third', 'program.json'),
    JSON.stringify({ ...third, id: 'third', name: 'Third Partners', agency }),
  );
  writeFileSync(join(folder, 'third', 'districts.csv'), roster);
  const listings = ['one', 'two'].map((word) => ({
    partner: `imported-${word}`,
    content: { name: `Imported ${word}`, summary: 'Works with schools.', offerings: [], findings: [], sites: [] },
    approvals:
      word === 'one' ? [{ area: 'learning-time', asPublished: { year: '2024', source: { title: 'A list' } } }] : [],
  }));
  writeFileSync(join(folder, 'third', 'listings.json'), JSON.stringify(listings));
}

function options(): SeedOptions {
  return { programs: seeded.programs, folder, now, issuer, consumers: [...consumers, demandConsumer(seeded.programs)] };
}

beforeAll(async () => {
  writeThirdProgram();
  seeded.programs = readPrograms(folder);
  await seedStore(store.table, files, options());
  seeded.events = [...inventState(theProgram('demo'), now).blocks].flatMap((block) => [...block.history.events]);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function matrixOf(id: string) {
  const program = seeded.programs.get(id);
  if (program === undefined) throw new Error(`There is no program ${id}.`);
  const terms = matrixTerms(program);
  const matrices = new MatrixReader(store.table, files);
  const matrix = await matrices.current(program);
  if (matrix === undefined) throw new Error(`There is no matrix of ${id}.`);
  const { columns } = matrix;
  const means = fastestMeans(columns, await matrices.texts(matrix));
  return (words: string) =>
    filter(columns, readQuery(new URLSearchParams(words), terms).query, { at: now, terms }, means);
}

describe('a seeded store', () => {
  test('has chains in the table that verify up to the head that the state keeps', async () => {
    const names = [...new Set(seeded.events.map((event) => event.aggregate))].filter((_, place) => place % 37 === 0);
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) {
      const key = aggregateOf(name);
      const state = await store.table.get(stateKey(key));
      expect(chainFault(await readEvents(store.table, key), String(state?.['head']))).toBeUndefined();
    }
  });

  test('shows for every partner the record that its confirmed results add up to', async () => {
    const counted = new Map<string, { agreed: number; met: number; engagements: number }>();
    const engagements = new Set(
      seeded.events.flatMap((event) => (event.type === resultConfirmed.name ? [event.aggregate] : [])),
    );
    for (const name of engagements) {
      const found = readState(await store.table.get(stateKey(aggregateOf(name))), results);
      if (found === undefined) throw new Error(`${name} has no state.`);
      const { partner, confirmed } = found.state;
      const before = counted.get(partner) ?? { agreed: 0, met: 0, engagements: 0 };
      counted.set(partner, {
        agreed: before.agreed + confirmed.length,
        met: before.met + confirmed.filter((one) => one.met).length,
        engagements: before.engagements + 1,
      });
    }
    let partners = 0;
    for await (const { listing, record } of everyPartner(store.table, programId.parse('demo'))) {
      partners += 1;
      const { latest: _latest, ...sums } = record ?? { agreed: 0, met: 0, engagements: 0 };
      expect(sums).toEqual(counted.get(listing.state.partner) ?? { agreed: 0, met: 0, engagements: 0 });
    }
    expect(partners).toBe(60);
  });

  test('has views that a later event goes on from, without counting the past again', async () => {
    const [consumer] = consumers;
    const event = seeded.events.findLast((one) => one.type === resultConfirmed.name);
    if (consumer === undefined || event === undefined) throw new Error('There is no result.');
    const { program, partner } = resultConfirmed.data.parse(event.data);
    const before = await loadPartner(store.table, program, partner);
    const { aggregate, sequence, type } = event;
    await deliver(store.table, { ...consumer, settled: async () => undefined }, { aggregate, sequence, type, program });
    expect((await loadPartner(store.table, program, partner))?.record).toEqual(before?.record);
  });

  test('has each fact of its last weeks in the journal, and views that the journal gives too', async () => {
    const [first, last] = [day.parse('2026-11-15'), day.parse('2026-11-22')];
    const walked: string[] = [];
    for await (const event of walkJournal(store.table, daysBetween(first, last))) walked.push(event.hash);
    const recent = seeded.events.filter((event) => event.at.slice(0, 10) >= first).map((event) => event.hash);
    expect(recent.length).toBeGreaterThan(20);
    expect(walked).toEqual(expect.arrayContaining(recent));
    const [, changes] = consumers;
    if (changes === undefined) throw new Error('Nobody keeps the change log.');
    const { differences } = await verify(store.table, changes, walkJournal(store.table, daysBetween(first, last)));
    expect(differences.filter((one) => one.fault !== 'unexpected')).toEqual([]);
  });

  test.each([
    'area=school-leadership',
    'grade=7',
    'tier=3',
    'record=30',
    'max=60000&unpriced=no',
    'capacity=now',
    'population=english-learners',
    'area=strong-teaching&max=80000',
  ])('finds at least ten partners for %s', async (words) => {
    expect((await matrixOf('demo'))(words).total).toBeGreaterThanOrEqual(10);
  });

  test('lists what a real program brings: some as published, nobody claimed', async () => {
    const find = await matrixOf('ma');
    expect(find('status=any').total).toBeGreaterThan(25);
    expect(find('').total).toBeGreaterThan(2);
    for await (const { listing } of everyPartner(store.table, programId.parse('ma'))) {
      expect(listing.state.claimed).toBe(false);
      expect(await headsOf(store.table, listing.state.partner)).toEqual([]);
    }
    expect(await findOrganization(store.table, organizationId.parse('springfield-02810000'))).toMatchObject({
      name: 'Springfield',
    });
    expect(await headsOf(store.table, organizationId.parse('springfield-02810000'))).toHaveLength(1);
  });

  test('lists a third program that only brought a folder', async () => {
    const find = await matrixOf('third');
    expect(find('status=any').total).toBe(2);
    expect(find('area=learning-time').total).toBe(1);
    const found = await loadPartner(store.table, programId.parse('third'), organizationId.parse('imported-one'));
    expect(found?.listing.state.content.name).toBe('Imported one');
    expect(await findOrganization(store.table, organizationId.parse('wexmire-0100'))).toMatchObject({
      kind: 'district',
      program: 'third',
    });
    expect(await headsOf(store.table, organizationId.parse('third-agency'))).toEqual([]);
  });
});
