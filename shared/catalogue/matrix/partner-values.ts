import { countOf } from './bit-counts.ts';
import { allOf } from './bit-sets.ts';
import { lowest, wordsFor, type Bits } from './bits.ts';
import type { ListColumn } from './columns.ts';
import { RowList } from './row-list.ts';
import { addValueCounts } from './value-counts.ts';
import type { Places } from './value-places.ts';

/** Partners of whom it is known beforehand how many have each value. */
export interface Base {
  readonly bits: Bits;
  total: number;
  readonly counts: Int32Array;
}

/**
 * The sets of bits the other way round: for each partner the values that it has, a bit each, in columns
 * of 32 values. The counts of all facets are then the sum of the numbers of those who were found, added
 * up 32 counts at once – or, where fewer are not found than are, what the sum of these leaves of a base.
 */
export class PartnerValues {
  /** Everyone, and those whom nearly every query begins with. */
  readonly everyone: Base;
  readonly listed: Base;
  /** How many columns there are; the last one stands for the rare values, if there are any. */
  readonly columns: number;
  readonly #columns: readonly Int32Array[];
  /** By partner, the places of values that so few have that a bit for each would be wasted. */
  readonly #rare: ListColumn;
  readonly #size: number;
  readonly #list: RowList;
  readonly #words: number;
  /** By column, whether a base has to be counted anew. */
  readonly #stale: Uint8Array;

  /**
   * @param count of partners.
   * @param bits how many columns of values there are.
   * @param rare by partner, the places of rare values, of which there are `rareCount` behind those of the columns.
   */
  constructor(count: number, bits: number, rare: ListColumn, rareCount: number) {
    this.columns = rareCount === 0 ? bits : bits + 1;
    this.#size = bits * 32 + rareCount;
    this.#words = wordsFor(count);
    this.#columns = Array.from({ length: bits }, () => new Int32Array(count + 1));
    this.#rare = rare;
    this.#list = new RowList(count);
    this.everyone = { bits: allOf(count), total: count, counts: this.scratch() };
    this.listed = { bits: new Int32Array(this.#words), total: 0, counts: this.scratch() };
    this.#stale = new Uint8Array(this.columns).fill(1);
  }

  /** A list for the counts of all values. */
  scratch(): Int32Array {
    return new Int32Array(this.#size);
  }

  /** Says anew who has each value of a list. @param owners so many numbers for each as a set of partners has. */
  write({ slots, columns }: Places, owners: Int32Array): void {
    for (const place of columns) {
      let kept = -1;
      for (const slot of slots) if (slot >>> 5 === place) kept &= ~(1 << slot);
      const column = this.#columns[place];
      if (column !== undefined && kept !== -1)
        for (let row = 0; row < column.length; row += 1) column[row] = (column[row] ?? 0) & kept;
      this.#stale[place] = 1;
    }
    const words = this.#words;
    for (const [value, slot] of slots.entries()) {
      for (let word = 0; word < words; word += 1) {
        for (let rest = owners[value * words + word] ?? 0; rest !== 0; rest &= rest - 1)
          this.put(word * 32 + lowest(rest), slot);
      }
    }
  }

  /** Says that a partner has a value, before the bases are first counted. */
  put(row: number, slot: number): void {
    const column = this.#columns[slot >>> 5];
    if (column !== undefined) column[row] = (column[row] ?? 0) | (1 << slot);
  }

  /** Counts the bases where something was written. @param listed who belongs to the second; undefined where that stays. */
  settle(listed?: Bits): void {
    if (listed !== undefined) {
      this.listed.bits.set(listed);
      this.listed.total = countOf(listed);
      this.#stale.fill(1);
    }
    for (const { bits, counts } of [this.everyone, this.listed]) {
      this.#list.read(bits);
      for (const [column, isStale] of this.#stale.entries()) if (isStale === 1) this.count(column, this.#list, counts);
    }
    this.#stale.fill(0);
  }

  /**
   * Counts how many of the listed partners have each value of a column.
   * @param restOf the base of which the listed are left out.
   */
  count(place: number, { rows, length, filled }: RowList, counts: Int32Array, restOf?: Base): void {
    const column = this.#columns[place];
    const first = place * 32;
    const end = column === undefined ? counts.length : first + 32;
    counts.fill(0, first, end);
    if (column === undefined) this.#countRare(rows, length, counts);
    else addValueCounts(column, rows, filled, counts, first);
    if (restOf === undefined) return;
    for (let slot = first; slot < end; slot += 1) counts[slot] = (restOf.counts[slot] ?? 0) - (counts[slot] ?? 0);
  }

  #countRare(rows: Int32Array, length: number, counts: Int32Array): void {
    const { from, place } = this.#rare;
    for (let index = 0; index < length; index += 1) {
      const row = rows[index] ?? 0;
      const end = from[row + 1] ?? 0;
      for (let entry = from[row] ?? 0; entry < end; entry += 1) {
        const slot = place[entry] ?? 0;
        counts[slot] = (counts[slot] ?? 0) + 1;
      }
    }
  }
}
