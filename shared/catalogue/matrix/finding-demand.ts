import { effects, int, type FindingColumns, type ListColumn, type MatrixColumns, type Vocabulary } from './columns.ts';
import { tierSteps, type FacetLayout, type Tally } from './facets.ts';
import type { MatrixQuery } from './query-words.ts';
import type { MatrixTerms } from './terms.ts';

/** The words that one finding has to satisfy together, a bit each. */
export const findingWord = { tier: 1, fund: 2, population: 4, outcome: 8 } as const;
const everyWord = 15;

/** Any finding with a stated tier satisfies the loosest. */
export const loosestTier = 4;

const positive = effects.indexOf('positive');
const notStated = effects.indexOf('not-stated');
const nothing: readonly number[] = [];

/**
 * The words `tier`, `population`, `outcome` and `fund`, asked of one partner: one finding has to
 * satisfy them all.
 *
 * A finding that contradicts none of them but does not state what one asks for is unknown. So is a
 * partner without a matching finding that has an unknown one, or none at all; only `tier=unknown`
 * lists it.
 */
export class FindingDemand {
  /** A bit for each word that is asked; see `findingWord`. */
  asked = 0;
  /** The tier that has to be reached; 0 where none is asked. */
  tier = 0;
  /** The tier that the loosest of the asked funds requires; 0 where nothing is required. */
  fundTier = 0;
  populations: readonly number[] = nothing;
  outcomes: readonly number[] = nothing;
  /** Whether partners with a matching finding are listed, and whether unknown ones are. */
  knownToo = true;
  unknownToo = false;
  /** By fund of the program, the tier that it requires, 0 for none. */
  required: readonly number[] = [];
  readonly #findings: FindingColumns;
  #terms: MatrixTerms | undefined;

  constructor({ findings }: MatrixColumns) {
    this.#findings = findings;
  }

  ask(query: MatrixQuery, terms: MatrixTerms): void {
    const { populationIds, outcomeIds } = this.#findings;
    let tier = 0;
    for (const one of query.tier) if (one !== 'unknown') tier = Math.max(tier, Number(one));
    this.unknownToo = query.tier.includes('unknown');
    this.knownToo = tier > 0 || !this.unknownToo;
    // `unknown` asked alone means that not even the loosest tier is stated.
    this.tier = query.tier.length === 0 ? 0 : tier === 0 ? loosestTier : tier;
    if (this.#terms !== terms) this.required = terms.funds.map((fund) => fund.tierAtMost ?? 0);
    this.#terms = terms;
    this.fundTier = query.fund.length === 0 ? 0 : this.#loosestOf(query.fund, terms);
    this.populations = placesOf(populationIds, query.population);
    this.outcomes = placesOf(outcomeIds, query.outcome);
    this.asked =
      (this.tier > 0 ? findingWord.tier : 0) |
      (this.fundTier > 0 ? findingWord.fund : 0) |
      (this.populations.length > 0 ? findingWord.population : 0) |
      (this.outcomes.length > 0 ? findingWord.outcome : 0);
  }

  /** The loosest of the asked funds decides, and one that requires nothing is looser than any. */
  #loosestOf(asked: readonly string[], { funds }: MatrixTerms): number {
    let loosest = 0;
    for (const { id, tierAtMost } of funds) {
      if (!asked.includes(id)) continue;
      if (tierAtMost === undefined) return 0;
      loosest = Math.max(loosest, tierAtMost);
    }
    return loosest;
  }

