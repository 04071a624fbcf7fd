import { countOf } from './bit-counts.ts';
import { allOf, intersect } from './bit-sets.ts';
import { wordsFor, type Bits } from './bits.ts';
import type { PartnerSet } from './partner-set.ts';
import type { RowSet } from './row-sets.ts';
import type { Group } from './single-pass.ts';

/**
 * What a query asks, one after another: a partner has to pass each. Where one row of a partner stands for
 * all, every word is a hurdle by itself; else the words of a group are one together.
 */
export type Hurdle =
  | 'status'
  | 'area'
  | 'approval'
  | 'service'
  | 'grade'
  | 'condition'
  | 'cost'
  | 'offering'
  | 'tier'
  | 'fund'
  | 'population'
  | 'outcome'
  | 'finding'
  | 'record'
  | 'capacity'
  | 'site'
  | 'text';

/** What one group asks, and the hurdle that it is part of, nearly always as a whole. */
interface Part {
  readonly hurdle: Hurdle;
  readonly group: Group;
  readonly set: RowSet;
  readonly whole: RowSet;
}

/**
 * The partners that pass every hurdle of a query, and those that fail at one only. A facet counts among
 * those who pass all the hurdles but its own, which are the found ones and those who fail at this one. Nobody
 * fails at two of them only, so each partner is looked at once, however many facets there are.
 */
export class Hurdles {
  /** Who passes all. */
  found: Bits;
  total = 0;
  readonly #everyone: Bits;
  readonly #failingOne: Bits;
  readonly #parts: Part[] = [];

  constructor(partners: number) {
    this.#everyone = allOf(partners);
    this.found = new Int32Array(wordsFor(partners));
    this.#failingOne = new Int32Array(wordsFor(partners));
  }

  /** @param found where the partners that pass are written. */
  begin(found: Bits): void {
    this.found = found;
    found.set(this.#everyone);
    this.#failingOne.fill(0);
    this.#parts.length = 0;
  }

  /** Adds a hurdle of one group; none where the group asks for nothing. */
  add(hurdle: Hurdle, group: Group, set: RowSet | undefined): void {
    if (set === undefined) return;
    this.#parts.push({ hurdle, group, set, whole: set });
    this.#pass(set);
  }

  /** Adds the areas of approvals and offerings, which are one hurdle. @param whole what the two have in common. */
  addAreas(approved: RowSet, offered: RowSet, whole: RowSet): void {
    this.#parts.push({ hurdle: 'area', group: 'approval', set: approved, whole });
    this.#parts.push({ hurdle: 'area', group: 'offering', set: offered, whole });
    this.#pass(whole);
  }

  #pass({ bits, from }: RowSet): void {
    const { found } = this;
    const failingOne = this.#failingOne;
    for (let word = 0; word < found.length; word += 1) {
      const passing = bits[from + word] ?? 0;
      const all = found[word] ?? 0;
      failingOne[word] = ((failingOne[word] ?? 0) & passing) | (all & ~passing);
      found[word] = all & passing;
    }
  }

  /** Counts who passes, once all hurdles are added. */
  end(): number {
    this.total = countOf(this.found);
    return this.total;
  }

  isAsked(hurdle: Hurdle): boolean {
    return this.#setOf(hurdle) !== undefined;
  }

  #setOf(hurdle: Hurdle): RowSet | undefined {
    for (const part of this.#parts) if (part.hurdle === hurdle) return part.whole;
    return undefined;
  }

  /** Writes who fails at this hurdle and no other; false where it is not asked. */
  failing(hurdle: Hurdle, into: Bits): boolean {
    const set = this.#setOf(hurdle);
    if (set === undefined) return false;
    const failingOne = this.#failingOne;
    const { bits, from } = set;
    for (let word = 0; word < into.length; word += 1) into[word] = (failingOne[word] ?? 0) & ~(bits[from + word] ?? 0);
    return true;
  }

  /** Who passes what all the groups ask but these. */
  allBut(into: PartnerSet, first: Group, second: Group = first): PartnerSet {
    this.#allBut(into.bits, first, second);
    return into.read();
  }

  /** The same for one group, as bits only. */
  bitsOfAllBut(into: Bits, group: Group): Bits {
    this.#allBut(into, group, group);
    return into;
  }

  #allBut(into: Bits, first: Group, second: Group): void {
    let before = this.#everyone;
    for (const { group, set } of this.#parts) {
      if (group === first || group === second) continue;
      intersect(into, before, set.bits, set.from);
      before = into;
    }
    if (before !== into) into.set(before);
  }
}
