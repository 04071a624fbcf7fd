import type { RowLayout, RowSets } from './row-sets.ts';

/**
 * The same sets the other way round: for each joined row the values that it has, a bit each, 32 to a
 * number. Where few partners are left, adding up their numbers – bit by bit, 32 counts at once – is
 * less work than going through the set of every value.
 */
export class Profiles {
  /** Numbers a row. */
  readonly width: number;
  readonly #bits: Int32Array;

  /** @param values sets whose values stand one after another. */
  constructor({ blocks }: RowLayout, values: readonly RowSets[]) {
    const count = values.reduce((sum, { sets }) => sum + sets.length, 0);
    this.width = (count + 31) >>> 5;
    this.#bits = new Int32Array(blocks * 32 * this.width);
    let value = 0;
    for (const { sets } of values) {
      for (const { bits, from } of sets) {
        for (let block = 0; block < blocks; block += 1) {
          for (let rest = bits[from + block] ?? 0; rest !== 0; rest &= rest - 1) {
            const place = (block * 32 + 31 - Math.clz32(rest & -rest)) * this.width + (value >>> 5);
            this.#bits[place] = (this.#bits[place] ?? 0) | (1 << value);
          }
        }
        value += 1;
      }
    }
  }

  /** The values of one row: the number that holds those from `word * 32` on. */
  at(block: number, bit: number, word: number): number {
    return this.#bits[(block * 32 + bit) * this.width + word] ?? 0;
  }
}

/** Bit `n` of the numbers: how often each of the 32 bits is set in `count` numbers, as binary digits. */
const digits = new Int32Array(32);

/**
 * Adds to 32 counts how often each bit is set in the first `count` numbers. Eight numbers are added at
 * a time as by a circuit of full adders, each bit by itself ("positional population count", M. Klarqvist,
 * W. Muła and D. Lemire, "Efficient computation of positional population counts using SIMD
 * instructions", 2019).
 * @param from the first bit that is asked for, and how many.
 */
export function addBitCounts(
  numbers: Int32Array,
  count: number,
  { first, values }: { readonly first: number; readonly values: number },
  counts: Int32Array,
  at: number,
): void {
  digits.fill(0);
  let one = 0;
  let two = 0;
  let four = 0;
  let place = 0;
  let most = 3;
  for (; place < count; place += 8) {
    const v0 = numbers[place] ?? 0;
    const v1 = numbers[place + 1] ?? 0;
    const v2 = numbers[place + 2] ?? 0;
    const v3 = numbers[place + 3] ?? 0;
    const v4 = numbers[place + 4] ?? 0;
    const v5 = numbers[place + 5] ?? 0;
    const v6 = numbers[place + 6] ?? 0;
    const v7 = numbers[place + 7] ?? 0;
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
    let carry = (four & fourA) | (w0 & fourB);
    four = w0 ^ fourB;
    for (let digit = 3; carry !== 0; digit += 1) {
      const before = digits[digit] ?? 0;
      digits[digit] = before ^ carry;
      carry &= before;
      if (digit >= most) most = digit + 1;
    }
  }
  digits[0] = one;
  digits[1] = two;
  digits[2] = four;
  for (let value = 0; value < values; value += 1) {
    const bit = first + value;
    let sum = 0;
    for (let digit = 0; digit < most; digit += 1) sum += (((digits[digit] ?? 0) >>> bit) & 1) << digit;
    counts[at + value] = (counts[at + value] ?? 0) + sum;
  }
}
