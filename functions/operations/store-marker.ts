import * as z from 'zod';
import { day, instant } from '#shared/kernel/instants.ts';
import type { Table } from '#platform/table.ts';

/**
 * Says that the store was filled, from which instant, and on which days before it its past lies: the days
 * of the journal. `issuer` is the provider of the demonstration people, absent where there are none.
 */
const marker = z.object({
  begunAt: instant,
  partners: z.int().optional(),
  issuer: z.string().optional(),
  filled: z.boolean(),
  shape: z.int().default(1),
  /** The programs that were filled in; absent in a store of before this was noted, which has all of its time. */
  programs: z.array(z.string()).optional(),
  days: z.array(day).default([]),
});
/** Counts the changes of how views are stored: a store of an earlier shape has them made anew at its next start. */
export const storeShape = 6;

export type Marker = z.infer<typeof marker>;

const key = { pk: 'SEED', sk: 'SEED' } as const;

export async function loadMarker(table: Table): Promise<Marker | undefined> {
  const stored = await table.get(key, { consistent: true });
  return stored === undefined ? undefined : marker.parse(stored);
}

export async function saveMarker(table: Table, given: Marker): Promise<void> {
  await table.write([{ kind: 'put', item: { ...key, ...given } }]);
}
