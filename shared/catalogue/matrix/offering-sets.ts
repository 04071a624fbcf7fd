import { gradeOrder } from '../../programs/grades.ts';
import type { ApprovalSets } from './approval-sets.ts';
import { countCommon } from './bit-counts.ts';
import { lowest, wordsFor, type Bits } from './bits.ts';
import { int, none, real, type MatrixColumns, type OfferingColumns, type PriceColumns } from './columns.ts';
import { costSteps, type FacetLayout } from './facets.ts';
import type { Hurdles } from './hurdles.ts';
import { offeringWord, type OfferingDemand } from './offering-demand.ts';
import type { PartnerSet } from './partner-set.ts';
import { Profiles } from './profiles.ts';
import {
  everyRowOf,
  fillEntries,
  haveSameEntries,
  RowLayout,
  RowsAmong,
  RowSets,
  ownersOf,
  scratchRows,
  intersectRows,
  uniteRows,
  type RowSet,
} from './row-sets.ts';
import type { YearCosts } from './year-costs.ts';

type Word = keyof typeof offeringWord;
const words = ['service', 'grade', 'condition', 'area', 'cost'] as const satisfies readonly Word[];

/** Sets that follow from the scenario: offerings within each step, the same or unpriced, priced ones, unpriced ones. */
const priced = costSteps.length * 2;
const unpriced = priced + 1;

