import { allOf, both, countBoth, countOwners, either, owners, without, type Bits, type RowBits } from './bits.ts';
import { effects, int, partsOf, type MatrixColumns } from './columns.ts';
import { perSnapshot } from './per-snapshot.ts';
import type { MatrixQuery } from './query-words.ts';
import { RowPlanes } from './row-planes.ts';
import type { MatrixTerms } from './terms.ts';

/**
 * The findings that satisfy a demand, and those that at least do not contradict it: the second have
 * the first among them, and beyond these the findings that do not state what is asked for.
 */
interface Satisfying {
  readonly yes: RowBits;
  readonly maybe: RowBits;
}

/** Any finding with a stated tier satisfies the loosest. */
const loosest = 4;
const tiers = [1, 2, 3, 4] as const;

const indexOf = perSnapshot((columns) => {
  const { findings, partners } = columns;
  const planes = new RowPlanes(findings.from);
  const rows = planes.where(() => true);
  const low = (row: number): number => int(findings.tierLow, row);
  const effect = (name: (typeof effects)[number]): RowBits =>
    planes.where((row) => effects[int(findings.effect, row)] === name);
  // A range such as "within tiers 1–3" reaches tier 3, may reach tier 2, and a tier 4 reaches neither.
  const byTier = tiers.map((tier) => ({
    yes: planes.where((row) => low(row) > 0 && int(findings.tierHigh, row) <= tier),
    maybe: planes.where((row) => low(row) <= tier),
  }));
  const worked = { yes: effect('positive'), maybe: either(effect('positive'), effect('not-stated')) };
  const populations = planes.byEntry(findings.populationIds, findings.populations);
  const outcomes = planes.byEntry(findings.outcomeIds, findings.outcomes);
  const unstated = (values: readonly RowBits[]): RowBits => without(rows, either(planes.none(), ...values));
  const populationUnstated = unstated(populations);
  const outcomeUnstated = unstated(outcomes);
  return {
    planes,
    everything: { yes: rows, maybe: rows },
    nothing: planes.none(),
    byTier,
    // Money that asks for evidence pays for what worked: a tier, and a positive effect.
    byFundTier: byTier.map((tier) => together([tier, worked])),
    populations: populations.map((rows) => ({ yes: rows, maybe: either(rows, populationUnstated) })),
    populationUnstated,
    outcomes: outcomes.map((rows) => ({ yes: rows, maybe: either(rows, outcomeUnstated) })),
    outcomeUnstated,
    withoutFindings: without(allOf(partners.count), owners(rows, rows, planes.words)),
  };
});

function together([first, ...others]: readonly [Satisfying, ...Satisfying[]]): Satisfying {
  return {
    yes: both(first.yes, ...others.map((one) => one.yes)),
    maybe: both(first.maybe, ...others.map((one) => one.maybe)),
  };
}

function anyAmong([first, ...others]: readonly [Satisfying, ...Satisfying[]]): Satisfying {
  return {
    yes: either(first.yes, ...others.map((one) => one.yes)),
    maybe: either(first.maybe, ...others.map((one) => one.maybe)),
  };
}

type Word = 'tier' | 'fund' | 'population' | 'outcome';
const words: readonly Word[] = ['tier', 'fund', 'population', 'outcome'];

/**
 * The words `tier`, `population`, `outcome` and `fund`: one finding has to satisfy them all.
 *
 * A finding that contradicts none of them but does not state what one asks for is unknown. So is a
 * partner without a matching finding that has an unknown one, or none at all; only `tier=unknown`
 * lists it.
 */
export class FindingGroup {
  readonly passes: Bits;
  /** Partners that pass only once `tier=unknown` is added; undefined where no tier is asked, or it is added. */
  readonly leftOut: Bits | undefined;
  readonly #index: ReturnType<typeof indexOf>;
  /** By partner, where its findings begin. */
  readonly #from: Int32Array;
  readonly #knownToo: boolean;
  readonly #unknownToo: boolean;
  /** By word, the findings that satisfy it; undefined where it is not asked. */
  readonly #satisfying: Readonly<Record<Word, Satisfying | undefined>>;
  /** By fund of the program, the tier it requires, 0 for none. */
  readonly #required: readonly number[];

