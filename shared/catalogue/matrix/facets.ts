import { gradeOrder } from '../../programs/grades.ts';
import { both, countOwners, countOwnersOfTwo, type Bits } from './bits.ts';
import type { ApprovalGroup } from './approval-group.ts';
import type { MatrixColumns } from './columns.ts';
import type { FindingGroup } from './finding-group.ts';
import type { OfferingGroup } from './offering-group.ts';
import { recordSteps, type CapacityGroup, type RecordGroup, type SiteGroup } from './partner-groups.ts';
import { statusWords, type MatrixQuery, type QueryWord } from './query-words.ts';
import type { MatrixTerms } from './terms.ts';
import { costSteps } from './year-costs.ts';

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

export interface Groups {
  readonly approval: ApprovalGroup;
  readonly offering: OfferingGroup;
  readonly finding: FindingGroup;
  readonly record: RecordGroup;
  readonly capacity: CapacityGroup;
  readonly site: SiteGroup;
  /** The text that is searched for. */
  readonly text: { readonly passes: Bits };
}

/**
 * Counts every facet.
 * @param allBut the partners that pass all groups but the ones named.
 */
export function countFacets(
  columns: MatrixColumns,
  query: MatrixQuery,
  terms: MatrixTerms,
  groups: Groups,
  allBut: (...leftOut: readonly (keyof Groups)[]) => Bits,
): Facets {
  const { approvals, offerings, findings, sites } = columns;
  const offering = groups.offering.count(allBut('offering'));
  const finding = groups.finding.count(allBut('finding'));
  const record = groups.record.count(allBut('record'));
  return {
    area: named(approvals.areaIds.ids, countAreas(groups, query, allBut('approval', 'offering'))),
    condition: named(offerings.conditionIds.ids, offering.condition),
    service: named(offerings.serviceIds.ids, offering.service),
    grade: named(gradeOrder, offering.grade),
    tier: named(tierWords, [...finding.tier, finding.tierUnknown]),
    population: named(findings.populationIds.ids, finding.population),
    outcome: named(findings.outcomeIds.ids, finding.outcome),
    fund: named(
      terms.funds.map((fund) => fund.id),
      finding.fund,
    ),
    max: named(costWords, offering.max),
    unpriced: named(['no'], offering.unpriced),
    record: named(recordWords, [...record.steps, record.unknown]),
    capacity: groups.capacity.count(allBut('capacity')),
    site: present(sites.siteIds.ids, groups.site.count(allBut('site'))),
    status: named(statusWords, groups.approval.countStatuses(allBut('approval'))),
  };
}

const tierWords = ['1', '2', '3', '4', 'unknown'] as const;
const costWords = costSteps.map(String);
const recordWords = [...recordSteps.map(String), 'unknown'];

/**
 * An area counts where an approval and, if one is demanded, an offering are for it. With `areas=all`
 * it is added to the asked ones: each of these needs its approval, and the offering any one of them.
 */
function countAreas({ approval, offering }: Groups, { area, areas }: MatrixQuery, others: Bits): readonly number[] {
  const isAdded = areas === 'all' && area.length > 0;
  const partners = isAdded ? both(others, approval.passes) : others;
  const { inStatus } = approval;
  if (!offering.isDemanded) return approval.areas.map((inArea) => countOwners(inArea, inStatus, partners));
  const fitting = offering.fittingBarArea();
  return approval.areas.map((inArea, place) =>
    countOwnersOfTwo(inArea, inStatus, offering.inArea(place, isAdded), fitting, partners),
  );
}

function named(values: readonly string[], counts: readonly number[]): Readonly<Record<string, number>> {
  const facet = emptyFacet();
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place];
    if (value !== undefined) facet[value] = counts[place] ?? 0;
  }
  return facet;
}

function present(values: readonly string[], counts: Int32Array): Readonly<Record<string, number>> {
  const facet = emptyFacet();
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place];
    const count = counts[place] ?? 0;
    if (value !== undefined && count > 0) facet[value] = count;
  }
  return facet;
}

/** Without a prototype, so that no id of a program can meet a name that every object has. */
function emptyFacet(): Record<string, number> {
  const facet: Record<string, number> = Object.create(null);
  return facet;
}