  /** A range such as "within tiers 1–3" reaches tier 3, may reach tier 2, and a tier 4 reaches neither. */
  #reaches(row: number, tier: number): boolean {
    const { tierLow, tierHigh } = this.#findings;
    return int(tierLow, row) > 0 && int(tierHigh, row) <= tier;
  }

  #mayReach(row: number, tier: number): boolean {
    return int(this.#findings.tierLow, row) <= tier;
  }

  /** Money that asks for evidence pays for what worked: a tier, and a positive effect. */
  #pays(row: number, tier: number): boolean {
    return int(this.#findings.effect, row) === positive && this.#reaches(row, tier);
  }

  #mayPay(row: number, tier: number): boolean {
    const effect = int(this.#findings.effect, row);
    return (effect === positive || effect === notStated) && this.#mayReach(row, tier);
  }

  /** The words that the finding satisfies, those that nobody asks among them. */
  #satisfied(row: number): number {
    const { populations, outcomes } = this.#findings;
    const { asked } = this;
    let words = everyWord & ~asked;
    if ((asked & findingWord.tier) !== 0 && this.#reaches(row, this.tier)) words |= findingWord.tier;
    if ((asked & findingWord.fund) !== 0 && this.#pays(row, this.fundTier)) words |= findingWord.fund;
    if ((asked & findingWord.population) !== 0 && lists(populations, row, this.populations))
      words |= findingWord.population;
    if ((asked & findingWord.outcome) !== 0 && lists(outcomes, row, this.outcomes)) words |= findingWord.outcome;
    return words;
  }

  /** The words that the finding does not contradict. */
  #possible(row: number): number {
    const { populations, outcomes } = this.#findings;
    const { asked } = this;
    let words = this.#satisfied(row);
    if ((asked & findingWord.tier) !== 0 && this.#mayReach(row, this.tier)) words |= findingWord.tier;
    if ((asked & findingWord.fund) !== 0 && this.#mayPay(row, this.fundTier)) words |= findingWord.fund;
    if (isEmpty(populations, row)) words |= findingWord.population;
    if (isEmpty(outcomes, row)) words |= findingWord.outcome;
    return words;
  }

  /** Whether the partner passes by this finding. */
  satisfies(row: number): boolean {
    return this.#satisfied(row) === everyWord;
  }

  passes(partner: number): boolean {
    return this.asked === 0 || this.#letsThrough(partner, 0, everyRow, everyRow);
  }

  /** Whether a tier is asked, by itself or by a fund, and those of whom it is unknown are not. */
  get leavesOut(): boolean {
    return (this.tier > 0 || this.fundTier > 0) && !this.unknownToo;
  }

  /** Whether the partner would pass only once `tier=unknown` is added. */
  isLeftOut(partner: number): boolean {
    return this.#isUnknown(partner, 0, everyRow, everyRow);
  }

  /** Whether a finding satisfies all words but one, and `yes` in its place. */
  #isKnown(partner: number, leftOut: number, yes: (row: number) => boolean): boolean {
    const { from } = this.#findings;
    const end = int(from, partner + 1);
    for (let row = int(from, partner); row < end; row += 1)
      if ((this.#satisfied(row) | leftOut) === everyWord && yes(row)) return true;
    return false;
  }

  #isUnknown(
    partner: number,
    leftOut: number,
    yes: (row: number) => boolean,
    maybe: (row: number) => boolean,
  ): boolean {
    const { from } = this.#findings;
    const first = int(from, partner);
    const end = int(from, partner + 1);
    let possible = first === end;
    for (let row = first; row < end && !possible; row += 1)
      possible = (this.#possible(row) | leftOut) === everyWord && maybe(row);
    return possible && !this.#isKnown(partner, leftOut, yes);
  }

  #letsThrough(
    partner: number,
    leftOut: number,
    yes: (row: number) => boolean,
    maybe: (row: number) => boolean,
  ): boolean {
    if (this.knownToo && this.#isKnown(partner, leftOut, yes)) return true;
    return this.unknownToo && this.#isUnknown(partner, leftOut, yes, maybe);
  }

  /** Counts the partner for each value that would let it pass in place of its word's present ones. */
  count(partner: number, tally: Tally, { at, values }: FacetLayout): void {
    const { tierHigh, tierLow, populations, outcomes, from } = this.#findings;
    let lowest = loosestTier + 1;
    const end = int(from, partner + 1);
    for (let row = int(from, partner); row < end; row += 1) {
      const words = this.#satisfied(row);
      if ((words | findingWord.tier) === everyWord && int(tierLow, row) > 0)
        lowest = Math.min(lowest, int(tierHigh, row));
      if (this.unknownToo) continue;
      if ((words | findingWord.population) === everyWord) tallyEntries(populations, row, tally, at.population);
      if ((words | findingWord.outcome) === everyWord) tallyEntries(outcomes, row, tally, at.outcome);
    }
    for (let step = 0; step < tierSteps.length; step += 1) if (lowest <= step + 1) tally.add(at.tier + step);
    const rated = (row: number) => this.#reaches(row, loosestTier);
    const unrated = (row: number) => this.#mayReach(row, loosestTier);
    if (this.#isUnknown(partner, findingWord.tier, rated, unrated)) tally.add(at.tier + tierSteps.length);
    if (this.unknownToo) {
      this.#countUnknown(partner, tally, findingWord.population, populations, at.population, values.population.length);
      this.#countUnknown(partner, tally, findingWord.outcome, outcomes, at.outcome, values.outcome.length);
    }
    for (let fund = 0; fund < this.required.length; fund += 1)
      if (this.#passesFund(partner, this.required[fund] ?? 0)) tally.add(at.fund + fund);
  }

  #countUnknown(partner: number, tally: Tally, word: number, column: ListColumn, at: number, values: number): void {
    for (let value = 0; value < values; value += 1) {
      const asked = [value];
      const yes = (row: number) => lists(column, row, asked);
      if (this.#letsThrough(partner, word, yes, (row) => isEmpty(column, row) || yes(row))) tally.add(at + value);
    }
  }

  #passesFund(partner: number, tier: number): boolean {
    // Where the fund demands nothing and nothing else is asked either, a partner needs no finding.
    if (tier === 0)
      return (this.asked & ~findingWord.fund) === 0 || this.#letsThrough(partner, findingWord.fund, everyRow, everyRow);
    return this.#letsThrough(
      partner,
      findingWord.fund,
      (row) => this.#pays(row, tier),
      (row) => this.#mayPay(row, tier),
    );
  }
}

function everyRow(): boolean {
  return true;
}

function placesOf({ place }: Vocabulary, ids: readonly string[]): readonly number[] {
  return ids.length === 0 ? nothing : ids.map((id) => place.get(id) ?? -1);
}

function isEmpty({ from }: ListColumn, row: number): boolean {
  return int(from, row) === int(from, row + 1);
}

function lists({ from, place }: ListColumn, row: number, asked: readonly number[]): boolean {
  const end = int(from, row + 1);
  for (let entry = int(from, row); entry < end; entry += 1) if (asked.includes(int(place, entry))) return true;
  return false;
}

function tallyEntries({ from, place }: ListColumn, row: number, tally: Tally, at: number): void {
  const end = int(from, row + 1);
  for (let entry = int(from, row); entry < end; entry += 1) tally.add(at + int(place, entry));
}
