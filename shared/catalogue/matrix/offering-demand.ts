import { gradeOrder } from '../../programs/grades.ts';
import { int, none, real, type ListColumn, type MatrixColumns, type OfferingColumns } from './columns.ts';
import { costSteps, type FacetLayout, type Tally } from './facets.ts';
import type { MatrixQuery } from './query-words.ts';
import type { YearCosts } from './year-costs.ts';

/** The words that one offering has to satisfy together, a bit each. */
export const offeringWord = { service: 1, grade: 2, condition: 4, area: 8, cost: 16 } as const;
const everyWord = 31;

/** The places of asked values, as a list and as marks. */
class AskedValues {
  places: readonly number[] = [];
  readonly marks: Uint8Array;
  readonly #place: ReadonlyMap<string, number>;

  constructor({ ids, place }: { readonly ids: readonly string[]; readonly place: ReadonlyMap<string, number> }) {
    this.marks = new Uint8Array(ids.length);
    this.#place = place;
  }

  ask(ids: readonly string[]): void {
    for (const place of this.places) if (place >= 0) this.marks[place] = 0;
    this.places = ids.length === 0 ? nothing : ids.map((id) => this.#place.get(id) ?? none);
    for (const place of this.places) if (place >= 0) this.marks[place] = 1;
  }

  areIn({ from, place }: ListColumn, row: number): boolean {
    const end = int(from, row + 1);
    for (let entry = int(from, row); entry < end; entry += 1) if (this.marks[int(place, entry)] === 1) return true;
    return false;
  }
}

const nothing: readonly number[] = [];

/**
 * The words `service`, `grade`, `condition`, `max` and `unpriced`, asked of one partner: one offering
 * has to satisfy them all, and the asked areas with them. While none of them is asked, no offering is
 * demanded.
 */
export class OfferingDemand {
  readonly service: AskedValues;
  readonly condition: AskedValues;
  readonly area: AskedValues;
  /** A bit for each asked grade. */
  grades = 0;
  /** Cents; `Infinity` where no limit is asked. */
  most = Number.POSITIVE_INFINITY;
  unpricedToo = true;
  /** A bit for each word that is asked; see `offeringWord`. */
  asked = 0;
  readonly #offerings: OfferingColumns;
  #compared: Float64Array = new Float64Array();

  constructor({ offerings, approvals }: MatrixColumns) {
    this.#offerings = offerings;
    this.service = new AskedValues(offerings.serviceIds);
    this.condition = new AskedValues(offerings.conditionIds);
    this.area = new AskedValues(approvals.areaIds);
  }

  ask(query: MatrixQuery, { compared }: YearCosts): void {
    this.service.ask(query.service);
    this.condition.ask(query.condition);
    this.area.ask(query.area);
    this.grades = 0;
    for (const grade of query.grade) this.grades |= 1 << gradeOrder.indexOf(grade);
    this.most = query.max === undefined ? Number.POSITIVE_INFINITY : query.max * 100;
    this.unpricedToo = query.unpriced === undefined;
    this.asked =
      (query.service.length > 0 ? offeringWord.service : 0) |
      (query.grade.length > 0 ? offeringWord.grade : 0) |
      (query.condition.length > 0 ? offeringWord.condition : 0) |
      (query.area.length > 0 ? offeringWord.area : 0) |
      (query.max !== undefined || !this.unpricedToo ? offeringWord.cost : 0);
    this.#compared = compared;
  }

  get isDemanded(): boolean {
    return (this.asked & ~offeringWord.area) !== 0;
  }

