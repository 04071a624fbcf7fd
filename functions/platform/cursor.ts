import * as z from 'zod';
import { cursor, type Cursor } from '#shared/kernel/pages.ts';
import { refuse, ok, type Result } from '#shared/kernel/result.ts';
import { keysOf, type Item, type Key, type Selection, type Table } from './table.ts';

const place = z.object({ pk: z.string().max(300), sk: z.string().max(300) }).catchall(z.string().max(300));

type Place = Key & Readonly<Record<string, string>>;

function cursorOf(last: Key & Readonly<Record<string, unknown>>): Cursor {
  return cursor.parse(Buffer.from(JSON.stringify(last)).toString('base64url'));
}

function read(given: Cursor): Place | undefined {
  try {
    return place.safeParse(JSON.parse(Buffer.from(given, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}

function isWithin(range: Selection['range'], sort: string): boolean {
  if (range === undefined) return true;
  return 'prefix' in range ? sort.startsWith(range.prefix) : range.from <= sort && sort <= range.to;
}

/** Exactly the keys of the selection's index, in its partition and range: all else DynamoDB would refuse as a fault of ours. */
function belongsTo(selection: Selection, given: Place): boolean {
  const [partition, sort] = keysOf(selection.index);
  const names = [...new Set(['pk', 'sk', partition, sort])];
  return (
    Object.keys(given).length === names.length &&
    names.every((name) => name in given) &&
    given[partition] === selection.partition &&
    isWithin(selection.range, given[sort] ?? '')
  );
}

/**
 * One page of a list, and where it goes on. A cursor of another list, or one that we never gave out,
 * is refused.
 */
export async function selectPage(
  table: Table,
  selection: Omit<Selection, 'after'>,
  after: Cursor | undefined,
): Promise<Result<{ readonly items: readonly Item[]; readonly next?: Cursor }, 'malformed'>> {
  const begin = after === undefined ? undefined : read(after);
  if (after !== undefined && (begin === undefined || !belongsTo(selection, begin)))
    return refuse('malformed', 'The query word "after" is not a place in this list.');
  const { items, last } = await table.select({ ...selection, ...(begin === undefined ? {} : { after: begin }) });
  return ok({ items, ...(last === undefined ? {} : { next: cursorOf(last) }) });
}
