import { gradeOrder } from '../../programs/grades.ts';
import { int, type MatrixColumns } from './columns.ts';
import { lastPerSnapshot } from './per-snapshot.ts';
import { statusWords, type QueryWord } from './query-words.ts';
import type { MatrixTerms } from './terms.ts';

/** The steps of the facet of `max`, whole dollars. */
export const costSteps = [10_000, 25_000, 50_000, 100_000, 250_000] as const;
/** The steps of the facet of `record`, whole percent. */
export const recordSteps = [50, 60, 70, 80, 90] as const;
/** The steps of the facet of `tier`: 3 means tiers 1 to 3. */
export const tierSteps = [1, 2, 3, 4] as const;

export const facetWords = [
  'area',
  'condition',
  'service',
  'grade',
  'tier',
  'population',
  'outcome',
  'fund',
  'max',
  'unpriced',
  'record',
  'capacity',
  'site',
  'status',
] as const satisfies readonly QueryWord[];
export type FacetWord = (typeof facetWords)[number];

/**
 * Query word → value → how many partners there would be with that value in place of the word's
 * present ones. Has every value that a partner of the snapshot has and every step, also where the
 * count is 0; of the many sites only those with a count.
 */
export type Facets = Readonly<Record<FacetWord, Readonly<Record<string, number>>>>;

/** Where the count of each value stands in one list of counts for all facets. */
export interface FacetLayout {
  readonly terms: MatrixTerms;
  readonly values: Readonly<Record<FacetWord, readonly string[]>>;
  /** The place of the first value of each word. */
  readonly at: Readonly<Record<FacetWord, number>>;
  readonly size: number;
}

export const facetLayout = lastPerSnapshot(
  ({ approvals, offerings, findings, sites }: MatrixColumns, terms: MatrixTerms): FacetLayout => {
    const values = {
      area: approvals.areaIds.ids,
      condition: offerings.conditionIds.ids,
      service: offerings.serviceIds.ids,
      grade: gradeOrder,
      tier: [...tierSteps.map(String), 'unknown'],
      population: findings.populationIds.ids,
      outcome: findings.outcomeIds.ids,
      fund: terms.funds.map((fund) => fund.id),
      max: costSteps.map(String),
      unpriced: ['no'],
      record: [...recordSteps.map(String), 'unknown'],
      capacity: ['now', 'unknown'],
      site: sites.siteIds.ids,
      status: statusWords,
    } as const satisfies Record<FacetWord, readonly string[]>;
    let size = 0;
    const at = facetWords.map((word) => {
      const first = size;
      size += values[word].length;
      return [word, first];
    });
    // Object.fromEntries knows no names of keys
    return { terms, values, at: Object.fromEntries(at) as FacetLayout['at'], size };
  },
  (known, terms) => known.terms === terms,
);

/** The counts of all facets, as they were counted: one list, and who stands where. */
export class FacetCounts {
  readonly #layout: FacetLayout;
  readonly #counts: Int32Array;

  constructor(layout: FacetLayout, counts: Int32Array) {
    this.#layout = layout;
    this.#counts = counts;
  }

  count(word: FacetWord, place: number): number {
    return int(this.#counts, this.#layout.at[word] + place);
  }

  /** By word and value, as the API sends them and pages show them. */
  get byValue(): Facets {
    // Object.fromEntries knows no names of keys
    return Object.fromEntries(facetWords.map((word) => [word, this.#facet(word)])) as Facets;
  }

  #facet(word: FacetWord): Readonly<Record<string, number>> {
    // Without a prototype, so that no id of a program can meet a name that every object has.
    const facet: Record<string, number> = Object.create(null);
    for (const [place, value] of this.#layout.values[word].entries()) {
      const count = this.count(word, place);
      if (count > 0 || word !== 'site') facet[value] = count;
    }
    return facet;
  }
}

/** Counts, each partner once for each value, however many of its rows have that value. */
export class Tally {
  readonly counts: Int32Array;
  readonly #seen: Int32Array;
  #turn = 0;

  constructor(counts: Int32Array) {
    this.counts = counts;
    this.#seen = new Int32Array(counts.length);
  }

  /** What is added from now on is another partner's. */
  next(): void {
    this.#turn += 1;
  }

  add(place: number): void {
    if (this.#seen[place] === this.#turn) return;
    this.#seen[place] = this.#turn;
    this.counts[place] = int(this.counts, place) + 1;
  }
}
