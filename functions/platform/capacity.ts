import { AsyncLocalStorage } from 'node:async_hooks';

/** What the table charged for the work done inside one `measured` call. */
export interface Capacity {
  readUnits: number;
  writeUnits: number;
  readonly calls: string[];
}

const current = new AsyncLocalStorage<Capacity>();

/** Runs the work and says what it cost, in DynamoDB capacity units. */
export async function measured<T>(work: () => Promise<T>): Promise<{ value: T; capacity: Capacity }> {
  const capacity: Capacity = { readUnits: 0, writeUnits: 0, calls: [] };
  const value = await current.run(capacity, work);
  return { value, capacity };
}

export function charge(call: string, kind: 'read' | 'write', units: number): void {
  const capacity = current.getStore();
  if (capacity === undefined) return;
  capacity.calls.push(call);
  if (kind === 'read') capacity.readUnits += units;
  else capacity.writeUnits += units;
}
