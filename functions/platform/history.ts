import type { Author } from '#shared/kernel/actors.ts';
import type { Decision, EventType, RecordedEvent } from '#shared/kernel/events.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import {
  aggregateName,
  aggregateOf,
  changesOf,
  eventKey,
  stateKey,
  type AggregateKey,
  type Loaded,
  type Step,
} from './aggregates.ts';
import type { Item, Key, Table } from './table.ts';

/**
 * Facts of the past, decided by the same rules and written in bulk into a store that nobody uses
 * yet. The chains are those that single writes would have made.
 */
export class History {
  readonly #states = new Map<string, Loaded<unknown>>();
  readonly #items = new Map<string, Item>();
  readonly #events: RecordedEvent[] = [];

  /** Records one fact after those recorded before it. */
  record<S>(key: AggregateKey, decision: Decision<S, EventType>, at: Instant, by: Author, list?: Step['list']): S {
    const name = aggregateName(key);
    const { event, changes } = changesOf({ key, before: this.#states.get(name), decision, list }, at, by);
    for (const change of changes) if (change.kind === 'put') this.put(change.item);
    this.#events.push(event);
    this.#states.set(name, { state: decision.next, version: event.sequence, head: event.hash, at: event.at });
    return decision.next;
  }

  /** The sequence of the last fact of an aggregate; 0 before the first. */
  version(key: AggregateKey): number {
    return this.#states.get(aggregateName(key))?.version ?? 0;
  }

  /** Every fact, in the order recorded: projections are built from these without walking the journal. */
  get events(): readonly RecordedEvent[] {
    return this.#events;
  }

  /** A side item beside the facts. */
  put(item: Item): void {
    this.#items.set(`${item.pk}\n${item.sk}`, item);
  }

  /** Adds one to a sum that stands beside the facts. */
  count(key: Key, sum: string): void {
    const before = this.#items.get(`${key.pk}\n${key.sk}`)?.[sum];
    this.put({ ...key, [sum]: (typeof before === 'number' ? before : 0) + 1 });
  }

  async writeTo(table: Table): Promise<number> {
    await table.load([...this.#items.values()]);
    return this.#items.size;
  }

  /**
   * Writes the aggregates that the store does not have, each with its facts in one transaction; one that
   * stands there stays as it is. For aggregates of a few facts, into a store that is in use.
   */
  async writeNew(
    table: Table,
  ): Promise<{ readonly written: number; readonly standing: number; readonly events: readonly RecordedEvent[] }> {
    const events: RecordedEvent[] = [];
    const facts = Map.groupBy(this.#events, (event) => event.aggregate);
    let standing = 0;
    for (const name of this.#states.keys()) {
      const own = facts.get(name) ?? [];
      const { partition, name: called } = aggregateOf(name);
      const keys = [
        stateKey({ partition, name: called }),
        ...own.map(({ sequence }) => eventKey({ partition, name: called }, sequence)),
      ];
      const items = keys.flatMap(({ pk, sk }) => this.#items.get(`${pk}\n${sk}`) ?? []);
      const written = await table.write(items.map((item) => ({ kind: 'put', item, guard: 'absent' })));
      if (written.ok) events.push(...own);
      else standing += 1;
    }
    return { written: this.#states.size - standing, standing, events };
  }
}
