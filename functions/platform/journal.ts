import { createHash } from 'node:crypto';
import { recordedEvent, type RecordedEvent } from '#shared/kernel/events.ts';
import { millisecondsPerDay, type Day, day } from '#shared/kernel/instants.ts';
import { selectAll, type Table } from './table.ts';

/**
 * The journal is every event in the order of time, in an index by day and one of 16 shards. It is
 * what consumers catch up from after an outage, what `rebuild` and `verify` walk, and the audit.
 */
export const journalShards = 16;

/** An aggregate stays in one shard, so that its own events are never spread over two. */
function shardOf(aggregate: string): number {
  return (createHash('sha256').update(aggregate).digest()[0] ?? 0) % journalShards;
}

function partitionOf(date: string, shard: number): string {
  return `JOURNAL#${date}#${String(shard).padStart(2, '0')}`;
}

export function journalKeys(event: RecordedEvent): { readonly jpk: string; readonly jsk: string } {
  return {
    jpk: partitionOf(event.at.slice(0, 10), shardOf(event.aggregate)),
    jsk: `${event.at}#${event.aggregate}#${String(event.sequence).padStart(9, '0')}`,
  };
}

/** The days from `first` to `last`, both included, in UTC. */
export function* daysBetween(first: Day, last: Day): Generator<Day> {
  for (
    let at = Date.parse(`${first}T00:00:00.000Z`);
    at <= Date.parse(`${last}T00:00:00.000Z`);
    at += millisecondsPerDay
  ) {
    yield day.parse(new Date(at).toISOString().slice(0, 10));
  }
}

async function shardOn(table: Table, date: Day, shard: number): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const item of selectAll(table, { index: 'journal', partition: partitionOf(date, shard) })) {
    events.push(recordedEvent.parse(item));
  }
  return events;
}

/** Events in the order of their days, each aggregate's own in order: a walk of the journal, or one that was kept. */
export type Events = AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>;

/**
 * Every event recorded on these days (ascending), day by day and shard by shard. In order within one
 * aggregate and day; there is no order across aggregates. A day's shards are read at once.
 */
export async function* walkJournal(table: Table, days: Iterable<Day>): AsyncGenerator<RecordedEvent> {
  for (const date of days) {
    const shards = await Promise.all(Array.from({ length: journalShards }, (_, shard) => shardOn(table, date, shard)));
    for (const events of shards) yield* events;
  }
}
