import * as z from 'zod';
import { beforeAll, expect, test } from 'vitest';
import { eventType } from '#shared/kernel/events.ts';
import { programId } from '#shared/kernel/ids.ts';
import { day, instant } from '#shared/kernel/instants.ts';
import { catchUp, type Consumer } from '#platform/consumers.ts';
import { History } from '#platform/history.ts';
import { walkJournal } from '#platform/journal.ts';
import { rebuild, verify, viewKey } from '#platform/projections.ts';
import { rowsOf, unitsFor } from '../support/access-patterns.ts';
import { testTable } from '../support/table.ts';

const { expectWithin } = rowsOf('tests/platform/capacity.test.ts');
const engine = testTable();
const [quiet, busy] = [day.parse('2026-03-01'), day.parse('2026-03-02')];
const happened = eventType('tests.happened', z.object({ words: z.string() }));

/** A view of one line for each event. */
const lines: Consumer = {
  name: 'lines',
  hears: [happened.name],
  apply: async ({ aggregate, data }) => {
    const { words } = happened.data.parse(data);
    return [{ kind: 'put', item: { ...viewKey(lines, 'LINES', aggregate), words } }];
  },
};

beforeAll(async () => {
  const history = new History();
  for (let n = 0; n < 64; n += 1) {
    const key = { partition: `THING#${n}`, name: 'thing', program: programId.parse('demo') };
    const words = `Thing ${n} happened.`;
    const at = instant.parse(`${busy}T12:00:00.000Z`);
    history.record(key, { next: { words }, fact: { type: happened.name, data: { words } } }, at, {
      kind: 'system',
      part: 'test',
    });
  }
  await history.writeTo(engine.table);
  await catchUp(engine.table, [lines], history.events);
});

test('the journal and what is made of it cost what docs/access-patterns.md says', async () => {
  const events: unknown[] = [];
  const walk = async (date: typeof quiet) => {
    for await (const event of walkJournal(engine.table, [date])) events.push(event);
  };
  expectWithin('Walk a day of the journal without events', await unitsFor(() => walk(quiet)));
  expect(events).toHaveLength(0);
  expectWithin('Walk a day of the journal with 64 events', await unitsFor(() => walk(busy)));
  expect(events).toHaveLength(64);
  const verified = await unitsFor(async () => {
    const { views, differences } = await verify(engine.table, lines, walkJournal(engine.table, [busy]));
    expect([views, differences]).toEqual([64, []]);
  });
  expectWithin('Verify 64 views of these 64 events', verified);
  const rebuilt = await unitsFor(() => rebuild(engine.table, lines, walkJournal(engine.table, [busy])));
  expectWithin('Rebuild 64 views of these 64 events', rebuilt);
});
