import { wordsFor, type Bits } from './bits.ts';

/** The first `count` bits. */
export function allOf(count: number): Bits {
  const bits = new Int32Array(wordsFor(count)).fill(-1);
  if (count % 32 !== 0) bits[bits.length - 1] = (1 << (count % 32)) - 1;
  return bits;
}

/** Writes what is in both sets, the second of which begins at `from`; `into` may be one of them. */
export function intersect(into: Bits, a: Bits, b: Bits, from = 0): void {
  for (let word = 0; word < into.length; word += 1) into[word] = (a[word] ?? 0) & (b[from + word] ?? 0);
}

/** Adds what is in the set of `into.length` numbers that begins at `from`. */
export function unite(into: Bits, bits: Bits, from = 0): void {
  for (let word = 0; word < into.length; word += 1) into[word] = (into[word] ?? 0) | (bits[from + word] ?? 0);
}
