import { countOf, ones } from './bit-counts.ts';
import { wordsFor, type Bits } from './bits.ts';
import { effects, type FindingColumns, type ListColumn, type MatrixColumns } from './columns.ts';
import { tierSteps, type FacetLayout } from './facets.ts';
import { findingWord, loosestTier, type FindingDemand } from './finding-demand.ts';
import type { Hurdles } from './hurdles.ts';
import type { PartnerSet } from './partner-set.ts';
import { Profiles } from './profiles.ts';
import {
  everyRowOf,
  fillEntries,
  haveSameEntries,
  intersectRows,
  RowLayout,
  RowsAmong,
  RowSets,
  scratchRows,
  uniteRows,
  type RowSet,
} from './row-sets.ts';

type Word = keyof typeof findingWord;
const words = ['tier', 'fund', 'population', 'outcome'] as const satisfies readonly Word[];
type Sort = 'yes' | 'maybe';
const nothing: readonly number[] = [];

/**
 * By value, the findings that have it, and those that at least do not contradict it: the second have
 * the first among them, and beyond these the findings that do not state what is asked for.
 */
interface ValueSets {
  readonly yes: RowSets;
  readonly maybe: RowSets;
}

function entrySets(layout: RowLayout, values: number, column: ListColumn): ValueSets {
  return {
    yes: new RowSets(layout, values, (has) => fillEntries(layout, column, has)),
    // Behind the values, the findings that name none: what nobody names may be meant there.
    maybe: new RowSets(layout, values + 1, (has) => {
      fillEntries(layout, column, has);
      layout.eachRow((row, block, bit) => {
        if ((column.from[row] ?? 0) !== (column.from[row + 1] ?? 0)) return;
        for (let value = 0; value <= values; value += 1) has(value, block, bit);
      });
    }),
  };
}

function tierSets(layout: RowLayout, { tierLow, tierHigh, effect }: FindingColumns, paying: boolean): ValueSets {
  const isAmong = (row: number, allowed: readonly string[]): boolean =>
    !paying || allowed.includes(effects[effect[row] ?? 0] ?? '');
  const sets = (test: (row: number, tier: number) => boolean, allowed: readonly string[]): RowSets =>
    new RowSets(layout, tierSteps.length, (has) => {
      layout.eachRow((row, block, bit) => {
        if (!isAmong(row, allowed)) return;
        for (let step = 0; step < tierSteps.length; step += 1) if (test(row, step + 1)) has(step, block, bit);
      });
    });
  return {
    // A range such as "within tiers 1–3" reaches tier 3, may reach tier 2, and a tier 4 reaches neither.
    yes: sets((row, tier) => (tierLow[row] ?? 0) > 0 && (tierHigh[row] ?? 0) <= tier, ['positive']),
    maybe: sets((row, tier) => (tierLow[row] ?? 0) <= tier, ['positive', 'not-stated']),
  };
}

