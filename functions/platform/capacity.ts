import { AsyncLocalStorage } from 'node:async_hooks';

/** What the table charged for the work done inside one `measured` call. */
export interface Capacity {
  readUnits: number;
  writeUnits: number;
  /** Read and written to learn whose session it is, and in neither of the others. */
  sessionUnits: number;
  readonly calls: string[];
}

const current = new AsyncLocalStorage<Capacity>();

/** Runs the work and says what it cost, in DynamoDB capacity units. */
export async function measured<T>(work: () => Promise<T>): Promise<{ value: T; capacity: Capacity }> {
  const capacity: Capacity = { readUnits: 0, writeUnits: 0, sessionUnits: 0, calls: [] };
  const value = await current.run(capacity, work);
  return { value, capacity };
}

/** Work that every call of somebody signed in causes, whatever the call is: charged apart. */
export async function chargedToSession<T>(work: () => Promise<T>): Promise<T> {
  const whole = current.getStore();
  const { value, capacity } = await measured(work);
  if (whole !== undefined) whole.sessionUnits += capacity.readUnits + capacity.writeUnits;
  return value;
}

export function charge(call: string, kind: 'read' | 'write', units: number): void {
  const capacity = current.getStore();
  if (capacity === undefined) return;
  capacity.calls.push(call);
  if (kind === 'read') capacity.readUnits += units;
  else capacity.writeUnits += units;
}
