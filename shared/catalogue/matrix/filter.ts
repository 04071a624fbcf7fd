import type { Instant } from '../../kernel/instants.ts';
import { bitFilter } from './bit-filter.ts';
import { put, type Bits } from './bits.ts';
import { never, type MatrixColumns } from './columns.ts';
import { FacetCounts, facetLayout, Tally } from './facets.ts';
import { demandsOf, scratchOf } from './matrix-index.ts';
import { inOrder } from './order.ts';
import { scenarioOf, type MatrixQuery } from './query-words.ts';
import { relevanceOf } from './search.ts';
import { singlePass, type Demands, type Found } from './single-pass.ts';
import { stateAt } from './state-at.ts';
import type { MatrixTerms } from './terms.ts';
import { yearCosts } from './year-costs.ts';

/** What the answer depends on beside the snapshot and the query. */
export interface MatrixContext {
  /** The server's instant, or the one that the address is pinned to. */
  readonly at: Instant;
  readonly terms: MatrixTerms;
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
  /** The next moment (milliseconds since 1970) at which the answer may change by itself; absent when none will. */
  readonly boundary?: number;
}

export const pageSize = 20;

/** Up to so many partners one pass over the rows is as fast as sets of bits, and needs none. */
export const fewPartners = 48;

type Way = 'bits' | 'single-pass';

function wayFor({ partners }: MatrixColumns): Way {
  return partners.count <= fewPartners ? 'single-pass' : 'bits';
}

/**
 * Filters, counts every facet and sorts.
 *
 * The query's words fall into groups: those that one approval, one offering or one finding has to
 * satisfy together, and the others by themselves. The answer is the partners that pass every group. A
 * facet counts within the partners that pass all the other groups; what the words of its own group
 * demand of the same row, the group looks after.
 * @param way is chosen by the size; both give the same answer, which tests hold.
 */
export function filter(
  columns: MatrixColumns,
  query: MatrixQuery,
  context: MatrixContext,
  way: Way = wayFor(columns),
): MatrixAnswer {
  const asked = ask(columns, query, context, way);
  const { facets, unpriced, leftOut, total, state } = asked;
  const rows = rowsOf(columns, query, asked, [(query.page - 1) * pageSize, query.page * pageSize]);
  return {
    ids: idsOf(columns, rows),
    rows,
    total,
    facets,
    unpriced,
    leftOut,
    ...(state.until === never ? {} : { boundary: state.until }),
  };
}

/** The rows of all partners that the query finds, in its order. */
export function everyRow(columns: MatrixColumns, query: MatrixQuery, context: MatrixContext): readonly number[] {
  return rowsOf(columns, query, ask(columns, query, context, wayFor(columns)), [0, columns.partners.count]);
}

function ask(columns: MatrixColumns, query: MatrixQuery, { at, terms }: MatrixContext, way: Way) {
  const state = stateAt(columns, Date.parse(at));
  const costs = yearCosts(columns, { measures: terms.measures, scenario: scenarioOf(query, terms) });
  const demands = demandsOf(columns);
  const scratch = scratchOf(columns);
  const relevance = relevanceOf(columns, query.q);
  demands.approval.ask(query, state);
  demands.offering.ask(query, costs);
  demands.finding.ask(query, terms);
  demands.partner.ask(query, state);
  demands.text = relevance === undefined ? undefined : foundBy(scratch.text, relevance);
  const layout = facetLayout(columns, terms);
  const found = scratch.found.bits.fill(0);
  const counts = new Int32Array(layout.size);
  const { total, leftOut } =
    way === 'bits'
      ? bitFilter(columns, demands, { state, costs }, layout, counts)
      : singlePass(columns, demands, layout, new Tally(counts), found);
  const facets = new FacetCounts(layout, counts);
  // Whoever passes and has a price passes with `unpriced=no` too, and nobody else does.
  return { demands, found, total, facets, leftOut, unpriced: total - facets.count('unpriced', 0), relevance, state };
}

function rowsOf(
  columns: MatrixColumns,
  query: MatrixQuery,
  {
    demands,
    found,
    total,
    relevance,
  }: { demands: Demands; found: Bits; total: number; relevance: Int32Array | undefined },
  range: readonly [number, number],
): readonly number[] {
  return inOrder(found, total, range, columns, query, demands.offering, relevance);
}

function foundBy(found: Bits, relevance: Int32Array): Bits {
  found.fill(0);
  for (let partner = 0; partner < relevance.length; partner += 1)
    if ((relevance[partner] ?? 0) > 0) put(found, partner);
  return found;
}

/** The ids of rows. */
export function idsOf({ partners }: MatrixColumns, rows: readonly number[]): readonly string[] {
  return rows.map((row) => partners.ids[row] ?? '');
}
