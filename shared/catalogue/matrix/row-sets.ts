import { countCommon, countOf } from './bit-counts.ts';
import { lowest, type Bits } from './bits.ts';
import { int, type IntColumn, type ListColumn } from './columns.ts';
import type { PartnerSet } from './partner-set.ts';
import type { Profiles } from './profiles.ts';
import { addValueCounts, rowsInStep } from './value-counts.ts';

/**
 * Sets of rows of one partner each – its offerings, say – so that "one row with this and that" is
 * `and` over numbers, as for partners.
 *
 * Rows of a partner that differ in one thing only are one row with several values: whatever is asked
 * of each thing, one of them satisfies it all where the joined row does. Each word of a set of partners
 * (32 of them) has as many blocks as the one of them with the most joined rows: the first rows of the
 * 32 make the first block, their second rows the next. In each block a row's bit stands at its
 * partner's place, so that `or` over the blocks of a word gives the partners that have such a row. One
 * partner with a hundred rows costs its own word a hundred blocks and the other words none.
 */
export class RowLayout {
  /** Numbers in a set of partners. */
  readonly words: number;
  /** By word of partners, where its blocks begin, with the end of the last one behind. */
  readonly start: Int32Array;
  readonly blocks: number;
  /** Whether no partner has two joined rows, so that a set of rows is a set of partners. */
  readonly isFlat: boolean;
  readonly #from: IntColumn;
  /** By row, which of its partner's joined rows it is part of. */
  readonly #joined: Uint16Array;

  /**
   * @param from where the rows of each partner begin, with the end of the last one behind.
   * @param differences the things in which two rows of a partner differ, a bit each; several bits for
   * a thing of which more than one is asked.
   */
  constructor(from: IntColumn, differences: (a: number, b: number) => number) {
    const partners = from.length - 1;
    this.#from = from;
    this.#joined = new Uint16Array(from[partners] ?? 0);
    this.words = (partners + 31) >>> 5;
    this.start = new Int32Array(this.words + 1);
    for (let word = 0; word < this.words; word += 1) {
      let most = 0;
      for (let partner = word * 32; partner < Math.min(partners, word * 32 + 32); partner += 1)
        most = Math.max(most, this.#join(partner, differences));
      this.start[word + 1] = (this.start[word] ?? 0) + most;
    }
    this.blocks = this.start[this.words] ?? 0;
    this.isFlat = this.start.every((block, word) => block === word);
  }

  /** Joins the rows of a partner with the first that they differ from in the same one thing. Gives how many are left. */
  #join(partner: number, differences: (a: number, b: number) => number): number {
    const first = this.#from[partner] ?? 0;
    const end = this.#from[partner + 1] ?? 0;
    if (end - first <= 1) return end - first;
    const bases: number[] = [];
    /** For each joined row, the one thing in which its rows may differ; 0 while they are all the same. */
    const open: number[] = [];
    for (let row = first; row < end; row += 1) {
      let place = 0;
      for (; place < bases.length; place += 1) {
        const differing = differences(bases[place] ?? row, row);
        const allowed = open[place] ?? 0;
        if ((differing & ~allowed) === 0) break;
        if (allowed === 0 && (differing & (differing - 1)) === 0) {
          open[place] = differing;
          break;
        }
      }
      if (place === bases.length) {
        bases.push(row);
        open.push(0);
      }
      this.#joined[row] = place;
    }
    return bases.length;
  }

