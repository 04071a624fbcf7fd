import { ones } from './bit-counts.ts';
import type { Bits } from './bits.ts';
import { rowsInStep } from './value-counts.ts';

/** Partners one after another, to be counted by what each of them has. */
export class RowList {
  readonly rows: Int32Array;
  length = 0;
  /** With the rows of nobody behind the last, a multiple of `rowsInStep`. */
  filled = 0;
  readonly #nobody: number;

  /** @param count of all partners; the row behind the last has no values. */
  constructor(count: number) {
    this.rows = new Int32Array(count + 4 + rowsInStep);
    this.#nobody = count;
  }

  /**
   * Lists who is in a set.
   *
   * A number has few partners and never equally many, so four are written without asking whether they are
   * there, and what was written in vain is written over: a processor that foresees a wrong end of a loop
   * loses more time ("Iterating over set bits quickly", D. Lemire, 2018).
   */
  read(bits: Bits): void {
    const { rows } = this;
    const words = bits.length;
    let length = 0;
    for (let word = 0; word < words; word += 1) {
      let rest = bits[word] ?? 0;
      const last = word * 32 + 31;
      let place = length;
      length += ones(rest);
      for (;;) {
        rows[place] = last - Math.clz32(rest & -rest);
        rest &= rest - 1;
        rows[place + 1] = last - Math.clz32(rest & -rest);
        rest &= rest - 1;
        rows[place + 2] = last - Math.clz32(rest & -rest);
        rest &= rest - 1;
        rows[place + 3] = last - Math.clz32(rest & -rest);
        rest &= rest - 1;
        if (rest === 0) break;
        place += 4;
      }
    }
    this.length = length;
    let filled = length;
    for (; filled % rowsInStep !== 0; filled += 1) rows[filled] = this.#nobody;
    this.filled = filled;
  }
}
