import type { RecordedEvent } from '#shared/kernel/events.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import { aggregateOf, chainFault, stateKey } from '#platform/aggregates.ts';
import { readDailyHeads } from '#platform/daily-heads.ts';
import { verify } from '#platform/projections.ts';
import type { Table } from '#platform/table.ts';
import { verifyMatrix } from '../catalogue/index.ts';
import { askContexts, verifyTasks } from '../notifications/index.ts';
import { projections } from './projections.ts';
import { daysOver, storedEvents, type Store } from './store.ts';

/** One line of the report: what was compared, how much of it, and what was found to differ. */
export interface Verified {
  readonly what: string;
  readonly compared: number;
  readonly faults: readonly string[];
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
 * Compares the heads that were kept of each day with the events that stand there now. From the first kept
 * day on every day that is over has its heads; one without them was not kept, or its file was hidden.
 */
async function verifyHeads(store: Store, events: readonly RecordedEvent[], at: Instant): Promise<Verified> {
  const hashes = new Map(events.map(({ aggregate, sequence, hash }) => [`${aggregate}#${sequence}`, hash]));
  const audit = store.audit();
  const faults: string[] = [];
  let compared = 0;
  let begun = false;
  for (const date of await daysOver(store.table, at)) {
    const heads = await readDailyHeads(audit, date);
    if (heads === undefined && begun) faults.push(`the heads of ${date} are missing`);
    begun ||= heads !== undefined;
    for (const { aggregate, sequence, hash } of heads ?? []) {
      compared += 1;
      const stands = hashes.get(`${aggregate}#${sequence}`);
      if (stands !== hash)
        faults.push(`${aggregate}: event ${sequence} of ${date} is ${stands === undefined ? 'gone' : 'another one'}`);
    }
  }
  return { what: 'heads of each day', compared, faults };
}

/**
 * Makes every view again from the journal and compares it with the live one; checks every chain of
 * events and every published matrix. Reads only, the journal once; keeps its events in memory.
 */
export async function verifyStore(store: Store, at: Instant): Promise<readonly Verified[]> {
  const { table, files, queues, programs } = store;
  const events: RecordedEvent[] = [];
  for await (const event of storedEvents(table, at)) events.push(event);
  const report: Verified[] = [await verifyChains(table, events), await verifyHeads(store, events, at)];
  for (const consumer of Object.values(projections(programs, queues))) {
    const { views, differences } = await verify(table, consumer, events);
    const faults = differences.map(({ key, fault }) => `${key.pk} ${key.sk} is ${fault}`);
    report.push({ what: `views of ${consumer.name}`, compared: views, faults });
  }
  const parts = { table, sources: askContexts(table), programs };
  const { tasks, differences } = await verifyTasks(parts, events, at);
  report.push({
    what: 'tasks',
    compared: tasks,
    faults: differences.map(({ key, fault }) => `${key.pk} ${key.sk} is ${fault}`),
  });
  for (const program of programs.values()) {
    const { partners, fault } = await verifyMatrix(table, files, program);
    report.push({ what: `matrix of ${program.id}`, compared: partners, faults: fault === undefined ? [] : [fault] });
  }
  return report;
}