  /** Calls with each row, the number that holds the bit of its joined row, and that bit. */
  eachRow(call: (row: number, block: number, bit: number) => void): void {
    const partners = this.#from.length - 1;
    for (let partner = 0; partner < partners; partner += 1) {
      const first = this.#from[partner] ?? 0;
      const end = this.#from[partner + 1] ?? 0;
      const block = this.start[partner >>> 5] ?? 0;
      for (let row = first; row < end; row += 1) call(row, block + (this.#joined[row] ?? 0), 1 << partner);
    }
  }
}

/** One set of rows: so many numbers of `bits` as the layout has blocks, from `from` on. */
export interface RowSet {
  readonly bits: Int32Array;
  readonly from: number;
}

/** For each of some values, the rows that have it and the partners that have such a row. */
export class RowSets {
  readonly layout: RowLayout;
  readonly sets: readonly RowSet[];
  /** By value, `layout.words` numbers: the partners. */
  readonly owners: Int32Array;

  /** @param fill calls with each row that has a value. */
  constructor(
    layout: RowLayout,
    values: number,
    fill: (has: (value: number, block: number, bit: number) => void) => void,
  ) {
    const { blocks, words, start } = layout;
    const bits = new Int32Array(values * blocks);
    this.layout = layout;
    this.sets = Array.from({ length: values }, (_, value) => ({ bits, from: value * blocks }));
    fill((value, block, bit) => {
      const place = value * blocks + block;
      bits[place] = (bits[place] ?? 0) | bit;
    });
    // Where no partner has two rows, the sets of rows are sets of partners.
    this.owners = layout.isFlat ? bits : new Int32Array(values * words);
    for (let value = 0; !layout.isFlat && value < values; value += 1) {
      for (let word = 0; word < words; word += 1) {
        let owner = 0;
        for (let block = start[word] ?? 0; block < (start[word + 1] ?? 0); block += 1)
          owner |= bits[value * blocks + block] ?? 0;
        this.owners[value * words + word] = owner;
      }
    }
  }

  /** Undefined for a place that no value has. */
  of(value: number): RowSet | undefined {
    return this.sets[value];
  }
}

/** A set of rows to be written, kept from query to query. */
export function scratchRows({ blocks }: RowLayout): RowSet {
  return { bits: new Int32Array(blocks), from: 0 };
}

/** The set of all rows. */
export function everyRowOf(layout: RowLayout): RowSet {
  const every = scratchRows(layout);
  layout.eachRow((_row, block, bit) => (every.bits[block] = (every.bits[block] ?? 0) | bit));
  return every;
}

/** Writes what is in both sets; `into` may be one of them. */
export function intersectRows({ bits: into }: RowSet, a: RowSet, b: RowSet): void {
  for (let block = 0; block < into.length; block += 1)
    into[block] = (a.bits[a.from + block] ?? 0) & (b.bits[b.from + block] ?? 0);
}

/** Writes what is in any of the sets. */
export function uniteRows({ bits: into }: RowSet, sets: readonly (RowSet | undefined)[]): void {
  into.fill(0);
  for (const set of sets) {
    if (set === undefined) continue;
    for (let block = 0; block < into.length; block += 1)
      into[block] = (into[block] ?? 0) | (set.bits[set.from + block] ?? 0);
  }
}

/** Writes the partners that have a row in the set. */
export function ownersOf(into: Bits, { start }: RowLayout, { bits, from }: RowSet): void {
  for (let word = 0; word < into.length; word += 1) {
    let owner = 0;
    for (let block = start[word] ?? 0; block < (start[word + 1] ?? 0); block += 1) owner |= bits[from + block] ?? 0;
    into[word] = owner;
  }
}

/** The rows of some partners that are in a set, made once and then counted with one value after another. */
export class RowsAmong {
  readonly #layout: RowLayout;
  readonly #rows: Int32Array;
  /** The words of partners in which there is such a row; most are without one when little was found. */
  readonly #words: Int32Array;
  #used = 0;
  /** Partners of the used words, one number after another, to be counted. */
  readonly #owners: Int32Array;
  readonly #gathered: Int32Array;
  /** Every place of what was gathered, in turn. */
  readonly #inTurn: Int32Array;
  readonly #sums = new Int32Array(32);

  constructor(layout: RowLayout) {
    this.#layout = layout;
    this.#gathered = new Int32Array(layout.words * 32 + rowsInStep);
    this.#inTurn = Int32Array.from(this.#gathered, (_, place) => place);
    this.#rows = new Int32Array(layout.blocks);
    this.#words = new Int32Array(layout.words);
    this.#owners = new Int32Array(layout.words);
  }

  set({ bits, from }: RowSet, partners: PartnerSet): void {
    const { start, isFlat } = this.#layout;
    const rows = this.#rows;
    let used = 0;
    if (isFlat) rows.fill(0);
    for (let index = 0; index < partners.used; index += 1) {
      const word = partners.words[index] ?? 0;
      const asked = partners.bits[word] ?? 0;
      const end = start[word + 1] ?? 0;
      let any = 0;
      for (let block = start[word] ?? 0; block < end; block += 1) {
        const common = (bits[from + block] ?? 0) & asked;
        rows[block] = common;
        any |= common;
      }
      this.#words[used] = word;
      used += any === 0 ? 0 : 1;
    }
    this.#used = used;
  }

  /** How many partners have one of the rows that is also in the other set. */
  count({ bits, from }: RowSet): number {
    const { start, isFlat } = this.#layout;
    const rows = this.#rows;
    const words = this.#words;
    const owners = this.#owners;
    const used = this.#used;
    if (isFlat && used * 2 > rows.length) return countCommon(rows, bits, from);
    for (let index = 0; index < used; index += 1) {
      const word = words[index] ?? 0;
      const end = start[word + 1] ?? 0;
      let owner = 0;
      for (let block = start[word] ?? 0; block < end; block += 1)
        owner |= (rows[block] ?? 0) & (bits[from + block] ?? 0);
      owners[index] = owner;
    }
    return countOf(owners, 0, used);
  }

  /** The same, and the partners have also to be in the set of as many numbers that begins at `at`. */
  countIn(set: RowSet, partners: Bits, at: number): number {
    for (let index = 0; index < this.#used; index += 1) {
      const word = this.#words[index] ?? 0;
      this.#owners[index] = this.ownersIn(word, set) & (partners[at + word] ?? 0);
    }
    return countOf(this.#owners, 0, this.#used);
  }

  /** How many partners there are at most for which the profiles of their rows are the less work. */
  isFew({ total, used }: PartnerSet, values: number): boolean {
    return total * 14 < values * used;
  }

  /**
   * Counts, for each of some values, the partners that have a row with it.
   * @param first the place of the first value in the profiles.
   */
  countEach(profiles: Profiles, first: number, values: number, counts: Int32Array, at: number): void {
    const { start } = this.#layout;
    for (let value = first; value < first + values;) {
      const number = value >>> 5;
      const end = Math.min(first + values, (number + 1) * 32);
      let gathered = 0;
      for (let index = 0; index < this.#used; index += 1) {
        const word = this.#words[index] ?? 0;
        const last = start[word + 1] ?? 0;
        let partners = 0;
        for (let block = start[word] ?? 0; block < last; block += 1) partners |= this.#rows[block] ?? 0;
        for (; partners !== 0; partners &= partners - 1) {
          const bit = lowest(partners);
          let has = 0;
          for (let block = start[word] ?? 0; block < last; block += 1)
            if ((((this.#rows[block] ?? 0) >>> bit) & 1) === 1) has |= profiles.at(block, bit, number);
          this.#gathered[gathered] = has;
          gathered += 1;
        }
      }
      for (; gathered % rowsInStep !== 0; gathered += 1) this.#gathered[gathered] = 0;
      this.#sums.fill(0);
      addValueCounts(this.#gathered, this.#inTurn, gathered, this.#sums, 0);
      for (; value < end; value += 1) counts[at + value - first] = this.#sums[value & 31] ?? 0;
    }
  }

  /** Among the partners of one word, those that have one of the rows that is also in the other set. */
  ownersIn(word: number, { bits, from }: RowSet): number {
    const { start } = this.#layout;
    const end = start[word + 1] ?? 0;
    let owner = 0;
    for (let block = start[word] ?? 0; block < end; block += 1)
      owner |= (this.#rows[block] ?? 0) & (bits[from + block] ?? 0);
    return owner;
  }

  /** Writes the partners that have one of the rows that is also in the other set, from `at` on. */
  owners(set: RowSet, into: Int32Array, at: number): void {
    into.fill(0, at, at + this.#layout.words);
    for (let index = 0; index < this.#used; index += 1) {
      const word = this.#words[index] ?? 0;
      into[at + word] = this.ownersIn(word, set);
    }
  }
}

/** For each value that rows list, the rows that list it. */
export function fillEntries(
  layout: RowLayout,
  { from, place }: ListColumn,
  has: (value: number, block: number, bit: number) => void,
): void {
  layout.eachRow((row, block, bit) => {
    const end = from[row + 1] ?? 0;
    for (let entry = from[row] ?? 0; entry < end; entry += 1) has(place[entry] ?? 0, block, bit);
  });
}

/** Whether two rows list the same, which they do in the same order. */
export function haveSameEntries({ from, place }: ListColumn, a: number, b: number): boolean {
  const first = int(from, a);
  const other = int(from, b);
  const count = int(from, a + 1) - first;
  if (int(from, b + 1) - other !== count) return false;
  for (let entry = 0; entry < count; entry += 1)
    if (int(place, first + entry) !== int(place, other + entry)) return false;
  return true;
}
