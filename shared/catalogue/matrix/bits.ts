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

/** The place of the lowest bit of a number that is not 0. */
export function lowest(word: number): number {
  return 31 - Math.clz32(word & -word);
}
