import type { RecordedEvent } from '#shared/kernel/events.ts';
import { dayIn, millisecondsPerDay, plusMilliseconds, zone, type Day, type Instant } from '#shared/kernel/instants.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Files } from '#platform/files.ts';
import { daysBetween, walkJournal } from '#platform/journal.ts';
import type { Queues } from '#platform/queue.ts';
import type { Table } from '#platform/table.ts';
import { loadMarker } from './store-marker.ts';

/** What an operator works on: a deployment's table with what belongs to it. */
export interface Store {
  readonly table: Table;
  readonly files: Files;
  /** The heads of each day; asked for only where they are needed. */
  readonly audit: () => Files;
  readonly queues: Queues;
  readonly programs: ReadonlyMap<string, Program>;
}

const utc = zone.parse('UTC');

/** The days of the past and since the store was begun, ascending; the last is tomorrow. */
async function daysOf(table: Table, at: Instant): Promise<readonly Day[]> {
  const marker = await loadMarker(table);
  if (marker === undefined) throw new Error('This store was neither seeded nor imported, so it has no first day.');
  const tomorrow = dayIn(plusMilliseconds(at, millisecondsPerDay), utc);
  return [...new Set([...marker.days, ...daysBetween(dayIn(marker.begunAt, utc), tomorrow)])].sort();
}

/** Those of them that are over. */
export async function daysOver(table: Table, at: Instant): Promise<readonly Day[]> {
  const today = dayIn(at, utc);
  return (await daysOf(table, at)).filter((date) => date < today);
}

/**
 * Every event of the store, on the days of its past and on each day since it was begun up to tomorrow.
 * Throws where nobody knows when the store began: an empty walk would find everything in order.
 * @param from leaves out the days before.
 */
export async function* storedEvents(table: Table, at: Instant, from?: Day): AsyncGenerator<RecordedEvent> {
  const days = await daysOf(table, at);
  yield* walkJournal(
    table,
    days.filter((day) => from === undefined || day >= from),
  );
}
