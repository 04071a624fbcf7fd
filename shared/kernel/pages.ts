import * as z from 'zod';

/** Where a list goes on. Opaque to the caller; made and read by `functions/platform/cursor.ts`. */
export const cursor = z
  .string()
  .min(1)
  .max(600)
  .regex(/^[A-Za-z0-9_-]+$/, 'This is not a place in a list that we gave out.')
  .brand<'cursor'>();
export type Cursor = z.infer<typeof cursor>;

/** One page of a list; `next` is absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: Cursor;
}

export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), next: cursor.optional() });
}
