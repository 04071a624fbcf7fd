import { beforeAll, describe, expect, test } from 'vitest';
import { accountsContract } from '#shared/accounts/contract.ts';
import { day, instant } from '#shared/kernel/instants.ts';
import { organizationId, personId, programId } from '#shared/kernel/ids.ts';
import { eventKey, readEvents, stateKey } from '#platform/aggregates.ts';
import { keepDailyHeads, readDailyHeads } from '#platform/daily-heads.ts';
import { hashOf } from '#platform/hash.ts';
import type { Queues } from '#platform/queue.ts';
import { readPrograms } from '#platform/programs.ts';
import { headsOf } from '../../functions/accounts/index.ts';
import { loadPartner } from '../../functions/catalogue/index.ts';
import { importProgram } from '../../functions/operations/import-program.ts';
import type { Store } from '../../functions/operations/store.ts';
import { verifyStore } from '../../functions/operations/verify.ts';
import { memoryFiles, sessionOf, siteOn } from '../architecture/site.ts';
import { clientFor } from '../support/client.ts';
import { testTable } from '../support/table.ts';

const engine = testTable();
const noQueues: Queues = { send: async () => undefined };
const at = instant.parse('2026-11-02T15:00:00.000Z');
const later = instant.parse('2026-11-03T15:00:00.000Z');
const real = readPrograms().get('ma');
if (real === undefined) throw new Error('The program ma is there.');
const programs = new Map([[real.id, real]]);

const audit = memoryFiles();
const found: { store?: Store } = {};
function store(): Store {
  if (found.store === undefined) throw new Error('The table has not started.');
  return found.store;
}
beforeAll(() => {
  found.store = { table: engine.table, files: memoryFiles(), audit: () => audit, queues: noQueues, programs };
});

describe('an operator', () => {
  test('cannot verify a store that nobody filled', async () => {
    await expect(verifyStore(store(), at)).rejects.toThrow('neither seeded nor imported');
  });

  test('imports a program, and its first lead joins by the link that came of it', { timeout: 120_000 }, async () => {
    const report = await importProgram(store(), real, at);
    expect(report).toMatchObject({ standing: 0 });
    expect(report.written).toBeGreaterThan(395 + 29 + 29);
    const listed = await loadPartner(engine.table, programId.parse('ma'), organizationId.parse('achievement-network'));
    expect(listed?.listing.state.content.name).toBe('Achievement Network (ANet)');

    const { accounts } = siteOn(engine.table, store().files);
    const newcomer = { kind: 'person', person: personId.parse('per_0123456789abcdef') } as const;
    const client = clientFor(accountsContract, accounts, { at, cookies: sessionOf(newcomer) });
    const joined = await client.invitations.use({ body: { token: report.firstLead?.token ?? '' } });
    expect(joined).toMatchObject({ organization: real.agency.id, roles: ['agency:program-lead'] });
    expect(await headsOf(engine.table, real.agency.id)).toEqual([newcomer.person]);
  });

  test('imports it again, and what stands there stays', { timeout: 120_000 }, async () => {
    const again = await importProgram(store(), real, later);
    expect(again).toMatchObject({ written: 0 });
    expect(again.firstLead).toBeUndefined();
  });

  test('keeps the heads of a day once, and finds a chain that was written anew', { timeout: 120_000 }, async () => {
    const { table } = store();
    expect(await keepDailyHeads(table, audit, later)).toContain('2026-11-02');
    expect(await keepDailyHeads(table, audit, later)).toEqual([]);
    expect((await readDailyHeads(audit, day.parse('2026-11-02')))?.length).toBeGreaterThan(450);
    expect(await readDailyHeads(audit, day.parse('2026-11-01'))).toEqual([]);
    expect(await readDailyHeads(audit, day.parse('2026-11-03'))).toBeUndefined();

    // Whoever has all rights on the table can make a chain that verifies by itself; the kept head tells.
    const key = { partition: 'ORG#achievement-network', name: 'organization', program: real.id };
    const [event] = await readEvents(table, key);
    if (event === undefined) throw new Error('The organization was imported.');
    const { hash: _, ...told } = event;
    const forged = { ...told, data: { ...Object(told.data), name: 'Another name' } };
    const hash = hashOf(forged);
    const [before, state] = [await table.get(eventKey(key, 1)), await table.get(stateKey(key))];
    if (before === undefined || state === undefined) throw new Error('The organization was imported.');
    await table.write([
      { kind: 'put', item: { ...before, ...forged, hash } },
      { kind: 'put', item: { ...state, head: hash } },
    ]);
    const report = await verifyStore(store(), later);
    expect(report.find((one) => one.what === 'chains of events')?.faults).toEqual([]);
    expect(report.find((one) => one.what === 'heads of each day')?.faults).toEqual([
      expect.stringContaining('ORG#achievement-network|organization: event 1 of 2026-11-02 is another one'),
    ]);
    await table.load([before, state]);

    // And whoever cuts the only event of a day, with the state that came of it.
    await table.write([
      { kind: 'remove', key: eventKey(key, 1) },
      { kind: 'remove', key: stateKey(key) },
    ]);
    const cut = await verifyStore(store(), later);
    expect(cut.find((one) => one.what === 'heads of each day')?.faults).toEqual([
      expect.stringContaining('event 1 of 2026-11-02 is gone'),
    ]);
    await table.load([before, state]);
  });

  test('finds every view equal to what the journal gives', { timeout: 120_000 }, async () => {
    const report = await verifyStore(store(), later);
    expect(report.map(({ what, faults }) => [what, faults])).toEqual(report.map(({ what }) => [what, []]));
    const compared = new Map(report.map((one) => [one.what, one.compared]));
    expect(compared.get('chains of events')).toBeGreaterThan(450);
    expect(compared.get('views of changes')).toBeGreaterThan(50);
    expect(compared.get('matrix of ma')).toBe(29);
  });
});
