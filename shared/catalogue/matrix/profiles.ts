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
