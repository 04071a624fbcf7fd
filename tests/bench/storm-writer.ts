import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { approvalConditionSet, listingPublished } from '#shared/catalogue/events.ts';
import { listing } from '#shared/catalogue/model.ts';
import { resultConfirmed } from '#shared/impact/events.ts';
import type { Decision, EventType } from '#shared/kernel/events.ts';
import { organizationId, programId, termId, type OrganizationId, type TermId } from '#shared/kernel/ids.ts';
import { instantOf } from '#shared/kernel/instants.ts';
import { commit, readState, stateKey, type AggregateKey, type Loaded } from '#platform/aggregates.ts';
import { measured } from '#platform/capacity.ts';
import { DynamoTable } from '#platform/dynamo-table.ts';
import { newId } from '#platform/ids.ts';
import type { Table } from '#platform/table.ts';
import { inList, listingKey, loadApproval, approvalKey, loadManifest } from '../../functions/catalogue/store.ts';
import { tableName } from '../../infra/local/environment.ts';

/** The people of a storm, in a process of their own: they write changes and watch what is published meanwhile. */

const stormPartner = z.object({ id: organizationId, area: termId });
export type StormPartner = z.infer<typeof stormPartner>;

export const stormOrder = z.object({
  endpoint: z.url(),
  filesFolder: z.string(),
  /** Who is changed in turn, and an area in which each has an approval. */
  partners: z.array(stormPartner).min(1),
  perSecond: z.number(),
  seconds: z.number(),
});

export const stormReport = z.object({
  changes: z.int(),
  /** Changes a second that were acknowledged. */
  perSecond: z.number(),
  /** What they cost the writers. */
  readUnits: z.number(),
  writeUnits: z.number(),
  /** Snapshots that were published while the storm lasted. */
  published: z.int(),
  /** For how long, at most, an acknowledged change was not in the snapshot, milliseconds. */
  oldest: z.number(),
  /** The same for half of the changes. */
  median: z.number(),
});
export type StormReport = z.infer<typeof stormReport>;

const program = programId.parse('demo');
const author = { kind: 'system', part: 'import' } as const;
const summaries = z.looseObject({ summaries: z.array(z.string()) });
const ids = z.looseObject({ partners: z.looseObject({ ids: z.array(z.string()) }) });

/** A summary says which change of its partner it is. */
const numberIn = (summary: string): number => Number(/^Change (\d+)\./.exec(summary)?.[1] ?? 0);

class Storm {
  readonly #table: Table;
  readonly #folder: string;
  /** By partner, the changes of its summary that are not published yet: their number, and when they were acknowledged. */
  readonly #waiting = new Map<string, { readonly number: number; readonly at: number }[]>();
  readonly #under = new Map<string, Promise<void>>();
  readonly #ages: number[] = [];
  #changes = 0;
  #published = 0;
  #oldest = 0;

  constructor(table: Table, folder: string) {
    this.#table = table;
    this.#folder = folder;
  }