  constructor(columns: MatrixColumns, query: MatrixQuery, terms: MatrixTerms, everyone: Bits) {
    const { findings } = columns;
    const index = indexOf(columns);
    const asked = query.tier.filter((tier) => tier !== 'unknown').map(Number);
    this.#index = index;
    this.#from = findings.from;
    this.#unknownToo = query.tier.includes('unknown');
    this.#knownToo = asked.length > 0 || !this.#unknownToo;
    this.#required = terms.funds.map((fund) => fund.tierAtMost ?? 0);
    const required = terms.funds.filter((fund) => query.fund.includes(fund.id)).map((fund) => fund.tierAtMost ?? 0);
    const anyOf = (
      ids: readonly string[],
      place: ReadonlyMap<string, number>,
      values: readonly Satisfying[],
      unstated: RowBits,
    ): Satisfying | undefined => {
      const [first, ...more] = ids.map((id) => values[place.get(id) ?? -1] ?? { yes: index.nothing, maybe: unstated });
      return first === undefined ? undefined : anyAmong([first, ...more]);
    };
    this.#satisfying = {
      // `unknown` asked alone means that not even the loosest tier is stated.
      tier: query.tier.length === 0 ? undefined : index.byTier[(asked.length === 0 ? loosest : Math.max(...asked)) - 1],
      // The loosest of the asked funds decides, and one that requires nothing is looser than any.
      fund: required.length === 0 || required.includes(0) ? undefined : index.byFundTier[Math.max(...required) - 1],
      population: anyOf(query.population, findings.populationIds.place, index.populations, index.populationUnstated),
      outcome: anyOf(query.outcome, findings.outcomeIds.place, index.outcomes, index.outcomeUnstated),
    };
    const all = this.#satisfyingAllBut();
    this.passes = all === index.everything ? everyone : this.#letThrough(all);
    this.leftOut = asked.length > 0 && !this.#unknownToo ? this.#unknown(all) : undefined;
  }

  /** The findings that satisfy every word but the one left out. */
  #satisfyingAllBut(leftOut?: Word): Satisfying {
    const [first, ...more] = words.flatMap((word) => (word === leftOut ? [] : (this.#satisfying[word] ?? [])));
    return first === undefined ? this.#index.everything : together([first, ...more]);
  }

  /** The findings of a partner by which it passes; none where nothing is asked of a finding. */
  satisfyingOf(partner: number): readonly number[] {
    const all = this.#satisfyingAllBut();
    if (all === this.#index.everything) return [];
    return partsOf(this.#from, partner).filter((row) => this.#index.planes.has(all.yes, row));
  }

  #known(a: Satisfying, b: Satisfying): Bits {
    return owners(a.yes, b.yes, this.#index.withoutFindings.length);
  }

  #unknown(a: Satisfying, b: Satisfying = a): Bits {
    const possible = owners(a.maybe, b.maybe, this.#index.withoutFindings.length);
    return without(either(possible, this.#index.withoutFindings), this.#known(a, b));
  }

  /** The partners that pass by findings that satisfy both. */
  #letThrough(a: Satisfying, b: Satisfying = a): Bits {
    if (!this.#unknownToo) return this.#known(a, b);
    return this.#knownToo ? either(this.#known(a, b), this.#unknown(a, b)) : this.#unknown(a, b);
  }

  /** How many of `partners` pass by findings that satisfy both. */
  #countLetThrough(a: Satisfying, b: Satisfying, partners: Bits): number {
    return this.#unknownToo ? countBoth(this.#letThrough(a, b), partners) : countOwners(a.yes, b.yes, partners);
  }

  /** How many of `partners` each value would let through in place of its word's present ones. */
  count(partners: Bits) {
    const { byTier, populations, outcomes } = this.#index;
    const butTier = this.#satisfyingAllBut('tier');
    const each = (word: Word, values: readonly Satisfying[]): readonly number[] => {
      const rest = this.#satisfyingAllBut(word);
      return values.map((value) => this.#countLetThrough(rest, value, partners));
    };
    return {
      tier: byTier.map(({ yes }) => countOwners(yes, butTier.yes, partners)),
      tierUnknown: this.#countUnknown(butTier, byTier[loosest - 1] ?? butTier, partners),
      population: each('population', populations),
      outcome: each('outcome', outcomes),
      fund: this.#countFunds(partners),
    };
  }

  /** A known finding is a possible one too, so the unknown partners are the difference. */
  #countUnknown(a: Satisfying, b: Satisfying, partners: Bits): number {
    const possible = countOwners(a.maybe, b.maybe, partners) + countBoth(this.#index.withoutFindings, partners);
    return possible - countOwners(a.yes, b.yes, partners);
  }

  #countFunds(partners: Bits): readonly number[] {
    const rest = this.#satisfyingAllBut('fund');
    return this.#required.map((tier) => {
      const fund = this.#index.byFundTier[tier - 1];
      if (fund !== undefined) return this.#countLetThrough(rest, fund, partners);
      // The fund demands nothing; where nothing else is asked either, a partner needs no finding.
      return rest === this.#index.everything
        ? countBoth(partners, partners)
        : this.#countLetThrough(rest, rest, partners);
    });
  }
}
