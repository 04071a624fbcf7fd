/**
 * Sets of partners as bits, 32 to a number. Filtering is then `and` and `or` over a few numbers for
 * many partners at once, and counting has no branch that a processor could guess wrong.
 */
export type Bits = Int32Array;

/** How many numbers hold one bit for each of `count` partners. */
export function wordsFor(count: number): number {
  return (count + 31) >>> 5;
}

export function put(bits: Bits, place: number): void {
  bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << place);
}

export function has(bits: Bits, place: number): boolean {
  return (((bits[place >>> 5] ?? 0) >>> place) & 1) === 1;
}

/** The place of the lowest bit of a number that is not 0. */
export function lowest(word: number): number {
  return 31 - Math.clz32(word & -word);
}