  get isWaiting(): boolean {
    return [...this.#waiting.values()].some((list) => list.length > 0);
  }

  get report(): Pick<StormReport, 'changes' | 'published' | 'oldest' | 'median'> {
    const ages = this.#ages.toSorted((a, b) => a - b);
    return {
      changes: this.#changes,
      published: this.#published,
      oldest: Math.round(Math.max(this.#oldest, ages.at(-1) ?? 0)),
      median: Math.round(ages[Math.floor(ages.length / 2)] ?? 0),
    };
  }

  /** Whoever changes a partner again waits for the change before. */
  async change(partner: StormPartner, kind: number): Promise<void> {
    const before = this.#under.get(partner.id);
    const change = (before ?? Promise.resolve()).then(() => this.#change(partner, kind));
    this.#under.set(partner.id, change);
    await change;
  }

  /** Of ten changes of the matrix six are of a listing, three of an approval, and one is a confirmed result. */
  async #change({ id, area }: StormPartner, kind: number): Promise<void> {
    if (kind < 6) await this.#publish(id);
    else if (kind < 9) await this.#decide(id, area);
    else await this.#confirm(id);
    this.#changes += 1;
  }

  async #publish(partner: OrganizationId): Promise<void> {
    const key = listingKey(program, partner);
    const before = readState(await this.#table.get(stateKey(key), { consistent: true }), listing);
    if (before === undefined) throw new Error(`${partner} is listed.`);
    const number = numberIn(before.state.content.summary) + 1;
    const content = { ...before.state.content, summary: `Change ${number}. ${partner} tells something else.` };
    const fact = { type: listingPublished.name, data: { partner, version: before.version + 1, content } };
    await this.#commit(key, before, { next: { ...before.state, content }, fact }, inList(program, partner));
    const list = this.#waiting.get(partner) ?? [];
    this.#waiting.set(partner, list);
    list.push({ number, at: Date.now() });
  }

  async #decide(partner: OrganizationId, area: TermId): Promise<void> {
    const before = await loadApproval(this.#table, program, partner, area);
    if (before === undefined) throw new Error(`${partner} has an approval in ${area}.`);
    const from = instantOf(new Date());
    const conditions = [...before.state.conditions, { text: 'A condition of a stormy day.', from }].slice(-5);
    const data = { partner, area, condition: conditions.length - 1 };
    const fact = { type: approvalConditionSet.name, data };
    await this.#commit(approvalKey(program, partner, area), before, { next: { ...before.state, conditions }, fact });
  }

  async #confirm(partner: OrganizationId): Promise<void> {
    const engagement = newId('eng');
    const by = { person: newId('per'), at: instantOf(new Date()) };
    const data = resultConfirmed.data.parse({
      engagement,
      program,
      partner,
      district: 'calder-north',
      met: true,
      number: 1,
      goal: { id: 'reading', words: 'Eighty of a hundred pupils read at their grade by June.' },
      confirmedBy: { partner: by, district: by },
    });
    const key = { partition: `RESULTS#${engagement}`, name: 'results', program };
    await this.#commit(key, undefined, { next: {}, fact: { type: resultConfirmed.name, data } });
  }

  async #commit(
    key: AggregateKey,
    before: Loaded<unknown> | undefined,
    decision: Decision<unknown, EventType>,
    list?: { readonly lpk: string; readonly lsk: string },
  ): Promise<void> {
    const step = { key, before, decision, ...(list && { list }) };
    const written = await commit(this.#table, [step], instantOf(new Date()), author);
    if (!written.ok) throw new Error(`Nobody else changes ${key.partition}.`);
  }

  /** Looks for a newer snapshot until it is told to stop, and for how old the present one is. */
  async watch(signal: AbortSignal): Promise<void> {
    let seen = 0;
    while (!signal.aborted) {
      const manifest = await loadManifest(this.#table, program);
      if (manifest !== undefined && manifest.version !== seen) {
        seen = manifest.version;
        this.#published += 1;
        this.#compare(manifest.parts);
      }
      const oldest = Math.min(...[...this.#waiting.values()].flatMap(([first]) => first?.at ?? []));
      if (Number.isFinite(oldest)) this.#oldest = Math.max(this.#oldest, Date.now() - oldest);
      await sleep(20);
    }
  }

  #compare({ core, summaries: shown }: { readonly core: string; readonly summaries: string }): void {
    const read = (hash: string): unknown => JSON.parse(readFileSync(join(this.#folder, `${hash}.json`), 'utf8'));
    const partners = ids.parse(read(core)).partners.ids;
    const now = Date.now();
    for (const [row, summary] of summaries.parse(read(shown)).summaries.entries()) {
      const list = this.#waiting.get(partners[row] ?? '') ?? [];
      const number = numberIn(summary);
      for (let first = list[0]; first !== undefined && first.number <= number; first = list[0]) {
        this.#ages.push(now - first.at);
        list.shift();
      }
    }
  }
}

/** The table of the embedded engine at an address. */
export function tableAt(endpoint: string): Table {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new DynamoTable(new DynamoDBClient({ endpoint, region: 'us-east-1', credentials }), tableName);
}

async function run(order: z.infer<typeof stormOrder>): Promise<StormReport> {
  const storm = new Storm(tableAt(order.endpoint), order.filesFolder);
  const halt = new AbortController();
  const watching = storm.watch(halt.signal);
  const began = performance.now();
  const under: Promise<void>[] = [];
  let acknowledged = 0;
  const { capacity } = await measured(async () => {
    const all = order.perSecond * order.seconds;
    for (let place = 0; place < all; place += 1) {
      const wait = began + (place * 1_000) / order.perSecond - performance.now();
      if (wait > 0) await sleep(wait);
      const partner = order.partners[place % order.partners.length];
      if (partner !== undefined)
        under.push(storm.change(partner, place % 10).then(() => void (acknowledged = performance.now())));
    }
    await Promise.all(under);
  });
  while (storm.isWaiting && performance.now() - acknowledged < 30_000) await sleep(20);
  halt.abort();
  await watching;
  const { changes, ...seen } = storm.report;
  const perSecond = Math.round((changes * 10_000) / (acknowledged - began)) / 10;
  return { changes, perSecond, readUnits: capacity.readUnits, writeUnits: capacity.writeUnits, ...seen };
}

if (process.argv[1] === import.meta.filename) {
  const report = await run(stormOrder.parse(JSON.parse(process.argv[2] ?? '')));
  process.stdout.write(JSON.stringify(report));
  // The client keeps its connections.
  process.exitCode = 0;
}
