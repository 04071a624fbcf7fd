import type { Instant } from '../../kernel/instants.ts';
import { ApprovalGroup } from './approval-group.ts';
import { allOf, both, countBoth, emptyBits, placesIn, put, type Bits } from './bits.ts';
import { int, never, type MatrixColumns } from './columns.ts';
import { countFacets, type Facets, type Groups } from './facets.ts';
import { FindingGroup } from './finding-group.ts';
import { OfferingGroup } from './offering-group.ts';
import { perSnapshot } from './per-snapshot.ts';
import { CapacityGroup, RecordGroup, SiteGroup } from './partner-groups.ts';
import { scenarioOf, type MatrixQuery } from './query-words.ts';
import { relevanceOf } from './search.ts';
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
  readonly total: number;
  readonly facets: Facets;
  /** How many of `total` have no price that can be turned into a year's cost. */
  readonly unpriced: number;
  /**
   * By word, how many more there would be if its value `unknown` were added to the asked ones; for
   * `unpriced`, if those without a price were not left out.
   */
  readonly leftOut: {
    readonly tier: number;
    readonly record: number;
    readonly capacity: number;
    readonly unpriced: number;
  };
  /** The next moment (milliseconds since 1970) at which the answer may change by itself; absent when none will. */
  readonly boundary?: number;
  /** The rows of all partners in order, of which `ids` is one page. */
  readonly rows: readonly number[];
}

export const pageSize = 20;

/**
 * Filters, counts every facet and sorts.
 *
 * The query's words fall into groups: those that one approval, one offering or one finding has to
 * satisfy together, and the others by themselves. Each group gives the set of partners that pass it,
 * and the answer is what these have in common. A facet counts within the partners that pass all the
 * other groups; what the words of its own group demand of the same row, the group looks after.
 */
export function filter(columns: MatrixColumns, query: MatrixQuery, { at, terms }: MatrixContext): MatrixAnswer {
  const { everyone } = partnersOf(columns);
  const state = stateAt(columns, Date.parse(at));
  const costs = yearCosts(columns, { measures: terms.measures, scenario: scenarioOf(query, terms) });
  const relevance = relevanceOf(columns, query.q);
  const groups: Groups = {
    approval: new ApprovalGroup(columns, query, state, everyone),
    offering: new OfferingGroup(columns, query, costs, everyone),
    finding: new FindingGroup(columns, query, terms, everyone),
    record: new RecordGroup(columns, query, everyone),
    capacity: new CapacityGroup(query, state, everyone),
    site: new SiteGroup(columns, query, everyone),
    text: { passes: relevance === undefined ? everyone : foundBy(relevance, everyone) },
  };
  // Most words are absent from most queries, and their groups let everyone pass.
  const restricting = groupNames.filter((name) => groups[name].passes !== everyone);
  const passing = (...names: readonly (keyof Groups)[]): Bits => {
    const [first, ...more] = names.map((name) => groups[name].passes);
    return first === undefined ? everyone : both(first, ...more);
  };
  const found = passing(...restricting);
  const allBut = (...leftOut: readonly (keyof Groups)[]): Bits =>
    leftOut.some((name) => restricting.includes(name))
      ? passing(...restricting.filter((name) => !leftOut.includes(name)))
      : found;
  const leftOut = (name: 'finding' | 'record' | 'capacity'): number => {
    const { leftOut } = groups[name];
    return leftOut === undefined ? 0 : countBoth(leftOut, allBut(name));
  };

  const leftOutUnpriced = (): number => {
    const { unpriced, ...withUnpriced } = query;
    if (unpriced === undefined) return 0;
    const { passes } = new OfferingGroup(columns, withUnpriced, costs, everyone);
    return countBoth(passes, allBut('offering')) - countBoth(found, everyone);
  };

  const rows = sorted(placesIn(found), columns, query, groups.offering, relevance);
  const facets = countFacets(columns, query, terms, groups, allBut);
  return {
    ids: idsOf(columns, rows.slice((query.page - 1) * pageSize, query.page * pageSize)),
    total: rows.length,
    facets,
    // Whoever passes and has a price passes with `unpriced=no` too, and nobody else does.
    unpriced: rows.length - (facets.unpriced['no'] ?? 0),
    leftOut: {
      tier: leftOut('finding'),
      record: leftOut('record'),
      capacity: leftOut('capacity'),
      unpriced: leftOutUnpriced(),
    },
    ...(state.until === never ? {} : { boundary: state.until }),
    rows,
  };
}

const partnersOf = perSnapshot(({ partners }) => ({ everyone: allOf(partners.count) }));

const groupNames = ['approval', 'offering', 'finding', 'record', 'capacity', 'site', 'text'] as const;

function foundBy(relevance: Int32Array, everyone: Bits): Bits {
  const found = emptyBits(everyone.length);
  relevance.forEach((weight, partner) => {
    if (weight > 0) put(found, partner);
  });
  return found;
}

/** Rows are stored in the order of the record; the other orders have their ties by name. */
function sorted(
  found: readonly number[],
  { partners }: MatrixColumns,
  { sort }: MatrixQuery,
  offering: OfferingGroup,
  relevance: Int32Array | undefined,
): readonly number[] {
  if (sort === 'record') return found;
  const byName = found.toSorted((a, b) => int(partners.nameRank, a) - int(partners.nameRank, b));
  if (sort === 'cost') {
    return byName
      .map((partner) => ({ partner, cost: offering.lowestCost(partner) }))
      .sort((a, b) => a.cost - b.cost)
      .map(({ partner }) => partner);
  }
  if (sort === 'relevance' && relevance) return byName.sort((a, b) => int(relevance, b) - int(relevance, a));
  return byName;
}

/** The ids of rows, for an export of everything that `filter` found. */
export function idsOf({ partners }: MatrixColumns, rows: readonly number[]): readonly string[] {
  return rows.map((row) => partners.ids[row] ?? '');
}