  /** The words that the offering satisfies, those that nobody asks among them. */
  #satisfied(row: number): number {
    const { service, grades, conditions, areas } = this.#offerings;
    const { asked } = this;
    let words = everyWord & ~asked;
    if ((asked & offeringWord.service) !== 0 && this.service.marks[int(service, row)] === 1)
      words |= offeringWord.service;
    if ((asked & offeringWord.grade) !== 0 && (int(grades, row) & this.grades) !== 0) words |= offeringWord.grade;
    if ((asked & offeringWord.condition) !== 0 && this.condition.areIn(conditions, row))
      words |= offeringWord.condition;
    if ((asked & offeringWord.area) !== 0 && (this.#isForAny(row) || this.area.areIn(areas, row)))
      words |= offeringWord.area;
    if ((asked & offeringWord.cost) !== 0) {
      const cost = real(this.#compared, row);
      if (cost === none ? this.unpricedToo : cost <= this.most) words |= offeringWord.cost;
    }
    return words;
  }

  /** An offering without an area counts for any. */
  #isForAny(row: number): boolean {
    const { from } = this.#offerings.areas;
    return int(from, row) === int(from, row + 1);
  }

  /** Whether the offering in this row of the columns satisfies every word. */
  matches(row: number): boolean {
    return this.#satisfied(row) === everyWord;
  }

  passes(partner: number): boolean {
    return !this.isDemanded || this.#hasMatching(partner);
  }

  /** Whether the partner would pass if those without a price were not left out. */
  passesUnpriced(partner: number): boolean {
    const { from } = this.#offerings;
    const end = int(from, partner + 1);
    if ((this.asked & ~(offeringWord.area | offeringWord.cost)) === 0 && this.most === Number.POSITIVE_INFINITY)
      return true;
    for (let row = int(from, partner); row < end; row += 1) {
      const cost = real(this.#compared, row);
      if ((this.#satisfied(row) | offeringWord.cost) === everyWord && (cost === none || cost <= this.most)) return true;
    }
    return false;
  }

  #hasMatching(partner: number): boolean {
    const { from } = this.#offerings;
    const end = int(from, partner + 1);
    for (let row = int(from, partner); row < end; row += 1) if (this.matches(row)) return true;
    return false;
  }

  /**
   * Whether one offering satisfies every word, with this area in place of the asked ones – or, where
   * it is added to them, with any of these too.
   */
  fitsIn(partner: number, area: number, isAdded: boolean): boolean {
    const { from, areas } = this.#offerings;
    const end = int(from, partner + 1);
    for (let row = int(from, partner); row < end; row += 1) {
      if ((this.#satisfied(row) | offeringWord.area) !== everyWord) continue;
      if (this.#isForAny(row) || (isAdded && this.area.areIn(areas, row))) return true;
      const last = int(areas.from, row + 1);
      for (let entry = int(areas.from, row); entry < last; entry += 1)
        if (int(areas.place, entry) === area) return true;
    }
    return false;
  }

  /** Counts the partner for each value that would let it pass in place of its word's present ones. */
  count(partner: number, tally: Tally, { at }: FacetLayout): void {
    const { from, service, grades, conditions } = this.#offerings;
    const end = int(from, partner + 1);
    let graded = 0;
    let lowest = Number.POSITIVE_INFINITY;
    let hasUnpriced = false;
    for (let row = int(from, partner); row < end; row += 1) {
      const words = this.#satisfied(row);
      if ((words | offeringWord.service) === everyWord && int(service, row) >= 0)
        tally.add(at.service + int(service, row));
      if ((words | offeringWord.grade) === everyWord) graded |= int(grades, row);
      if ((words | offeringWord.condition) === everyWord) {
        const last = int(conditions.from, row + 1);
        for (let entry = int(conditions.from, row); entry < last; entry += 1)
          tally.add(at.condition + int(conditions.place, entry));
      }
      if ((words | offeringWord.cost) === everyWord) {
        const cost = real(this.#compared, row);
        if (cost === none) hasUnpriced = true;
        else if (cost < lowest) lowest = cost;
      }
    }
    for (; graded !== 0; graded &= graded - 1) tally.add(at.grade + 31 - Math.clz32(graded & -graded));
    const free = this.unpricedToo && hasUnpriced;
    for (let step = 0; step < costSteps.length; step += 1)
      if (free || lowest <= (costSteps[step] ?? 0) * 100) tally.add(at.max + step);
    if (lowest !== Number.POSITIVE_INFINITY && lowest <= this.most) tally.add(at.unpriced);
  }

  /** The offering with the lowest cost among those that satisfy every word; undefined where none can be turned. */
  cheapest(partner: number): number | undefined {
    const { from } = this.#offerings;
    const end = int(from, partner + 1);
    let best: number | undefined;
    for (let row = int(from, partner); row < end; row += 1) {
      const cost = real(this.#compared, row);
      if (cost === none || (best !== undefined && cost >= real(this.#compared, best))) continue;
      if (this.matches(row)) best = row;
    }
    return best;
  }

  /** In cents; above every cost where there is none. */
  lowestCost(partner: number): number {
    const row = this.cheapest(partner);
    return row === undefined ? Number.MAX_VALUE : real(this.#compared, row);
  }
}
