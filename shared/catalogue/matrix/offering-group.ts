import { gradeOrder } from '../../programs/grades.ts';
import {
  both,
  countBoth,
  countOwners,
  either,
  owned,
  owners,
  without,
  type Bits,
  type OwnedRows,
  type RowBits,
} from './bits.ts';
import { int, none, partsOf, real, type MatrixColumns } from './columns.ts';
import { perSnapshot } from './per-snapshot.ts';
import type { MatrixQuery } from './query-words.ts';
import { costSteps, offeringPlanes, offeringsWithin, type YearCosts } from './year-costs.ts';

/** For each value of the words that look at offerings, the offerings that have it. */
const indexOf = perSnapshot((columns) => {
  const { offerings, approvals } = columns;
  const planes = offeringPlanes(columns);
  const withOwners = (values: readonly RowBits[]): readonly OwnedRows[] =>
    values.map((rows) => owned(rows, planes.words));
  const rows = planes.where(() => true);
  const stated = planes.byEntry(approvals.areaIds, offerings.areas);
  // An offering without an area counts for any.
  const forAny = without(rows, either(planes.none(), ...stated));
  return {
    rows,
    nothing: planes.none(),
    services: withOwners(planes.byValue(offerings.serviceIds.ids.length, (row) => [int(offerings.service, row)])),
    conditions: withOwners(planes.byEntry(offerings.conditionIds, offerings.conditions)),
    grades: withOwners(
      gradeOrder.map((_, grade) => planes.where((row) => ((int(offerings.grades, row) >>> grade) & 1) === 1)),
    ),
    areas: withOwners(stated.map((area) => either(area, forAny))),
    forAny,
  };
});

/** The words that one offering has to satisfy together. */
type Word = 'service' | 'grade' | 'condition' | 'area' | 'cost';
const words: readonly Word[] = ['service', 'grade', 'condition', 'area', 'cost'];

/**
 * The words `service`, `grade`, `condition`, `max` and `unpriced`: one offering has to satisfy them
 * all, and the asked areas with them. While none of them is asked, no offering is demanded.
 */
export class OfferingGroup {
  readonly passes: Bits;
  /** Whether a partner needs a matching offering at all. */
  readonly isDemanded: boolean;
  readonly #index: ReturnType<typeof indexOf>;
  readonly #columns: MatrixColumns;
  readonly #costs: YearCosts;
  readonly #unpricedToo: boolean;
  /** Known costs within `max`. */
  readonly #within: RowBits;
  /** By word, the offerings that satisfy it; undefined where it is not asked. */
  readonly #satisfying: Readonly<Record<Word, RowBits | undefined>>;
  /** The offerings that satisfy every word. */
  readonly #matching: RowBits;

  constructor(columns: MatrixColumns, query: MatrixQuery, costs: YearCosts, everyone: Bits) {
    const { offerings, approvals } = columns;
    const index = indexOf(columns);
    const anyOf = (values: readonly OwnedRows[], places: readonly number[]): RowBits | undefined => {
      const [first, ...more] = places.map((place) => values[place]?.rows ?? index.nothing);
      return first === undefined ? undefined : either(first, ...more);
    };
    const placesOf = (ids: readonly string[], place: ReadonlyMap<string, number>): readonly number[] =>
      ids.map((id) => place.get(id) ?? none);
    this.#index = index;
    this.#columns = columns;
    this.#costs = costs;
    this.#unpricedToo = query.unpriced === undefined;
    const step = costSteps.findIndex((one) => one === query.max);
    this.#within =
      query.max === undefined
        ? costs.priced
        : (costs.within[step]?.rows ?? offeringsWithin(columns, costs.compared, query.max * 100));
    const area = anyOf(index.areas, placesOf(query.area, approvals.areaIds.place));
    this.#satisfying = {
      service: anyOf(index.services, placesOf(query.service, offerings.serviceIds.place)),
      grade: anyOf(
        index.grades,
        query.grade.map((grade) => gradeOrder.indexOf(grade)),
      ),
      condition: anyOf(index.conditions, placesOf(query.condition, offerings.conditionIds.place)),
      area: area === undefined ? undefined : either(area, index.forAny),
      cost: query.max === undefined && this.#unpricedToo ? undefined : this.#orUnpriced(this.#within),
    };
    this.#matching = this.#satisfyingAllBut();
    this.isDemanded = words.some((word) => word !== 'area' && this.#satisfying[word] !== undefined);
    this.passes = this.isDemanded ? owners(this.#matching, this.#matching, everyone.length) : everyone;
  }

  #orUnpriced(rows: RowBits): RowBits {
    return this.#unpricedToo ? either(rows, this.#costs.unpriced) : rows;
  }

  /** The offerings that satisfy every word but the one left out. */
  #satisfyingAllBut(leftOut?: Word): RowBits {
    const [first, ...more] = words
      .map((word) => (word === leftOut ? undefined : this.#satisfying[word]))
      .filter((rows) => rows !== undefined);
    return first === undefined ? this.#index.rows : both(first, ...more);
  }

  /** The offerings that satisfy every word but `area`. */
  fittingBarArea(): RowBits {
    return this.#satisfyingAllBut('area');
  }

  /** The offerings for the area at this place – or, where it is added to the asked ones, for any of these. */
  inArea(area: number, isAdded: boolean): RowBits {
    const here = this.#index.areas[area]?.rows ?? this.#index.forAny;
    const asked = this.#satisfying.area;
    return isAdded && asked !== undefined ? either(here, asked) : here;
  }

  /** How many of `partners` each value would let through in place of its word's present ones. */
  count(partners: Bits) {
    const each = (word: Word, values: readonly OwnedRows[]): readonly number[] => {
      const rest = this.#satisfyingAllBut(word);
      // Where no other word is asked, it is known beforehand who has such an offering.
      if (rest === this.#index.rows) return values.map((value) => countBoth(value.owners, partners));
      return values.map((value) => countOwners(value.rows, rest, partners));
    };
    const { services, grades: graded, conditions } = this.#index;
    return {
      service: each('service', services),
      grade: each('grade', graded),
      condition: each('condition', conditions),
      max: each('cost', this.#unpricedToo ? this.#costs.withinOrUnpriced : this.#costs.within),
      unpriced: [countOwners(this.#within, this.#satisfyingAllBut('cost'), partners)],
    };
  }

  /** Whether the offering in this row of the columns satisfies every word. */
  matches(row: number): boolean {
    return offeringPlanes(this.#columns).has(this.#matching, row);
  }

  /** The offering with the lowest cost among those that satisfy every word; undefined where none can be turned. */
  cheapest(partner: number): number | undefined {
    const { offerings } = this.#columns;
    const cost = (row: number): number => real(this.#costs.compared, row);
    return partsOf(offerings.from, partner)
      .filter((row) => cost(row) !== none && this.matches(row))
      .reduce<number | undefined>(
        (best, row) => (best === undefined || cost(row) < cost(best) ? row : best),
        undefined,
      );
  }

  /** In cents; above every cost where there is none. */
  lowestCost(partner: number): number {
    const row = this.cheapest(partner);
    return row === undefined ? Number.MAX_VALUE : real(this.#costs.compared, row);
  }
}
