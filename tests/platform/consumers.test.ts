import fc from 'fast-check';
import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { aggregateName, commit, load, type AggregateKey } from '#platform/aggregates.ts';
import { catchUp, deliver, type Consumer, type Doorbell } from '#platform/consumers.ts';
import { rebuild, verify, viewKey } from '#platform/projections.ts';
import { daysBetween, walkJournal } from '#platform/journal.ts';
import type { Item } from '#platform/table.ts';
import { eventType } from '#shared/kernel/events.ts';
import { programId } from '#shared/kernel/ids.ts';
import { day, instant, plusMilliseconds } from '#shared/kernel/instants.ts';
import { testTable } from '../support/table.ts';

const engine = testTable();
const added = eventType('tests.added', z.object({ amount: z.int() }));
const ignored = eventType('tests.ignored', z.object({}));
const state = z.object({ words: z.array(z.string()) });
const start = instant.parse('2026-03-01T23:59:58.000Z');
const days = [day.parse('2026-03-01'), day.parse('2026-03-02')] as const;

/** A consumer that notes the order in which each aggregate's events reached it, and sums them all. */
function summing(name: string): Consumer {
  const self: Consumer = {
    name,
    hears: [added.name],
    apply: async (event) => {
      const { amount } = added.data.parse(event.data);
      const list = viewKey(self, `VIEWS#${name}`, `${event.aggregate}#${String(event.sequence).padStart(4, '0')}`);
      return [
        { kind: 'put', item: { ...list, amount } },
        { kind: 'add', key: viewKey(self, `VIEWS#${name}`), amounts: { total: amount, events: 1 } },
      ];
    },
  };
  return self;
}

let made = 0;

/** Writes aggregates of `lengths` events; every third event is of a type that nobody hears. */
async function journalOf(lengths: readonly number[]): Promise<{ bells: Doorbell[]; total: number; heard: number }> {
  const bells: Doorbell[] = [];
  let [total, heard] = [0, 0];
  for (const length of lengths) {
    made += 1;
    const key: AggregateKey = { partition: `THING#${made}`, name: 'thing', program: programId.parse('demo') };
    for (let turn = 1; turn <= length; turn += 1) {
      const before = await load(engine.table, key, state);
      const hears = turn % 3 !== 0;
      const fact = hears ? { type: added.name, data: { amount: made * turn } } : { type: ignored.name, data: {} };
      const decision = { next: { words: [String(turn)] }, fact };
      const written = await commit(engine.table, [{ key, before, decision }], plusMilliseconds(start, turn * 1000), {
        kind: 'system',
        part: 'test',
      });
      expect(written.ok).toBe(true);
      if (!hears) continue;
      total += made * turn;
      heard += 1;
      bells.push({ aggregate: aggregateName(key), sequence: turn, type: fact.type, program: key.program });
    }
  }
  return { bells, total, heard };
}

async function sums(consumer: Consumer): Promise<Item | undefined> {
  return engine.table.get(viewKey(consumer, `VIEWS#${consumer.name}`), { consistent: true });
}

describe('a consumer', () => {
  test('takes each event once, in order, whatever the stream shuffles, repeats or drops', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
        fc.infiniteStream(fc.boolean()),
        async (lengths, order, drops) => {
          run += 1;
          const consumer = summing(`shuffle-${run}`);
          const { bells, total, heard } = await journalOf(lengths);
          const last = new Map(bells.map((bell) => [bell.aggregate, bell]));
          const dropped = bells.filter((bell) => last.get(bell.aggregate) === bell || drops.next().value !== true);
          const twice = [...dropped, ...dropped]
            .map((bell) => ({ bell, rank: order.next().value ?? 0 }))
            .sort((a, b) => a.rank - b.rank);
          for (const { bell } of twice) await deliver(engine.table, consumer, bell);
          expect(await sums(consumer)).toMatchObject({ total, events: heard });
        },
      ),
      { numRuns: 25 },
    );
  });

  test('eight deliveries of one aggregate at once still count each event once', async () => {
    const consumer = summing('crowd');
    const { bells, total } = await journalOf([6]);
    await Promise.all([...bells, ...bells].map((bell) => deliver(engine.table, consumer, bell)));
    expect(await sums(consumer)).toMatchObject({ total });
  });

  test('a bell for an event that is not in the table fails, so that the queue keeps it', async () => {
    const { bells } = await journalOf([1]);
    const [bell] = bells;
    if (bell === undefined) throw new Error('one event was written');
    await expect(deliver(engine.table, summing('early'), { ...bell, sequence: 9 })).rejects.toThrow(/not in the table/);
  });

  test('catching up from the journal a day later finds what no bell told of', async () => {
    const consumer = summing('late');
    const { bells } = await journalOf([3, 2]);
    const { events } = await catchUp(engine.table, [consumer], walkJournal(engine.table, daysBetween(...days)));
    expect(events).toBeGreaterThanOrEqual(5);
    const view = await sums(consumer);
    await catchUp(engine.table, [consumer], walkJournal(engine.table, daysBetween(...days)));
    expect(await sums(consumer)).toEqual(view);
    expect(bells.length).toBeGreaterThan(0);
  });
});

describe('a projection', () => {
  test('rebuilt from the journal equals the live one, and a changed or foreign view is found', async () => {
    const consumer = summing('verify');
    await journalOf([4, 1, 5]);
    await catchUp(engine.table, [consumer], walkJournal(engine.table, daysBetween(...days)));
    expect(await verify(engine.table, consumer, walkJournal(engine.table, daysBetween(...days)))).toMatchObject({
      differences: [],
    });

    const total = viewKey(consumer, 'VIEWS#verify');
    await engine.table.write([
      { kind: 'add', key: total, amounts: { total: 1 } },
      { kind: 'put', item: { ...viewKey(consumer, 'VIEWS#verify', 'foreign') } },
    ]);
    const { differences } = await verify(engine.table, consumer, walkJournal(engine.table, daysBetween(...days)));
    expect(differences.map((one) => one.fault).sort()).toEqual(['different', 'unexpected']);

    await rebuild(engine.table, consumer, walkJournal(engine.table, daysBetween(...days)));
    expect(await verify(engine.table, consumer, walkJournal(engine.table, daysBetween(...days)))).toMatchObject({
      differences: [],
    });
    await catchUp(engine.table, [consumer], walkJournal(engine.table, daysBetween(...days)));
    expect(await verify(engine.table, consumer, walkJournal(engine.table, daysBetween(...days)))).toMatchObject({
      differences: [],
    });
  });
});
