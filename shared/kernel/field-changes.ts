import type { FieldChange } from './events.ts';
import { plainJson } from './plain-json.ts';

type Json = FieldChange['before'];

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of things with ids is compared thing by thing; its paths name the id, not the position. */
function byId(list: readonly unknown[]): Readonly<Record<string, unknown>> | undefined {
  const entries: Record<string, unknown> = {};
  for (const one of list) {
    if (!isRecord(one) || typeof one['id'] !== 'string' || Object.hasOwn(entries, one['id'])) return undefined;
    entries[one['id']] = one;
  }
  return entries;
}

function* differences(path: string, before: unknown, after: unknown): Generator<FieldChange> {
  if (isRecord(before) && isRecord(after)) {
    for (const name of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
      yield* differences(path === '' ? name : `${path}.${name}`, before[name], after[name]);
    }
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const [was, is] = [byId(before), byId(after)];
    if (was !== undefined && is !== undefined && before.length + after.length > 0) {
      yield* differences(path, was, is);
      return;
    }
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  yield {
    path,
    ...(before === undefined ? {} : { before: before as Json }), // plainJson made it JSON
    ...(after === undefined ? {} : { after: after as Json }), // as above
  };
}

/** The fields in which two states differ, with the value before and after. */
export function fieldChanges(before: unknown, after: unknown): readonly FieldChange[] {
  return [...differences('', before === undefined ? {} : plainJson(before), plainJson(after))];
}
