import type { RecordedEvent } from '#shared/kernel/events.ts';
import { dayIn, instantOf, millisecondsPerDay, plusMilliseconds, zone } from '#shared/kernel/instants.ts';
import { aggregateOf, chainFault, stateKey } from '#platform/aggregates.ts';
import { theTable } from '#platform/dynamo-table.ts';
import { theFiles } from '#platform/files.ts';
import { daysBetween, walkJournal } from '#platform/journal.ts';
import { thePrograms } from '#platform/programs.ts';
import { verify } from '#platform/projections.ts';
import { theQueues } from '#platform/queue.ts';
import type { Table } from '#platform/table.ts';
import { verifyMatrix } from '../catalogue/index.ts';
import { askContexts, verifyTasks } from '../notifications/index.ts';
import { everyProjection } from './every-projection.ts';
import { loadMarker } from './marker.ts';

/** One line of the report: what was compared, how much of it, and what was found to differ. */
export interface Verified {
  readonly what: string;
  readonly compared: number;
  readonly faults: readonly string[];
}

const utc = zone.parse('UTC');

/** The days that have events: those that the seed wrote, and every day since. */
async function* everyEvent(table: Table): AsyncGenerator<RecordedEvent> {
  const marker = await loadMarker(table);
  if (marker === undefined) return;
  const tomorrow = dayIn(plusMilliseconds(instantOf(new Date()), millisecondsPerDay), utc);
  const days = new Set([...marker.days, ...daysBetween(dayIn(marker.begunAt, utc), tomorrow)]);
  yield* walkJournal(table, [...days].sort());
}

async function verifyChains(table: Table, events: readonly RecordedEvent[]): Promise<Verified> {
  const chains = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const chain = chains.get(event.aggregate);
    if (chain === undefined) chains.set(event.aggregate, [event]);
    else chain.push(event);
  }
  const states = await table.getAll(
    [...chains.keys()].map((name) => stateKey(aggregateOf(name))),
    { consistent: true },
  );
  const faults = [...chains].flatMap(([name, chain], index) => {
    const head = states[index]?.['head'];
    const fault = chainFault(chain, typeof head === 'string' ? head : 'there is no state');
    return fault === undefined ? [] : [`${name}: event ${fault.sequence} is ${fault.fault}`];
  });
  return { what: 'chains of events', compared: chains.size, faults };
}

/**
 * Makes every view again from the journal and compares it with the live one; checks every chain of
 * events and every published matrix. Reads only, the journal once; keeps its events in memory.
 */
export async function verifyStore(): Promise<readonly Verified[]> {
  const [table, programs] = [theTable(), thePrograms()];
  const events: RecordedEvent[] = [];
  for await (const event of everyEvent(table)) events.push(event);
  const report: Verified[] = [await verifyChains(table, events)];
  for (const consumer of everyProjection(programs, theQueues())) {
    const { views, differences } = await verify(table, consumer, events);
    const faults = differences.map(({ key, fault }) => `${key.pk} ${key.sk} is ${fault}`);
    report.push({ what: `views of ${consumer.name}`, compared: views, faults });
  }
  const parts = { table, sources: askContexts(table), programs };
  const { tasks, differences } = await verifyTasks(parts, events, instantOf(new Date()));
  report.push({
    what: 'tasks',
    compared: tasks,
    faults: differences.map(({ key, fault }) => `${key.pk} ${key.sk} is ${fault}`),
  });
  for (const program of programs.values()) {
    const { partners, fault } = await verifyMatrix(table, theFiles(), program);
    report.push({ what: `matrix of ${program.id}`, compared: partners, faults: fault === undefined ? [] : [fault] });
  }
  return report;
}
