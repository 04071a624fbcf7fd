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
/** Replaces what a word asks by nothing at all. */
const anything: readonly number[] = [];

/** Whether a finding is what is asked, does not say so, or is something else. */
const [no, maybe, yes] = [0, 1, 2] as const;
type Verdict = typeof no | typeof maybe | typeof yes;
/** Between the words that are satisfied and those that are not contradicted. */
const shift = 4;

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

  /** How far the finding is what a word asks: of `tier` and `fund` the tier, of the others places in their lists. */
  #verdict(row: number, word: number, tier: number, asked: readonly number[]): Verdict {
    const { tierLow, tierHigh, effect, populations, outcomes } = this.#findings;
    if (word === findingWord.population) return verdictOfList(populations, row, asked);
    if (word === findingWord.outcome) return verdictOfList(outcomes, row, asked);
    const low = int(tierLow, row);
    // A range such as "within tiers 1–3" reaches tier 3, may reach tier 2, and a tier 4 reaches neither.
    const reached: Verdict = low > tier ? no : low > 0 && int(tierHigh, row) <= tier ? yes : maybe;
    if (word === findingWord.tier || reached === no) return reached;
    // Money that asks for evidence pays for what worked: a tier, and a positive effect.
    const found = int(effect, row);
    return found === positive ? reached : found === notStated ? maybe : no;
  }

  /** The words that the finding satisfies, and those that it at least does not contradict, with `shift` bits between. */
  #words(row: number): number {
    let words = (everyWord & ~this.asked) * (1 + (1 << shift));
    for (let word = 1; word <= everyWord; word <<= 1) {
      if ((this.asked & word) === 0) continue;
      const tier = word === findingWord.tier ? this.tier : this.fundTier;
      const verdict = this.#verdict(
        row,
        word,
        tier,
        word === findingWord.population ? this.populations : this.outcomes,
      );
      words |= (verdict === yes ? word : 0) | (verdict === no ? 0 : word << shift);
    }
    return words;
  }

  /** Whether the partner passes by this finding. */
  satisfies(row: number): boolean {
    return (this.#words(row) & everyWord) === everyWord;
  }

  passes(partner: number): boolean {
    return this.asked === 0 || this.#letsThrough(this.#best(partner, 0, 0, nothing));
  }

  /** Whether a tier is asked, by itself or by a fund, and those of whom it is unknown are not. */
  get leavesOut(): boolean {
    return (this.tier > 0 || this.fundTier > 0) && !this.unknownToo;
  }

  /** Whether the partner would pass only once `tier=unknown` is added, with the tier of the fund where that asks for it. */
  isLeftOut(partner: number): boolean {
    return this.#best(partner, 0, 0, nothing) === maybe;
  }

  #letsThrough(verdict: Verdict): boolean {
    return verdict === yes ? this.knownToo : verdict === maybe && this.unknownToo;
  }

  /**
   * The best verdict on a finding of the partner, with another value in place of what one word asks; of
   * a partner without findings nothing is known.
   * @param word that word; 0 where nothing is replaced.
   */
  #best(partner: number, word: number, tier: number, asked: readonly number[]): Verdict {
    const { from } = this.#findings;
    const first = int(from, partner);
    const end = int(from, partner + 1);
    let best: Verdict = first === end ? maybe : no;
    for (let row = first; row < end && best !== yes; row += 1) {
      const words = this.#words(row) | (word << shift) | word;
      const replaced: Verdict = word === 0 || asked === anything ? yes : this.#verdict(row, word, tier, asked);
      if (replaced === yes && (words & everyWord) === everyWord) best = yes;
      else if (replaced !== no && words >>> shift === everyWord) best = maybe;
    }
    return best;
  }

  /** Counts the partner for each value that would let it pass in place of its word's present ones. */
  count(partner: number, tally: Tally, { at, values }: FacetLayout): void {
    const { tierHigh, tierLow, populations, outcomes, from } = this.#findings;
    let lowest = loosestTier + 1;
    const end = int(from, partner + 1);
    for (let row = int(from, partner); row < end; row += 1) {
      const words = this.#words(row) & everyWord;
      if ((words | findingWord.tier) === everyWord && int(tierLow, row) > 0)
        lowest = Math.min(lowest, int(tierHigh, row));
      if (this.unknownToo) continue;
      if ((words | findingWord.population) === everyWord) tallyEntries(populations, row, tally, at.population);
      if ((words | findingWord.outcome) === everyWord) tallyEntries(outcomes, row, tally, at.outcome);
    }
    for (let step = 0; step < tierSteps.length; step += 1) if (lowest <= step + 1) tally.add(at.tier + step);
    if (this.#best(partner, findingWord.tier, loosestTier, nothing) === maybe) tally.add(at.tier + tierSteps.length);
    if (this.unknownToo) {
      this.#countEach(partner, tally, findingWord.population, at.population, values.population.length);
      this.#countEach(partner, tally, findingWord.outcome, at.outcome, values.outcome.length);
    }
    for (let fund = 0; fund < this.required.length; fund += 1)
      if (this.#passesFund(partner, this.required[fund] ?? 0)) tally.add(at.fund + fund);
  }

  #countEach(partner: number, tally: Tally, word: number, at: number, values: number): void {
    for (let value = 0; value < values; value += 1)
      if (this.#letsThrough(this.#best(partner, word, 0, [value]))) tally.add(at + value);
  }

  #passesFund(partner: number, tier: number): boolean {
    // Where the fund demands nothing and nothing else is asked either, a partner needs no finding.
    if (tier === 0 && (this.asked & ~findingWord.fund) === 0) return true;
    return this.#letsThrough(this.#best(partner, findingWord.fund, tier, tier === 0 ? anything : nothing));
  }
}

function placesOf({ place }: Vocabulary, ids: readonly string[]): readonly number[] {
  return ids.length === 0 ? nothing : ids.map((id) => place.get(id) ?? -1);
}

function verdictOfList({ from, place }: ListColumn, row: number, asked: readonly number[]): Verdict {
  const first = int(from, row);
  const end = int(from, row + 1);
  for (let entry = first; entry < end; entry += 1) if (asked.includes(int(place, entry))) return yes;
  return first === end ? maybe : no;
}

function tallyEntries({ from, place }: ListColumn, row: number, tally: Tally, at: number): void {
  const end = int(from, row + 1);
  for (let entry = int(from, row); entry < end; entry += 1) tally.add(at + int(place, entry));
}
