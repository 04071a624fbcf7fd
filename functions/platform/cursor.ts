import * as z from 'zod';
import { cursor, type Cursor } from '#shared/kernel/pages.ts';
import { refuse, ok, type Result } from '#shared/kernel/result.ts';
import type { Key } from './table.ts';

const place = z.record(z.string(), z.string().max(400)).refine((keys) => 'pk' in keys && 'sk' in keys);

type Place = Key & Readonly<Record<string, unknown>>;

export function cursorOf(last: Place): Cursor {
  return cursor.parse(Buffer.from(JSON.stringify(last)).toString('base64url'));
}

/**
 * Where a list goes on. A place outside the partition that the caller may read is refused like one
 * that we never gave out.
 */
export function placeOf(
  given: Cursor | undefined,
  partition: { readonly [attribute: string]: string },
): Result<Place | undefined, 'malformed'> {
  if (given === undefined) return ok(undefined);
  const wrong = refuse('malformed', 'The query word "after" is not a place in this list.');
  try {
    const parsed = place.safeParse(JSON.parse(Buffer.from(given, 'base64url').toString()));
    if (!parsed.success) return wrong;
    if (Object.entries(partition).some(([attribute, value]) => parsed.data[attribute] !== value)) return wrong;
    const { pk, sk, ...rest } = parsed.data;
    return pk === undefined || sk === undefined ? wrong : ok({ pk, sk, ...rest });
  } catch {
    return wrong;
  }
}
