import { countCommon, countOf, ones } from './bit-counts.ts';
import type { Bits } from './bits.ts';

/** A set of partners that one value after another is counted in, with the words in which it has any. */
export class PartnerSet {
  readonly bits: Bits;
  /** The words that are not 0; so many as `used`. */
  readonly words: Int32Array;
  used = 0;
  /** How many partners there are. */
  total = 0;

  constructor(words: number) {
    this.bits = new Int32Array(words);
    this.words = new Int32Array(words);
  }

  /** Takes over what was written into `bits`. */
  read(): this {
    const { bits, words } = this;
    let used = 0;
    for (let word = 0; word < bits.length; word += 1) {
      words[used] = word;
      used += bits[word] === 0 ? 0 : 1;
    }
    this.used = used;
    this.total = countOf(bits);
    return this;
  }

  /** How many are also in the set of as many numbers that begins at `from`. */
  count(bits: Int32Array, from = 0): number {
    if (this.used * 2 > this.words.length) return countCommon(this.bits, bits, from);
    let count = 0;
    for (let index = 0; index < this.used; index += 1) {
      const word = this.words[index] ?? 0;
      count += ones((this.bits[word] ?? 0) & (bits[from + word] ?? 0));
    }
    return count;
  }
}