/** What `FindingDemand` asks of one partner, asked of all of them at once. */
export class FindingSets {
  readonly #demand: FindingDemand;
  readonly #layout: RowLayout;
  readonly #values: Readonly<Record<Word, ValueSets>>;
  readonly #withoutFindings: Bits;
  readonly #words: number;
  readonly #possibleIn: Bits;
  readonly #passing: RowSet;
  /** By word, the findings that satisfy it; undefined where it is not asked. */
  readonly #satisfying: Record<Word, Readonly<Record<Sort, RowSet>> | undefined> = {
    tier: undefined,
    fund: undefined,
    population: undefined,
    outcome: undefined,
  };
  readonly #scratch: Readonly<Record<Word, Readonly<Record<Sort, RowSet>>>>;
  readonly #rest: Readonly<Record<Sort, RowSet>>;
  #madeProfiles: Profiles | undefined;
  readonly #every: RowSet;
  readonly #known: RowsAmong;
  readonly #possible: RowsAmong;
  /** The words that the rows of `#known` satisfy; -1 where they are of other partners. */
  #othersAmong = -1;

  constructor({ findings, partners }: MatrixColumns, demand: FindingDemand) {
    const layout = new RowLayout(findings.from, (a, b) => findingDifferences(findings, a, b));
    const both = () => ({ yes: scratchRows(layout), maybe: scratchRows(layout) });
    this.#demand = demand;
    this.#layout = layout;
    this.#words = wordsFor(partners.count);
    this.#values = {
      tier: tierSets(layout, findings, false),
      // Money that asks for evidence pays for what worked: a tier, and a positive effect.
      fund: tierSets(layout, findings, true),
      population: entrySets(layout, findings.populationIds.ids.length, findings.populations),
      outcome: entrySets(layout, findings.outcomeIds.ids.length, findings.outcomes),
    };
    this.#withoutFindings = new Int32Array(this.#words);
    for (let partner = 0; partner < partners.count; partner += 1) {
      if ((findings.from[partner] ?? 0) === (findings.from[partner + 1] ?? 0))
        this.#withoutFindings[partner >>> 5] = (this.#withoutFindings[partner >>> 5] ?? 0) | (1 << partner);
    }
    this.#passing = { bits: new Int32Array(this.#words), from: 0 };
    this.#possibleIn = new Int32Array(this.#words);
    this.#scratch = { tier: both(), fund: both(), population: both(), outcome: both() };
    this.#rest = both();
    this.#every = everyRowOf(layout);
    this.#known = new RowsAmong(layout);
    this.#possible = new RowsAmong(layout);
  }

  /** Whether each word can be asked by itself: one finding of a partner stands for all, and nobody asks for unknown ones. */
  get isSplit(): boolean {
    return this.#layout.isFlat && !this.#demand.unknownToo;
  }

  /** By value, so many numbers as a set of partners has: those with a finding that has it. */
  get owners() {
    const { tier, fund, population, outcome } = this.#values;
    return {
      tier: tier.yes.owners,
      fund: fund.yes.owners,
      population: population.yes.owners,
      outcome: outcome.yes.owners,
    };
  }

  /** Adds what is asked of findings. */
  addTo(hurdles: Hurdles): void {
    const { tier, fundTier, populations, outcomes } = this.#demand;
    this.#satisfy('tier', tier === 0 ? nothing : [tier - 1]);
    this.#satisfy('fund', fundTier === 0 ? nothing : [fundTier - 1]);
    this.#satisfy('population', populations);
    this.#satisfy('outcome', outcomes);
    if (this.isSplit) for (const word of words) hurdles.add(word, 'finding', this.#satisfying[word]?.yes);
    else hurdles.add('finding', 'finding', this.#passingAll());
  }

  /** The partners that pass all the words; undefined where that is everyone. Holds until the next query. */
  #passingAll(): RowSet | undefined {
    const { asked } = this.#demand;
    if (asked === 0) return undefined;
    const yes = this.#satisfyingAll('yes', asked);
    const maybe = this.#satisfyingAll('maybe', asked);
    const { start } = this.#layout;
    for (let word = 0; word < this.#words; word += 1) {
      let known = 0;
      let possible = this.#withoutFindings[word] ?? 0;
      for (let block = start[word] ?? 0; block < (start[word + 1] ?? 0); block += 1) {
        known |= yes.bits[yes.from + block] ?? 0;
        possible |= maybe.bits[maybe.from + block] ?? 0;
      }
      this.#passing.bits[word] = this.#letThrough(known, possible);
    }
    return this.#passing;
  }

  #letThrough(known: number, possible: number): number {
    return (this.#demand.knownToo ? known : 0) | (this.#demand.unknownToo ? possible & ~known : 0);
  }

  #satisfy(word: Word, places: readonly number[]): void {
    this.#satisfying[word] = undefined;
    if (places.length === 0) return;
    const only = places[0] ?? -1;
    const { yes, maybe } = this.#values[word];
    const scratch = this.#scratch[word];
    const single = places.length === 1 ? yes.of(only) : undefined;
    const singleMaybe = places.length === 1 && single !== undefined ? maybe.of(only) : undefined;
    if (single !== undefined && singleMaybe !== undefined) {
      this.#satisfying[word] = { yes: single, maybe: singleMaybe };
      return;
    }
    const unstated = maybe.sets.length - 1;
    uniteRows(
      scratch.yes,
      places.map((place) => yes.of(place)),
    );
    uniteRows(
      scratch.maybe,
      places.map((place) => maybe.of(place < 0 ? unstated : place)),
    );
    this.#satisfying[word] = scratch;
  }

  /** The findings that satisfy each of these words; all where none of them is asked. Holds until it is called again. */
  #satisfyingAll(sort: Sort, asked: number): RowSet {
    const rest = this.#rest[sort];
    let all: RowSet | undefined;
    for (const word of words) {
      const rows = (asked & findingWord[word]) === 0 ? undefined : this.#satisfying[word]?.[sort];
      if (rows === undefined) continue;
      if (all !== undefined) intersectRows(rest, all, rows);
      all = all === undefined ? rows : rest;
    }
    return all ?? this.#every;
  }

  /**
   * How many of the partners, for each of whom one finding stands, satisfy some words or may do so: nothing
   * that is stated contradicts them.
   */
  countPossible(asked: number, partners: Bits): number {
    const maybe = this.#satisfyingAll('maybe', asked);
    const possible = this.#possibleIn;
    for (let word = 0; word < possible.length; word += 1)
      possible[word] =
        (partners[word] ?? 0) & ((maybe.bits[maybe.from + word] ?? 0) | (this.#withoutFindings[word] ?? 0));
    return countOf(possible);
  }

  /** How many of the partners would pass only once those of whom it is unknown are added. */
  countLeftOut(partners: PartnerSet): number {
    this.#othersAmong = -1;
    this.#setAmong(this.#demand.asked, partners);
    this.#setPossible(this.#demand.asked, partners);
    return this.#possible.count(this.#every) + partners.count(this.#withoutFindings) - this.#known.count(this.#every);
  }

  #setAmong(asked: number, partners: PartnerSet): void {
    // All words that are not asked themselves have the same others.
    if (asked === this.#othersAmong) return;
    this.#known.set(this.#satisfyingAll('yes', asked), partners);
    this.#othersAmong = asked;
  }

  #setPossible(asked: number, partners: PartnerSet): void {
    this.#possible.set(this.#satisfyingAll('maybe', asked), partners);
  }

  /** Counts, among partners that pass all the rest, how many each value would let pass in place of its word's. */
  count(partners: PartnerSet, counts: Int32Array, { at, values }: FacetLayout): void {
    this.#othersAmong = -1;
    const { tier, population, outcome } = this.#values;
    const isFew = !this.#demand.unknownToo && this.#known.isFew(partners, 26);
    this.#countTiers(partners, isFew, counts, at.tier);
    const first = tier.yes.sets.length;
    this.#countWord('population', partners, isFew ? first : -1, counts, at.population, values.population.length);
    const second = first + population.yes.sets.length;
    this.#countWord('outcome', partners, isFew ? second : -1, counts, at.outcome, outcome.yes.sets.length);
    this.#countFunds(partners, counts, at.fund);
  }

  #countTiers(partners: PartnerSet, isFew: boolean, counts: Int32Array, at: number): void {
    const others = this.#demand.asked & ~findingWord.tier;
    const { yes } = this.#values.tier;
    this.#setAmong(others, partners);
    this.#setPossible(others, partners);
    if (isFew) this.#known.countEach(this.#profiles, 0, yes.sets.length, counts, at);
    else
      for (const [step, rows] of yes.sets.entries())
        counts[at + step] = others === 0 ? partners.count(yes.owners, step * this.#words) : this.#known.count(rows);
    // A known finding is a possible one too, so the unknown partners are the difference.
    counts[at + tierSteps.length] =
      this.#possible.count(this.#every) + partners.count(this.#withoutFindings) - (counts[at + loosestTier - 1] ?? 0);
  }

  /** @param first where the word's values begin in the profiles; -1 where its sets are the less work. */
  #countWord(word: Word, partners: PartnerSet, first: number, counts: Int32Array, at: number, values: number): void {
    const others = this.#demand.asked & ~findingWord[word];
    if (first >= 0) {
      this.#setAmong(others, partners);
      this.#known.countEach(this.#profiles, first, values, counts, at);
      return;
    }
    if (others !== 0 || this.#demand.unknownToo) this.#setAmong(others, partners);
    if (this.#demand.unknownToo) this.#setPossible(others, partners);
    for (let value = 0; value < values; value += 1)
      counts[at + value] = this.#countValue(word, value, others, partners);
  }

  /** How many pass with this value in place of the word's present ones; `#setAmong` was called where it is needed. */
  #countValue(word: Word, value: number, others: number, partners: PartnerSet): number {
    const { yes, maybe } = this.#values[word];
    const rows = yes.of(value);
    const possible = maybe.of(value);
    if (rows === undefined || possible === undefined) return 0;
    if (this.#demand.unknownToo) return this.#countLetThrough(rows, possible, partners);
    return others === 0 ? partners.count(yes.owners, value * this.#words) : this.#known.count(rows);
  }

  get #profiles(): Profiles {
    const { tier, population, outcome } = this.#values;
    return (this.#madeProfiles ??= new Profiles(this.#layout, [tier.yes, population.yes, outcome.yes]));
  }

  #countLetThrough(yes: RowSet, maybe: RowSet, partners: PartnerSet): number {
    let count = 0;
    for (let index = 0; index < partners.used; index += 1) {
      const word = partners.words[index] ?? 0;
      const known = this.#known.ownersIn(word, yes);
      const possible =
        this.#possible.ownersIn(word, maybe) | ((this.#withoutFindings[word] ?? 0) & (partners.bits[word] ?? 0));
      count += ones(this.#letThrough(known, possible));
    }
    return count;
  }

  #countFunds(partners: PartnerSet, counts: Int32Array, at: number): void {
    const others = this.#demand.asked & ~findingWord.fund;
    this.#setAmong(others, partners);
    if (this.#demand.unknownToo) this.#setPossible(others, partners);
    for (const [fund, tier] of this.#demand.required.entries()) {
      if (tier > 0) counts[at + fund] = this.#countValue('fund', tier - 1, others, partners);
      // The fund demands nothing; where nothing else is asked either, a partner needs no finding.
      else if (others === 0) counts[at + fund] = partners.total;
      else if (this.#demand.unknownToo) counts[at + fund] = this.#countLetThrough(this.#every, this.#every, partners);
      else counts[at + fund] = this.#known.count(this.#every);
    }
  }
}

/** Of the tier two things are asked, by `tier` and by `fund`, so findings that differ in it are never joined. */
function findingDifferences(findings: FindingColumns, a: number, b: number): number {
  const { tierLow, tierHigh, effect, populations, outcomes } = findings;
  const sameTier =
    (tierLow[a] ?? 0) === (tierLow[b] ?? 0) &&
    (tierHigh[a] ?? 0) === (tierHigh[b] ?? 0) &&
    (effect[a] ?? 0) === (effect[b] ?? 0);
  return (
    (sameTier ? 0 : findingWord.tier | findingWord.fund) |
    (haveSameEntries(populations, a, b) ? 0 : findingWord.population) |
    (haveSameEntries(outcomes, a, b) ? 0 : findingWord.outcome)
  );
}
