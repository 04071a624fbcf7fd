import { countOf } from './bit-counts.ts';
import { unite } from './bit-sets.ts';
import { wordsFor, type Bits } from './bits.ts';
import type { Hurdle, Hurdles } from './hurdles.ts';
import type { Base, PartnerValues } from './partner-values.ts';
import { RowList } from './row-list.ts';
import type { Places } from './value-places.ts';

/**
 * Counts the values of facets, each among the partners that pass all hurdles but its own. These are the
 * found ones and those that fail at this hurdle only; or a base without the rest, where the rest are fewer.
 */
export class FacetTally {
  readonly #values: PartnerValues;
  readonly #hurdles: Hurdles;
  #base: Base;
  readonly #found: Summed;
  readonly #more: Summed;
  #way: 'found' | 'more' | 'rest' = 'found';
  readonly #bits: Bits;
  /** How many partners those are among whom is counted. */
  size = 0;

  /** @param partners how many there are. */
  constructor(values: PartnerValues, hurdles: Hurdles, partners: number) {
    this.#values = values;
    this.#hurdles = hurdles;
    this.#base = values.everyone;
    this.#bits = new Int32Array(wordsFor(partners));
    this.#found = new Summed(values, partners);
    this.#more = new Summed(values, partners);
  }

  /** @param base has everybody who passes all hurdles, or all but one other than the status. */
  begin(base: Base): void {
    const { found, total } = this.#hurdles;
    this.#base = base;
    if (total * 2 > base.total) this.#found.begin(this.#rest(base, found), base);
    else this.#found.begin(found);
  }

  /** Counts from now on among those who pass all hurdles but this one; among the found where it is not asked. */
  among(hurdle: Hurdle): this {
    const hurdles = this.#hurdles;
    const more = this.#bits;
    this.size = hurdles.total;
    this.#way = 'found';
    if (!hurdles.failing(hurdle, more)) return this;
    const failing = countOf(more);
    this.size += failing;
    if (failing === 0) return this;
    // Who fails at the status belongs to no other base.
    const base = hurdle === 'status' ? this.#values.everyone : this.#base;
    if (failing <= base.total - this.size) {
      this.#way = 'more';
      this.#more.begin(more);
    } else {
      unite(more, hurdles.found);
      this.#way = 'rest';
      this.#more.begin(this.#rest(base, more), base);
    }
    return this;
  }

  /** Who is in the base and not among these. */
  #rest({ bits: base }: Base, bits: Bits): Bits {
    const rest = this.#bits;
    for (let word = 0; word < rest.length; word += 1) rest[word] = (base[word] ?? 0) & ~(bits[word] ?? 0);
    return rest;
  }

  /** Writes how many have each value of a list. */
  write(places: Places, counts: Int32Array, at: number): void {
    const { slots } = places;
    this.#count(places);
    const found = this.#found.counts;
    const more = this.#more.counts;
    if (this.#way === 'more') {
      for (let value = 0; value < slots.length; value += 1) {
        const slot = slots[value] ?? 0;
        counts[at + value] = (found[slot] ?? 0) + (more[slot] ?? 0);
      }
    } else {
      const all = this.#way === 'rest' ? more : found;
      for (let value = 0; value < slots.length; value += 1) counts[at + value] = all[slots[value] ?? 0] ?? 0;
    }
  }

  /** How many have one value of a list. */
  one(places: Places, value: number): number {
    this.#count(places);
    const slot = places.slots[value] ?? 0;
    const found = this.#way === 'rest' ? 0 : (this.#found.counts[slot] ?? 0);
    return found + (this.#way === 'found' ? 0 : (this.#more.counts[slot] ?? 0));
  }

  #count({ columns }: Places): void {
    if (this.#way !== 'rest') this.#found.count(columns);
    if (this.#way !== 'found') this.#more.count(columns);
  }
}

/** Listed partners and how many of them have each value, column by column as it is needed. */
class Summed {
  readonly #list: RowList;
  readonly counts: Int32Array;
  readonly #values: PartnerValues;
  /** By column, the turn in which it was counted. */
  readonly #counted: Int32Array;
  #turn = 0;
  #restOf: Base | undefined;

  constructor(values: PartnerValues, partners: number) {
    this.#list = new RowList(partners);
    this.counts = values.scratch();
    this.#values = values;
    this.#counted = new Int32Array(values.columns);
  }

  /** Lists who is in a set. @param restOf the base whose rest they are: it is counted who is in that and not listed. */
  begin(bits: Bits, restOf?: Base): void {
    this.#list.read(bits);
    this.#turn = (this.#turn + 1) | 0;
    this.#restOf = restOf;
  }

  count(columns: readonly number[]): void {
    for (const column of columns) {
      if (this.#counted[column] === this.#turn) continue;
      this.#counted[column] = this.#turn;
      this.#values.count(column, this.#list, this.counts, this.#restOf);
    }
  }
}