/** What `OfferingDemand` asks of one partner, asked of all of them at once. */
export class OfferingSets {
  readonly #demand: OfferingDemand;
  readonly #layout: RowLayout;
  readonly #words: number;
  readonly #services: RowSets;
  readonly #grades: RowSets;
  readonly #conditions: RowSets;
  /** By area, the offerings for it or for any; behind them, those for any. */
  readonly #areas: RowSets;
  #costs: RowSets | undefined;
  #costsOf: YearCosts | undefined;
  readonly #passing: RowSet;
  readonly #among: RowsAmong;
  /** The words that the rows of `#among` satisfy; -1 where they are of other partners. */
  #othersAmong = -1;
  /** By word, the offerings that satisfy it; undefined where it is not asked. */
  readonly #satisfying: Record<Word, RowSet | undefined> = {
    service: undefined,
    grade: undefined,
    condition: undefined,
    area: undefined,
    cost: undefined,
  };
  readonly #scratch: Readonly<Record<Word, RowSet>>;
  #madeProfiles: Profiles | undefined;
  #madeCostProfiles: Profiles | undefined;
  readonly #every: RowSet;
  readonly #rest: RowSet;
  readonly #within: RowSet;
  readonly #added: RowSet;
  readonly #unpricedOwners: Bits;

  constructor({ offerings, approvals, partners }: MatrixColumns, demand: OfferingDemand) {
    this.#demand = demand;
    const layout = new RowLayout(offerings.from, (a, b) => offeringDifferences(offerings, a, b));
    this.#layout = layout;
    this.#words = wordsFor(partners.count);
    this.#services = new RowSets(layout, offerings.serviceIds.ids.length, (has) => {
      layout.eachRow((row, block, bit) => {
        if (int(offerings.service, row) >= 0) has(int(offerings.service, row), block, bit);
      });
    });
    this.#grades = new RowSets(layout, gradeOrder.length, (has) => {
      layout.eachRow((row, block, bit) => {
        for (let grades = int(offerings.grades, row); grades !== 0; grades &= grades - 1)
          has(31 - Math.clz32(grades & -grades), block, bit);
      });
    });
    this.#conditions = new RowSets(layout, offerings.conditionIds.ids.length, (has) =>
      fillEntries(layout, offerings.conditions, has),
    );
    const areas = approvals.areaIds.ids.length;
    this.#areas = new RowSets(layout, areas + 1, (has) => {
      fillEntries(layout, offerings.areas, has);
      layout.eachRow((row, block, bit) => {
        if (int(offerings.areas.from, row) !== int(offerings.areas.from, row + 1)) return;
        for (let area = 0; area <= areas; area += 1) has(area, block, bit);
      });
    });
    this.#passing = { bits: new Int32Array(this.#words), from: 0 };
    this.#among = new RowsAmong(layout);
    this.#scratch = {
      service: scratchRows(layout),
      grade: scratchRows(layout),
      condition: scratchRows(layout),
      area: scratchRows(layout),
      cost: scratchRows(layout),
    };
    this.#every = everyRowOf(layout);
    this.#rest = scratchRows(layout);
    this.#within = scratchRows(layout);
    this.#added = scratchRows(layout);
    this.#unpricedOwners = new Int32Array(this.#words);
  }

  /** By value, so many numbers as a set of partners has: those with an offering that has it. */
  get owners() {
    const words = this.#words;
    const costs = this.#costs?.owners ?? new Int32Array();
    return {
      service: this.#services.owners,
      grade: this.#grades.owners,
      condition: this.#conditions.owners,
      area: this.#areas.owners,
      max: costs.subarray(costSteps.length * words, priced * words),
      priced: costs.subarray(priced * words, unpriced * words),
    };
  }

  /** Whether one offering of a partner stands for all, so that each word can be asked by itself. */
  get isFlat(): boolean {
    return this.#layout.isFlat;
  }

  /** The partners who offer something in the asked areas; undefined where none is asked. */
  get inAskedAreas(): RowSet | undefined {
    return this.#satisfying.area;
  }

  /** Works out what satisfies each word, after `read`. */
  ask(costs: YearCosts): void {
    const demand = this.#demand;
    this.#satisfy('service', this.#services, demand.service.places);
    this.#satisfy('condition', this.#conditions, demand.condition.places);
    this.#satisfy('area', this.#areas, demand.area.places, this.#areas.of(this.#areas.sets.length - 1));
    this.#satisfyGrades(demand.grades);
    this.#satisfying.cost = (demand.asked & offeringWord.cost) === 0 ? undefined : this.#affordable(costs);
  }

  /** Adds what is asked of offerings: each word by itself, but the areas, or all together. */
  addTo(hurdles: Hurdles, isSplit: boolean): void {
    if (!this.#demand.isDemanded) return;
    if (isSplit) {
      for (const word of words) if (word !== 'area') hurdles.add(word, 'offering', this.#satisfying[word]);
    } else {
      ownersOf(this.#passing.bits, this.#layout, this.#satisfyingAll(this.#demand.asked));
      hurdles.add('offering', 'offering', this.#passing);
    }
  }

  #satisfyGrades(asked: number): void {
    const places: number[] = [];
    for (let rest = asked; rest !== 0; rest &= rest - 1) places.push(lowest(rest));
    this.#satisfy('grade', this.#grades, places);
  }

  #satisfy(word: Word, values: RowSets, places: readonly number[], always?: RowSet): void {
    this.#satisfying[word] = undefined;
    if (places.length === 0) return;
    const single = places.length === 1 ? values.of(places[0] ?? none) : undefined;
    if (single === undefined) uniteRows(this.#scratch[word], [...places.map((place) => values.of(place)), always]);
    this.#satisfying[word] = single ?? this.#scratch[word];
  }

  /** Takes over what offerings cost; whether that is something else than before. */
  read(costs: YearCosts): boolean {
    if (costs === this.#costsOf) return false;
    this.#costsOf = costs;
    this.#madeCostProfiles = undefined;
    this.#costs = new RowSets(this.#layout, unpriced + 1, (has) => {
      this.#layout.eachRow((row, block, bit) => {
        const cost = real(costs.compared, row);
        has(cost === none ? unpriced : priced, block, bit);
        for (let step = 0; step < costSteps.length; step += 1) {
          const isWithin = cost !== none && cost <= (costSteps[step] ?? 0) * 100;
          if (isWithin) has(step, block, bit);
          if (isWithin || cost === none) has(costSteps.length + step, block, bit);
        }
      });
    });
    return true;
  }

  /** The offerings whose cost is known and within `max`; all of known cost where it is not asked. */
  #withinMost(costs: YearCosts): RowSet {
    const { most } = this.#demand;
    const step = costSteps.findIndex((one) => one * 100 === most);
    const known = most === Number.POSITIVE_INFINITY ? priced : step;
    const set = this.#costs?.of(known);
    if (set !== undefined) return set;
    this.#within.bits.fill(0);
    this.#layout.eachRow((row, block, bit) => {
      const cost = real(costs.compared, row);
      if (cost !== none && cost <= most) this.#within.bits[block] = int(this.#within.bits, block) | bit;
    });
    return this.#within;
  }

  #affordable(costs: YearCosts): RowSet {
    const within = this.#withinMost(costs);
    if (!this.#demand.unpricedToo) return within;
    uniteRows(this.#scratch.cost, [within, this.#costs?.of(unpriced)]);
    return this.#scratch.cost;
  }

  /** The offerings that satisfy each of these words; all where none of them is asked. Holds until it is called again. */
  #satisfyingAll(asked: number): RowSet {
    let all: RowSet | undefined;
    for (const word of words) {
      const rows = (asked & offeringWord[word]) === 0 ? undefined : this.#satisfying[word];
      if (rows === undefined) continue;
      if (all !== undefined) intersectRows(this.#rest, all, rows);
      all = all === undefined ? rows : this.#rest;
    }
    return all ?? this.#every;
  }

  /** Counts, among partners that pass all the rest, how many each value would let pass in place of its word's. */
  count(partners: PartnerSet, counts: Int32Array, { at }: FacetLayout): void {
    const costs = this.#costs;
    const costsOf = this.#costsOf;
    if (costs === undefined || costsOf === undefined) return;
    this.#othersAmong = -1;
    const isFew = this.#among.isFew(partners, 50);
    this.#countWord('service', this.#services, partners, isFew, counts, at.service);
    this.#countWord('grade', this.#grades, partners, isFew, counts, at.grade);
    this.#countWord('condition', this.#conditions, partners, isFew, counts, at.condition);
    const others = this.#setAmong('cost', partners, isFew);
    const first = this.#demand.unpricedToo ? costSteps.length : 0;
    if (isFew) this.#among.countEach(this.#costProfiles(costs), first, costSteps.length, counts, at.max);
    else
      for (let step = 0; step < costSteps.length; step += 1)
        counts[at.max + step] = this.#countValue(costs, first + step, others, partners);
    const within = this.#withinMost(costsOf);
    if (others) counts[at.unpriced] = this.#among.count(within);
    else {
      ownersOf(this.#unpricedOwners, this.#layout, within);
      counts[at.unpriced] = partners.count(this.#unpricedOwners);
    }
  }

  #countWord(word: Word, values: RowSets, partners: PartnerSet, isFew: boolean, counts: Int32Array, at: number): void {
    const others = this.#setAmong(word, partners, isFew);
    if (isFew) {
      this.#among.countEach(this.#profiles, this.#firstOf(values), values.sets.length, counts, at);
      return;
    }
    for (let value = 0; value < values.sets.length; value += 1)
      counts[at + value] = this.#countValue(values, value, others, partners);
  }

  /** Makes the rows ready that satisfy all but this word; false where no other word is asked. */
  #setAmong(word: Word, partners: PartnerSet, always: boolean): boolean {
    const others = this.#demand.asked & ~offeringWord[word];
    if (others === 0 && !always) return false;
    // All words that are not asked themselves have the same others.
    if (others !== this.#othersAmong) this.#among.set(this.#satisfyingAll(others), partners);
    this.#othersAmong = others;
    return true;
  }

  /** Where the values of a word begin in the profiles. */
  #firstOf(values: RowSets): number {
    if (values === this.#services) return 0;
    return this.#services.sets.length + (values === this.#grades ? 0 : this.#grades.sets.length);
  }

  get #profiles(): Profiles {
    return (this.#madeProfiles ??= new Profiles(this.#layout, [this.#services, this.#grades, this.#conditions]));
  }

  #costProfiles(costs: RowSets): Profiles {
    return (this.#madeCostProfiles ??= new Profiles(this.#layout, [costs]));
  }

  /** Where no other word is asked, it is known beforehand who has such an offering. */
  #countValue(values: RowSets, value: number, others: boolean, partners: PartnerSet): number {
    const rows = values.of(value);
    if (!others || rows === undefined) return partners.count(values.owners, value * this.#words);
    return this.#among.count(rows);
  }

  /**
   * Counts costs among partners each of whom one offering stands for.
   * @param partners who pass all the rest.
   */
  countCosts(partners: Bits, counts: Int32Array, { at }: FacetLayout): void {
    const costs = this.#costs;
    const costsOf = this.#costsOf;
    if (costs === undefined || costsOf === undefined) return;
    const first = this.#demand.unpricedToo ? costSteps.length : 0;
    for (let step = 0; step < costSteps.length; step += 1)
      counts[at.max + step] = countCommon(partners, costs.owners, (first + step) * this.#words);
    const within = this.#withinMost(costsOf);
    counts[at.unpriced] = countCommon(partners, within.bits, within.from);
  }

  /** Counts areas in which a partner has an approval of an asked status and, if one is demanded, an offering. */
  countAreas(
    partners: PartnerSet,
    approvals: ApprovalSets,
    isAdded: boolean,
    counts: Int32Array,
    { at, values }: FacetLayout,
  ): void {
    this.#othersAmong = -1;
    const others = this.#demand.isDemanded && this.#setAmong('area', partners, true);
    const asked = isAdded ? this.#satisfying.area : undefined;
    for (let area = 0; area < values.area.length; area += 1) {
      const here = this.#areas.of(area);
      const from = area * this.#words;
      if (!others || here === undefined) {
        counts[at.area + area] = partners.count(approvals.inArea, from);
      } else {
        if (asked !== undefined) uniteRows(this.#added, [here, asked]);
        counts[at.area + area] = this.#among.countIn(asked === undefined ? here : this.#added, approvals.inArea, from);
      }
    }
  }

  /** How many of the partners would pass if those without a price were not left out. */
  countUnpricedToo(partners: PartnerSet, costs: YearCosts): number {
    const others = this.#demand.asked & ~offeringWord.cost;
    if ((others & ~offeringWord.area) === 0 && this.#demand.most === Number.POSITIVE_INFINITY) return partners.total;
    const affordable = this.#scratch.cost;
    uniteRows(affordable, [this.#withinMost(costs), this.#costs?.of(unpriced)]);
    if (others === 0) {
      ownersOf(this.#unpricedOwners, this.#layout, affordable);
      return partners.count(this.#unpricedOwners);
    }
    this.#among.set(this.#satisfyingAll(others), partners);
    return this.#among.count(affordable);
  }
}

function offeringDifferences(offerings: OfferingColumns, a: number, b: number): number {
  const { service, grades, conditions, areas, prices } = offerings;
  return (
    (int(service, a) === int(service, b) ? 0 : offeringWord.service) |
    (int(grades, a) === int(grades, b) ? 0 : offeringWord.grade) |
    (haveSameEntries(conditions, a, b) ? 0 : offeringWord.condition) |
    (haveSameEntries(areas, a, b) ? 0 : offeringWord.area) |
    (haveSamePrices(prices, a, b) ? 0 : offeringWord.cost)
  );
}

/** The same prices cost the same, whatever the scenario. */
function haveSamePrices(prices: PriceColumns, a: number, b: number): boolean {
  const { from, unit, low, typical, high, outcomePayment, minimum } = prices;
  const first = int(from, a);
  const other = int(from, b);
  const count = int(from, a + 1) - first;
  if (int(from, b + 1) - other !== count) return false;
  for (let price = 0; price < count; price += 1) {
    if (int(unit, first + price) !== int(unit, other + price)) return false;
    for (const amounts of [low, typical, high, outcomePayment, minimum])
      if (int(amounts.places, first + price) !== int(amounts.places, other + price)) return false;
  }
  return true;
}
