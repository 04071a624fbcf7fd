import type * as z from 'zod';
import type { Author, Decision, EventType, RecordedEvent } from '#shared/kernel/events.ts';
import { recordedEvent } from '#shared/kernel/events.ts';
import type { ProgramId } from '#shared/kernel/ids.ts';
import { instant, type Instant } from '#shared/kernel/instants.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import { fieldChanges } from '#shared/kernel/field-changes.ts';
import { plainJson } from '#shared/kernel/plain-json.ts';
import { hashOf } from './hash.ts';
import { journalKeys } from './journal.ts';
import type { Change, Item, Key, Table } from './table.ts';

/**
 * An aggregate is its state item plus its event items in one partition:
 *
 *     pk            sk                       what
 *     LISTING#…     EVENT#listing#000000001  the first fact, with the hash of nothing before it
 *     LISTING#…     STATE#listing            the state after the last fact, its version, its hash and its instant
 *
 * Several aggregates may share a partition, so that one read brings what one page shows. A change is
 * one transaction: the state guarded by its version, the event guarded absent.
 */
export interface AggregateKey {
  readonly partition: string;
  readonly name: string;
  readonly program: ProgramId;
}

export interface Loaded<S> {
  readonly state: S;
  /** The sequence of the last event. */
  readonly version: number;
  /** The hash of the last event. */
  readonly head: string;
  /** When the last event was recorded; absent in a state that was stored before this was noted. */
  readonly at?: Instant;
}

/** One aggregate's part of a change: what it was, and what a rule decided. */
export interface Step<S = unknown> {
  readonly key: AggregateKey;
  readonly before: Loaded<unknown> | undefined;
  readonly decision: Decision<S, EventType>;
  /** Where the state item stands in the `list` index, if a page lists it. */
  readonly list?: { readonly lpk: string; readonly lsk: string } | undefined;
}

/** Bytes of a state item, as JSON. DynamoDB would take 400 kB; reading one should stay cheap. */
export const largestState = 100_000;
/** An event holds what a field was and is, so it may be more than twice as long. */
const largestEvent = 300_000;

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

export function stateKey(key: Pick<AggregateKey, 'partition' | 'name'>): Key {
  return { pk: key.partition, sk: `STATE#${key.name}` };
}

export function eventKey(key: Pick<AggregateKey, 'partition' | 'name'>, sequence: number): Key {
  return { pk: key.partition, sk: `EVENT#${key.name}#${String(sequence).padStart(9, '0')}` };
}

/** The aggregate's name in events, doorbells and positions. */
export function aggregateName(key: Pick<AggregateKey, 'partition' | 'name'>): string {
  return `${key.partition}|${key.name}`;
}

export function aggregateOf(name: string): Pick<AggregateKey, 'partition' | 'name'> {
  const cut = name.lastIndexOf('|');
  if (cut < 1) throw new Error(`"${name}" does not name an aggregate.`);
  return { partition: name.slice(0, cut), name: name.slice(cut + 1) };
}

/** Reads a stored state; one that does not fit its schema is a defect and throws. */
export function readState<S extends z.ZodType>(item: Item | undefined, schema: S): Loaded<z.infer<S>> | undefined {
  if (item === undefined) return undefined;
  const { version, head } = item;
  if (typeof version !== 'number' || typeof head !== 'string')
    throw new Error(`${item.pk} ${item.sk} is not a state item.`);
  const at = item['at'];
  return {
    state: schema.parse(item['data']),
    version,
    head,
    ...(at === undefined ? {} : { at: instant.parse(at) }),
  };
}

export async function load<S extends z.ZodType>(
  table: Table,
  key: Pick<AggregateKey, 'partition' | 'name'>,
  schema: S,
  options: { readonly consistent?: boolean } = { consistent: true },
): Promise<Loaded<z.infer<S>> | undefined> {
  return readState(await table.get(stateKey(key), options), schema);
}

/**
 * A call that arrived before another may be recorded after it, when it waited or lost a race. The journal
 * is walked by instants, so a fact is never recorded at an earlier one than the fact before it.
 */
function recordedAt(before: Loaded<unknown> | undefined, at: Instant): Instant {
  return before?.at !== undefined && before.at > at ? before.at : at;
}

function recorded(step: Step, arrived: Instant, by: Author): RecordedEvent {
  const at = recordedAt(step.before, arrived);
  const event = {
    aggregate: aggregateName(step.key),
    sequence: (step.before?.version ?? 0) + 1,
    program: step.key.program,
    type: step.decision.fact.type,
    at,
    by,
    ...(step.decision.fact.reason === undefined ? {} : { reason: step.decision.fact.reason }),
    data: plainJson(step.decision.fact.data),
    changes: fieldChanges(step.before?.state, step.decision.next),
    previous: step.before?.head ?? '',
  };
  return recordedEvent.parse({ ...event, hash: hashOf(event) });
}

