import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { changesOf, chainFault, commit, load, readEvents, stateKey, type AggregateKey } from '#platform/aggregates.ts';
import { eventType, type Decision } from '#shared/kernel/events.ts';
import { fieldChanges } from '#shared/kernel/field-changes.ts';
import { programId } from '#shared/kernel/ids.ts';
import { daysBetween, walkJournal } from '#platform/journal.ts';
import { day, instant } from '#shared/kernel/instants.ts';
import { testTable } from '../support/table.ts';

const engine = testTable();

const counted = eventType('tests.counted', z.object({ to: z.int() }));
const state = z.object({ count: z.int(), words: z.string().default('') });
const at = instant.parse('2026-03-01T12:00:00.000Z');
const by = { kind: 'system', part: 'test' } as const;

function keyOf(partition: string): AggregateKey {
  return { partition, name: 'counter', program: programId.parse('demo') };
}

function countTo(to: number, words = ''): Decision<z.infer<typeof state>, typeof counted> {
  return { next: { count: to, words }, fact: { type: counted.name, data: { to } } };
}

async function add(key: AggregateKey): Promise<boolean> {
  const before = await load(engine.table, key, state);
  const answer = await commit(
    engine.table,
    [{ key, before, decision: countTo((before?.state.count ?? 0) + 1) }],
    at,
    by,
  );
  return answer.ok;
}

describe('an aggregate', () => {
  test('is its state and a chain of events', async () => {
    const key = keyOf('COUNTER#chain');
    for (let turn = 0; turn < 3; turn += 1) expect(await add(key)).toBe(true);
    const loaded = await load(engine.table, key, state);
    const events = await readEvents(engine.table, key);
    expect(loaded).toMatchObject({ state: { count: 3 }, version: 3, head: events.at(-1)?.hash });
    expect(events.map((event) => event.changes)).toEqual([
      [
        { path: 'count', after: 1 },
        { path: 'words', after: '' },
      ],
      [{ path: 'count', before: 1, after: 2 }],
      [{ path: 'count', before: 2, after: 3 }],
    ]);
    expect(chainFault(events, loaded?.head)).toBeUndefined();
  });

  test('twenty writers at once: each is told whether it won, and every win is kept', async () => {
    const key = keyOf('COUNTER#race');
    const wins = (await Promise.all(Array.from({ length: 20 }, () => add(key)))).filter((won) => won).length;
    const loaded = await load(engine.table, key, state);
    expect(wins).toBeGreaterThan(0);
    expect(loaded?.state.count).toBe(wins);
    expect(await readEvents(engine.table, key)).toHaveLength(wins);
  });

  test('a call that arrived before another and is recorded after it does not go back in time', async () => {
    const key = keyOf('COUNTER#order');
    const arrivals = ['2026-03-02T00:00:00.005Z', '2026-03-01T23:59:59.998Z', '2026-03-02T00:00:00.007Z'];
    for (const [turn, arrived] of arrivals.entries()) {
      const before = await load(engine.table, key, state);
      const step = { key, before, decision: countTo(turn + 1) };
      expect(await commit(engine.table, [step], instant.parse(arrived), by)).toMatchObject({ ok: true });
    }
    const walked: unknown[] = [];
    const days = daysBetween(day.parse('2026-03-01'), day.parse('2026-03-02'));
    for await (const event of walkJournal(engine.table, days))
      if (event.aggregate.startsWith('COUNTER#order')) walked.push([event.sequence, event.at]);
    expect(walked).toEqual([
      [1, '2026-03-02T00:00:00.005Z'],
      [2, '2026-03-02T00:00:00.005Z'],
      [3, '2026-03-02T00:00:00.007Z'],
    ]);
  });

  test('a guard beside it that fails stops all of it, and is named', async () => {
    const key = keyOf('COUNTER#guarded');
    const failed: number[] = [];
    const answer = await commit(
      engine.table,
      [{ key, before: undefined, decision: countTo(1) }],
      at,
      by,
      [
        { kind: 'put', item: { pk: 'COUNTER#guarded', sk: 'SIDE' } },
        { kind: 'check', key: { pk: 'COUNTER#guarded', sk: 'NONE' }, guard: 'present' },
      ],
      (positions) => failed.push(...positions),
    );
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'changed-meanwhile' } });
    expect(failed).toEqual([1]);
    expect((await engine.table.select({ partition: 'COUNTER#guarded' })).items).toEqual([]);
  });

  test.each([
    ['100 kB of letters', 'x'.repeat(100_001)],
    ['100 kB of signs that take three bytes each', '問'.repeat(34_000)],
  ])('a state past %s is refused with a sentence', async (_, words) => {
    const key = keyOf('COUNTER#large');
    const answer = await commit(engine.table, [{ key, before: undefined, decision: countTo(1, words) }], at, by);
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'too-large' } });
    expect(await engine.table.get(stateKey(key))).toBeUndefined();
  });

  test('a changed byte, a missing event and a cut end are found', async () => {
    const key = keyOf('COUNTER#tamper');
    for (let turn = 0; turn < 4; turn += 1) await add(key);
    const head = (await load(engine.table, key, state))?.head;
    const events = await readEvents(engine.table, key);
    const altered = events.map((event) => (event.sequence === 2 ? { ...event, data: { to: 7 } } : event));
    expect(chainFault(altered, head)).toEqual({ sequence: 2, fault: 'altered' });
    expect(
      chainFault(
        events.filter((event) => event.sequence !== 3),
        head,
      ),
    ).toEqual({ sequence: 3, fault: 'missing' });
    expect(chainFault(events.slice(0, 3), head)).toEqual({ sequence: 3, fault: 'missing' });
    const [first, second] = events;
    if (first === undefined || second === undefined) throw new Error('four events were written');
    const forged = changesOf(
      { key, before: { state: { count: 0 }, version: 1, head: 'other' }, decision: countTo(2) },
      at,
      by,
    ).event;
    expect(chainFault([first, forged])).toEqual({ sequence: 2, fault: 'detached' });
  });
});

describe('the changed fields of two states', () => {
  test('name things with an id by their id, and say what was before and after', () => {
    const before = {
      name: 'A',
      list: [
        { id: 'x', price: 1 },
        { id: 'y', price: 2 },
      ],
      gone: true,
    };
    const after = { name: 'A', list: [{ id: 'y', price: 3 }, { id: 'x', price: 1 }, { id: 'z' }], tags: ['new'] };
    expect(fieldChanges(before, after)).toEqual([
      { path: 'gone', before: true },
      { path: 'list.y.price', before: 2, after: 3 },
      { path: 'list.z', after: { id: 'z' } },
      { path: 'tags', after: ['new'] },
    ]);
  });
});
