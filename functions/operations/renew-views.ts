import { instantOf } from '#shared/kernel/instants.ts';
import { rebuild } from '#platform/projections.ts';
import { buildMatrix } from '../catalogue/index.ts';
import { projections } from './projections.ts';
import { loadMarker, saveMarker, storeShape } from './store-marker.ts';
import { storedEvents, type Store } from './store.ts';

/** Makes every view and matrix of a store of an earlier shape anew. Nothing else may run on it meanwhile. */
export async function renewViews({ table, files, queues, programs }: Store): Promise<void> {
  const at = instantOf(new Date());
  for (const consumer of Object.values(projections(programs, queues)))
    await rebuild(table, consumer, storedEvents(table, at));
  for (const program of programs.values()) await buildMatrix(table, files, program, () => new Date());
  const marker = await loadMarker(table);
  if (marker !== undefined) await saveMarker(table, { ...marker, shape: storeShape });
}