/** The two changes that record one step. The seed uses them to load past facts in bulk. */
export function changesOf(
  step: Step,
  at: Instant,
  by: Author,
): { readonly event: RecordedEvent; readonly changes: readonly Change[] } {
  const event = recorded(step, at, by);
  const state: Item = {
    ...stateKey(step.key),
    version: event.sequence,
    head: event.hash,
    at: event.at,
    data: plainJson(step.decision.next),
    ...step.list,
  };
  return {
    event,
    changes: [
      { kind: 'put', item: state, guard: step.before === undefined ? 'absent' : { version: step.before.version } },
      {
        kind: 'put',
        item: { ...eventKey(step.key, event.sequence), ...journalKeys(event), ...event },
        guard: 'absent',
      },
    ],
  };
}

/**
 * Writes one act: the states and events of its aggregates, and what must change with them, all or
 * nothing. Refuses `changed-meanwhile` when somebody else was faster, `too-large` when a state
 * outgrew its limit; then nothing is written.
 * @param also guards and side items of the same act. Where one of these fails, `failedAlso` says
 *   which, by its position in `also`, for a clearer refusal.
 */
export async function commit(
  table: Table,
  steps: readonly Step[],
  at: Instant,
  by: Author,
  also: readonly Change[] = [],
  failedAlso?: (positions: readonly number[]) => void,
): Promise<Result<readonly RecordedEvent[], 'changed-meanwhile' | 'too-large'>> {
  const parts = steps.map((step) => changesOf(step, at, by));
  const tooLarge =
    steps.some((step) => bytesOf(step.decision.next) > largestState) ||
    parts.some((part) => bytesOf(part.event) > largestEvent);
  if (tooLarge) return refuse('too-large', 'This entry has grown past 100 kB. Shorten its longest texts.');
  const own = parts.flatMap((part) => part.changes);
  const written = await table.write([...own, ...also]);
  if (written.ok) return ok(parts.map((part) => part.event));
  const positions = written.failed
    .filter((position) => position >= own.length)
    .map((position) => position - own.length);
  if (positions.length > 0) failedAlso?.(positions);
  return refuse('changed-meanwhile');
}

/** The events of an aggregate with `from` ≤ sequence ≤ `to`, oldest first, read consistently. */
export async function readEvents(
  table: Table,
  key: Pick<AggregateKey, 'partition' | 'name'>,
  from = 1,
  to = 999_999_999,
): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  let after;
  do {
    const page = await table.select({
      partition: key.partition,
      range: { from: eventKey(key, from).sk, to: eventKey(key, to).sk },
      consistent: true,
      ...(after === undefined ? {} : { after }),
    });
    events.push(...page.items.map((one) => recordedEvent.parse(one)));
    after = page.last;
  } while (after !== undefined);
  return events;
}

/**
 * Whether the change of the version that a person saw was this very call, whose answer was lost on the
 * way: then it is done, and must not be told that somebody else was faster.
 */
export async function isDone(
  table: Table,
  key: Pick<AggregateKey, 'partition' | 'name'>,
  seen: number,
  fingerprint: string,
): Promise<boolean> {
  const [event] = await readEvents(table, key, seen + 1, seen + 1);
  return event?.by.kind === 'person' && event.by.call === fingerprint;
}

/** The event of which a bell tells; one that is not in the table is a defect and throws. */
export async function eventOf(
  table: Table,
  bell: { readonly aggregate: string; readonly sequence: number },
): Promise<RecordedEvent> {
  const [event] = await readEvents(table, aggregateOf(bell.aggregate), bell.sequence, bell.sequence);
  if (event === undefined)
    throw new Error(`Event ${bell.sequence} of ${bell.aggregate} was announced but is not in the table.`);
  return event;
}

export type ChainFault = { readonly sequence: number; readonly fault: 'missing' | 'altered' | 'detached' };

/**
 * Checks an aggregate's events against each other: none missing, none altered, each naming the hash
 * of the one before it. Answers the first fault.
 */
export function chainFault(events: readonly RecordedEvent[], head?: string): ChainFault | undefined {
  let previous = '';
  for (const [index, event] of events.entries()) {
    const sequence = index + 1;
    if (event.sequence !== sequence) return { sequence, fault: 'missing' };
    const { hash, ...rest } = event;
    if (hashOf(rest) !== hash) return { sequence, fault: 'altered' };
    if (event.previous !== previous) return { sequence, fault: 'detached' };
    previous = hash;
  }
  return head !== undefined && head !== previous ? { sequence: events.length, fault: 'missing' } : undefined;
}
