import type { Instant } from '../../kernel/instants.ts';
import { put, wordsFor, type Bits } from './bits.ts';
import { never, type MatrixColumns } from './columns.ts';
import { demandsOf } from './demands.ts';
import { FacetCounts, facetLayout } from './facets.ts';
import { inOrder } from './order.ts';
import { scenarioOf, type MatrixQuery } from './query-words.ts';
import type { Relevance, Similar } from './search.ts';
import type { Found, Way } from './single-pass.ts';
import { stateAt } from './state-at.ts';
import type { MatrixTerms } from './terms.ts';
import { yearCosts, type Compare } from './year-costs.ts';

/** What the answer depends on beside the snapshot and the query. */
export interface MatrixContext {
  /** The server's instant, or the one that the address is pinned to. */
  readonly at: Instant;
  readonly terms: MatrixTerms;
}

/** What a query is answered with. */
export interface Means {
  readonly way: Way;
  /** Costs of many offerings; without it they are worked out one by one. */
  readonly compare?: Compare;
  /** Where a text is found, and how well; needed only where a text is asked. */
  readonly search?: (text: string) => Relevance | undefined;
}

export interface MatrixAnswer {
  /** The partners of the asked page, in order; empty past the end. */
  readonly ids: readonly string[];
  /** Their rows. */
  readonly rows: readonly number[];
  readonly total: number;
  readonly facets: FacetCounts;
  /** How many of `total` have no price that can be turned into a year's cost. */
  readonly unpriced: number;
  /**
   * By word, how many more there would be if its value `unknown` were added to the asked ones; for
   * `unpriced`, if those without a price were not left out. Where a fund asks for the tier, `tier` says
   * how many more its tier and `unknown` would give.
   */
  readonly leftOut: Readonly<Found['leftOut']>;
  /** Of a text, what was searched for in place of words that nobody has. */
  readonly similar: readonly Similar[];
  /** The next moment (milliseconds since 1970) at which the answer may change by itself; undefined when none will. */
  readonly boundary: number | undefined;
}

export const pageSize = 20;

const nothingSimilar: readonly Similar[] = [];

/**
 * Filters, counts every facet and sorts.
 *
 * The query's words fall into groups: those that one approval, one offering or one finding has to
 * satisfy together, and the others by themselves. The answer is the partners that pass every group. A
 * facet counts within the partners that pass all the other groups; what the words of its own group
 * demand of the same row, the group looks after.
 * @throws Error where a text is asked and there is no means to search for it.
 */
export function filter(columns: MatrixColumns, query: MatrixQuery, context: MatrixContext, means: Means): MatrixAnswer {
  const { facets, unpriced, leftOut, total, state, relevance, rowsOf } = ask(columns, query, context, means);
  const rows = rowsOf([(query.page - 1) * pageSize, query.page * pageSize]);
  const ids = idsOf(columns, rows);
  const boundary = state.until === never ? undefined : state.until;
  const similar = relevance === undefined ? nothingSimilar : relevance.similar;
  const answer: MatrixAnswer = { ids, rows, total, facets, unpriced, leftOut, similar, boundary };
  lastAnswer.set(columns, answer);
  return answer;
}

/** The rows of all partners that the query finds, in its order. */
export function everyRow(
  columns: MatrixColumns,
  query: MatrixQuery,
  context: MatrixContext,
  means: Means,
): readonly number[] {
  return ask(columns, query, context, means).rowsOf([0, columns.partners.count]);
}

function ask(
  columns: MatrixColumns,
  query: MatrixQuery,
  { at, terms }: MatrixContext,
  { way, search, compare }: Means,
) {
  const state = stateAt(columns, Date.parse(at));
  const costs = yearCosts(columns, {
    measures: terms.measures,
    scenario: scenarioOf(query, terms),
    compare,
  });
  const demands = demandsOf(columns);
  if (query.q !== '' && search === undefined) throw new Error('There is no means to search for a text.');
  const relevance = query.q === '' ? undefined : search?.(query.q);
  const found = new Int32Array(wordsFor(columns.partners.count));
  const layout = facetLayout(columns, terms);
  const counts = new Int32Array(layout.size);
  demands.approval.ask(query, state);
  demands.offering.ask(query, costs);
  demands.finding.ask(query, terms);
  demands.partner.ask(query, state);
  demands.text = relevance === undefined ? undefined : foundBy(relevance, found.length);
  const { total, leftOut } = way(columns, { demands, state, costs, layout, counts, found });
  const facets = new FacetCounts(layout, counts);
  const rowsOf = (range: readonly [first: number, end: number]): readonly number[] =>
    inOrder(found, total, range, columns, query, demands.offering, relevance);
  // Whoever passes and has a price passes with `unpriced=no` too, and nobody else does.
  return { total, facets, leftOut, unpriced: total - facets.count('unpriced', 0), relevance, state, rowsOf };
}

/**
 * Once no answer is in memory, V8 forgets how answers are built, and throws away what it compiled for them
 * whenever it collects garbage: so the last one stays.
 */
const lastAnswer = new WeakMap<MatrixColumns, MatrixAnswer>();

function foundBy({ rows }: Relevance, words: number): Bits {
  const found = new Int32Array(words);
  for (const row of rows) put(found, row);
  return found;
}

/** The ids of rows. */
export function idsOf({ partners }: MatrixColumns, rows: readonly number[]): readonly string[] {
  return rows.map((row) => partners.ids.at(row));
}
