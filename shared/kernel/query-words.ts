import * as z from 'zod';

/** A query word given at most once; an empty value is the same as an absent word. */
export function once<S extends z.ZodType>(value: S) {
  return z.preprocess((given) => (given === '' ? undefined : given), value.optional());
}
