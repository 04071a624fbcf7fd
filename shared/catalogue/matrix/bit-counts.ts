import type { Bits } from './bits.ts';

/** How many bits of a number are set (H. S. Warren, "Hacker's Delight", 2nd ed., figure 5-2). */
export function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** How many bits are set from number `first` up to, not including, `end`. */
export function countOf(bits: Bits, first = 0, end: number = bits.length): number {
  return countCommon(bits, bits, 0, first, end);
}

/**
 * How many bits of one set, from number `first` up to, not including, `end`, are also in the other set,
 * which begins at `from`.
 *
 * Eight numbers are added at a time, bit by bit, as a circuit of full adders would, and only their
 * carries are counted (Harley and Seal, in Hacker's Delight, 2nd ed., figure 5-8): about half the work of
 * counting each number.
 */
export function countCommon(a: Bits, b: Bits, from = 0, first = 0, end: number = a.length): number {
  let count = 0;
  let [one, two, four] = [0, 0, 0];
  let word = first;
  for (; word + 8 <= end; word += 8) {
    const at = from + word;
    const v0 = (a[word] ?? 0) & (b[at] ?? 0);
    const v1 = (a[word + 1] ?? 0) & (b[at + 1] ?? 0);
    const v2 = (a[word + 2] ?? 0) & (b[at + 2] ?? 0);
    const v3 = (a[word + 3] ?? 0) & (b[at + 3] ?? 0);
    const v4 = (a[word + 4] ?? 0) & (b[at + 4] ?? 0);
    const v5 = (a[word + 5] ?? 0) & (b[at + 5] ?? 0);
    const v6 = (a[word + 6] ?? 0) & (b[at + 6] ?? 0);
    const v7 = (a[word + 7] ?? 0) & (b[at + 7] ?? 0);
    // Each pair of lines is a full adder: a sum, and a carry that counts twice as much.
    const x0 = one ^ v0;
    const twoA = (one & v0) | (x0 & v1);
    const s0 = x0 ^ v1;
    const x1 = s0 ^ v2;
    const twoB = (s0 & v2) | (x1 & v3);
    const s1 = x1 ^ v3;
    const x2 = s1 ^ v4;
    const twoC = (s1 & v4) | (x2 & v5);
    const s2 = x2 ^ v5;
    const x3 = s2 ^ v6;
    const twoD = (s2 & v6) | (x3 & v7);
    one = x3 ^ v7;
    const y0 = two ^ twoA;
    const fourA = (two & twoA) | (y0 & twoB);
    const t0 = y0 ^ twoB;
    const y1 = t0 ^ twoC;
    const fourB = (t0 & twoC) | (y1 & twoD);
    two = y1 ^ twoD;
    const w0 = four ^ fourA;
    const eight = (four & fourA) | (w0 & fourB);
    four = w0 ^ fourB;
    count += ones(eight);
  }
  count = count * 8 + ones(four) * 4 + ones(two) * 2 + ones(one);
  for (; word < end; word += 1) count += ones((a[word] ?? 0) & (b[from + word] ?? 0));
  return count;
}
