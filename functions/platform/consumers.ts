import * as z from 'zod';
import type { RecordedEvent } from '#shared/kernel/events.ts';
import { programId } from '#shared/kernel/ids.ts';
import { aggregateOf, readEvents } from './aggregates.ts';
import type { Events } from './journal.ts';
import type { Change, Guard, Key, Table } from './table.ts';

/** Says that an aggregate has an event of this sequence. It carries no data: the table does. */
export const doorbell = z.object({
  aggregate: z.string(),
  sequence: z.int().min(1),
  type: z.string(),
  program: programId,
});
export type Doorbell = z.infer<typeof doorbell>;

/** What an event may cause: plain puts, sums and removals, so that a rebuild can fold them in memory. */
export type Effect = Exclude<Change, { kind: 'check' }> & { readonly guard?: never; readonly below?: never };

/**
 * Somebody who hears facts. `apply` answers the changes that one event causes; they are written in
 * one transaction with the consumer's position, so each event takes effect exactly once, in order
 * within its aggregate, whatever the stream repeats, drops or shuffles.
 */
export interface Consumer {
  readonly name: string;
  /** The names of the event types it hears; the relay rings for no others. */
  readonly hears: readonly string[];
  apply(event: RecordedEvent, table: Table): Promise<readonly Effect[]>;
  /** Called after each delivery, again on a repeated one: it must be safe to repeat. */
  settled?(bell: Doorbell, table: Table): Promise<void>;
}

export function positionKey(consumer: Pick<Consumer, 'name'>, aggregate: string): Key {
  return { pk: `POSITION#${consumer.name}#${aggregate}`, sk: 'POSITION' };
}

const position = z.object({ sequence: z.int() });

/** Two deliveries of one aggregate may meet; each round sees how far the other came. */
const rounds = 10;

/**
 * Brings a consumer up to the aggregate's event `bell.sequence`. Events it does not hear only move
 * its position, together with the next one that it does.
 */
export async function deliver(table: Table, consumer: Consumer, bell: Doorbell): Promise<void> {
  const key = positionKey(consumer, bell.aggregate);
  for (let round = 0; round < rounds; round += 1) {
    const stored = await table.get(key, { consistent: true });
    const reached = stored === undefined ? 0 : position.parse(stored).sequence;
    const events =
      reached >= bell.sequence ? [] : await readEvents(table, aggregateOf(bell.aggregate), reached + 1, bell.sequence);
    if (reached < bell.sequence && events.at(-1)?.sequence !== bell.sequence) {
      throw new Error(`Event ${bell.sequence} of ${bell.aggregate} was announced but is not in the table.`);
    }
    const heard = events.filter((event) => consumer.hears.includes(event.type));
    if (await applyInOrder(table, consumer, key, stored === undefined ? undefined : reached, heard)) {
      await consumer.settled?.(bell, table);
      return;
    }
  }
  throw new Error(`${consumer.name} could not take its place on ${bell.aggregate}: other deliveries kept moving it.`);
}

/** False when another delivery moved the position meanwhile; what was applied until then stands. */
async function applyInOrder(
  table: Table,
  consumer: Consumer,
  key: Key,
  reached: number | undefined,
  heard: readonly RecordedEvent[],
): Promise<boolean> {
  let from = reached;
  for (const event of heard) {
    const effects = await consumer.apply(event, table);
    const guard: Guard = from === undefined ? 'absent' : { equals: { sequence: from } };
    const written = await table.write([{ kind: 'put', item: { ...key, sequence: event.sequence }, guard }, ...effects]);
    if (!written.ok) return false;
    from = event.sequence;
  }
  return true;
}

/**
 * Rings for every one of the events: after an outage, and to replay. What a consumer had already is
 * skipped by its position.
 */
export async function catchUp(
  table: Table,
  consumers: readonly Consumer[],
  events: Events,
): Promise<{ readonly events: number }> {
  let count = 0;
  for await (const event of events) {
    count += 1;
    for (const consumer of consumers) {
      if (consumer.hears.includes(event.type)) {
        const { aggregate, sequence, type, program } = event;
        await deliver(table, consumer, { aggregate, sequence, type, program });
      }
    }
  }
  return { events: count };
}
