import * as z from 'zod';
import { author, type Author } from './actors.ts';
import { programId } from './ids.ts';
import { instant } from './instants.ts';

/** One field that a change touched, by its path in the state: `offerings.0.price`. */
export const fieldChange = z.object({
  path: z.string().max(400),
  before: z.json().optional(),
  after: z.json().optional(),
});
export type FieldChange = z.infer<typeof fieldChange>;

/**
 * A fact as it stands in the journal. `sequence` counts from 1 within its aggregate; `hash` is the
 * SHA-256 of the event's canonical JSON (RFC 8785) without `hash`, `previous` the one before it.
 */
export const recordedEvent = z.object({
  /** `partition|name`, the same words as the aggregate's keys. */
  aggregate: z.string().max(300),
  sequence: z.int().min(1),
  program: programId,
  type: z.string().max(80),
  at: instant,
  by: author,
  reason: z.string().max(4000).optional(),
  data: z.json(),
  changes: z.array(fieldChange),
  previous: z.string(),
  hash: z.string(),
});
export type RecordedEvent = z.infer<typeof recordedEvent>;

/** A kind of fact: its name (`catalogue.listing-published`) and the schema of its data. */
export interface EventType<N extends string = string, S extends z.ZodType = z.ZodType> {
  readonly name: N;
  readonly data: S;
}

export function eventType<N extends string, S extends z.ZodType>(name: N, data: S): EventType<N, S> {
  return { name, data };
}

/** A fact of type `T` that a rule found, before it is recorded. */
export interface Fact<T extends EventType = EventType> {
  readonly type: T['name'];
  readonly data: z.infer<T['data']>;
  readonly reason?: string;
}

/** What a rule decides: the state after the act and the fact that tells of it. */
export interface Decision<S, T extends EventType = EventType> {
  readonly next: S;
  readonly fact: Fact<T>;
}

export type { Author };
