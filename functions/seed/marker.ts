import * as z from 'zod';
import { day, instant } from '#shared/kernel/instants.ts';
import type { Table } from '#platform/table.ts';

/** Says that the store was filled, from which instant, for which identity provider, and on which days its past lies. */
const marker = z.object({
  begunAt: instant,
  partners: z.int().optional(),
  issuer: z.string(),
  filled: z.boolean(),
  days: z.array(day).default([]),
});
export type Marker = z.infer<typeof marker>;

const key = { pk: 'SEED', sk: 'SEED' } as const;

export async function loadMarker(table: Table): Promise<Marker | undefined> {
  const stored = await table.get(key, { consistent: true });
  return stored === undefined ? undefined : marker.parse(stored);
}

export async function saveMarker(table: Table, given: Marker): Promise<void> {
  await table.write([{ kind: 'put', item: { ...key, ...given } }]);
}
