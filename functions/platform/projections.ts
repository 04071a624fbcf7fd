import type { RecordedEvent } from '#shared/kernel/events.ts';
import type { Consumer, Effect } from './consumers.ts';
import { positionKey } from './consumers.ts';
import { plainJson } from '#shared/kernel/plain-json.ts';
import { hashOf } from './hash.ts';
import type { Events } from './journal.ts';
import type { Item, Key, Table } from './table.ts';

/**
 * A projection is a consumer whose effects are views: items it alone writes, under sort keys that
 * begin with `VIEW#<its name>`. Everything in a view can be made again from the journal.
 */
export function viewKey(consumer: Pick<Consumer, 'name'>, partition: string, name = ''): Key {
  return { pk: partition, sk: name === '' ? `VIEW#${consumer.name}` : `VIEW#${consumer.name}#${name}` };
}

type Views = Map<string, Item>;

function nameOf(key: Key): string {
  return `${key.pk}\n${key.sk}`;
}

function fold(views: Views, effect: Effect): void {
  switch (effect.kind) {
    case 'put':
      views.set(nameOf(effect.item), effect.item);
      break;
    case 'remove':
      views.delete(nameOf(effect.key));
      break;
    case 'add': {
      const before: Item = views.get(nameOf(effect.key)) ?? { pk: effect.key.pk, sk: effect.key.sk };
      const sums = Object.entries(effect.amounts).map(([name, amount]) => {
        const sum = before[name];
        return [name, (typeof sum === 'number' ? sum : 0) + amount];
      });
      views.set(nameOf(effect.key), { ...before, ...Object.fromEntries(sums), ...effect.set });
      break;
    }
  }
}

/** A consumer's views and positions, folded in memory from facts. */
export class Fold {
  readonly #consumer: Consumer;
  readonly #table: Table;
  readonly #views: Views = new Map();
  readonly #positions = new Map<string, number>();
  readonly #sums = new Set<string>();

  constructor(consumer: Consumer, table: Table) {
    this.#consumer = consumer;
    this.#table = table;
  }

  /** Facts of one aggregate come in their order; a repeated one changes nothing. */
  async hear(event: RecordedEvent): Promise<void> {
    if (!this.#consumer.hears.includes(event.type)) return;
    if (event.sequence <= (this.#positions.get(event.aggregate) ?? 0)) return;
    for (const effect of await this.#consumer.apply(event, this.#table)) {
      fold(this.#views, effect);
      if (effect.kind === 'add') this.#sums.add(nameOf(effect.key));
    }
    this.#positions.set(event.aggregate, event.sequence);
  }

  get views(): ReadonlyMap<string, Item> {
    return this.#views;
  }

  items(): readonly Item[] {
    const positions = [...this.#positions].map(([aggregate, sequence]) => ({
      ...positionKey(this.#consumer, aggregate),
      sequence,
    }));
    return [...this.#views.values(), ...positions];
  }

  /**
   * Hands out, and forgets, what facts of further aggregates cannot change: everything but the sums.
   * For a load in blocks that hold whole aggregates, so that its memory does not grow with the store.
   */
  take(): readonly Item[] {
    const sums = [...this.#views].filter(([name]) => this.#sums.has(name));
    for (const [name] of sums) this.#views.delete(name);
    const items = this.items();
    this.#views.clear();
    this.#positions.clear();
    for (const [name, view] of sums) this.#views.set(name, view);
    return items;
  }
}

/** What the journal says a consumer's views are, and how far it read each aggregate. */
async function rebuilt(table: Table, consumer: Consumer, events: Events): Promise<Fold> {
  const folded = new Fold(consumer, table);
  for await (const event of events) await folded.hear(event);
  return folded;
}

/**
 * Writes a consumer's views and positions anew from the journal. For an empty store after a bulk
 * load, or with the consumer stopped: it replaces what stands there.
 * @returns how many views were written.
 */
export async function rebuild(table: Table, consumer: Consumer, events: Events): Promise<number> {
  const folded = await rebuilt(table, consumer, events);
  const { views } = folded;
  for (const [partition, names] of await liveViews(table, consumer, views)) {
    for (const sk of names)
      if (!views.has(`${partition}\n${sk}`)) await table.write([{ kind: 'remove', key: { pk: partition, sk } }]);
  }
  await table.load(folded.items());
  return views.size;
}

/** The sort keys of a consumer's views in every partition that it should have some in. */
async function liveViews(
  table: Table,
  consumer: Consumer,
  views: ReadonlyMap<string, Item>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const partitions = new Set([...views.values()].map((view) => view.pk));
  const live = new Map<string, string[]>();
  for (const partition of partitions) {
    const names: string[] = [];
    let after;
    do {
      const page = await table.select({
        partition,
        range: { prefix: `VIEW#${consumer.name}` },
        consistent: true,
        ...(after === undefined ? {} : { after }),
      });
      names.push(...page.items.map((item) => item.sk));
      after = page.last;
    } while (after !== undefined);
    live.set(partition, names);
  }
  return live;
}

export interface Difference {
  readonly consumer: string;
  readonly key: Key;
  readonly fault: 'missing' | 'different' | 'unexpected';
}

/** Compares a consumer's live views with those that the journal gives. Reads only. */
export async function verify(
  table: Table,
  consumer: Consumer,
  events: Events,
): Promise<{ readonly views: number; readonly differences: readonly Difference[] }> {
  const { views } = await rebuilt(table, consumer, events);
  const differences: Difference[] = [];
  const wanted = [...views.values()];
  const found = await table.getAll(wanted, { consistent: true });
  for (const [index, view] of wanted.entries()) {
    const live = found[index];
    if (live === undefined) differences.push({ consumer: consumer.name, key: view, fault: 'missing' });
    else if (hashOf(plainJson(live)) !== hashOf(plainJson(view))) {
      differences.push({ consumer: consumer.name, key: view, fault: 'different' });
    }
  }
  for (const [partition, names] of await liveViews(table, consumer, views)) {
    for (const sk of names) {
      if (!views.has(`${partition}\n${sk}`))
        differences.push({ consumer: consumer.name, key: { pk: partition, sk }, fault: 'unexpected' });
    }
  }
  return { views: views.size, differences };
}
