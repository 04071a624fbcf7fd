import { randomBytes } from 'node:crypto';
import type * as z from 'zod';
import { madeIds } from '#shared/kernel/ids.ts';

const letters = '0123456789abcdefghjkmnpqrstvwxyz';

/** 20 characters of 5 random bits each: 100 bits, so two never meet. */
export function randomWord(length = 20): string {
  return Array.from(randomBytes(length), (byte) => letters.charAt(byte & 31)).join('');
}

/** A new id of a kind, by its prefix: `newId('req')`. */
export function newId<P extends keyof typeof madeIds>(prefix: P): z.infer<(typeof madeIds)[P]> {
  return madeIds[prefix].parse(`${prefix}_${randomWord()}`) as z.infer<(typeof madeIds)[P]>; // the compiler does not follow the index through parse
}
