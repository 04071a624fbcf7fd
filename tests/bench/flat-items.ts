import itemsjs from 'itemsjs';
import { costSteps } from '#shared/catalogue/matrix/facets.ts';
import { offeringCost } from '#shared/catalogue/cost.ts';
import { isListedByDefault, statusAt } from '#shared/catalogue/status.ts';
import { trackRecord } from '#shared/catalogue/track-record.ts';
import type { MatrixPartner } from '#shared/catalogue/matrix/partner.ts';
import type { MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import { recordSteps } from '#shared/catalogue/matrix/facets.ts';
import type { Facets } from '#shared/catalogue/matrix/facets.ts';
import { at, terms } from './bench-partners.ts';

/**
 * The words that lists of plain values can express, so that itemsjs can be asked the same. The tier
 * has no `unknown` here: who is unknown depends on what else is asked of the same finding.
 */
export const flatWords = [
  'area',
  'condition',
  'service',
  'grade',
  'tier',
  'population',
  'outcome',
  'max',
  'record',
  'capacity',
  'site',
  'status',
] as const satisfies readonly (keyof Facets)[];

type FlatItem = { readonly id: string } & Readonly<Record<(typeof flatWords)[number], readonly string[]>>;

const unique = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];

/** A partner as lists of the query values by which it is found; only right for partners made `alike`. */
function flatItem({ id, approvals, offerings, findings, sites, record, capacity }: MatrixPartner): FlatItem {
  const cost = offeringCost(offerings[0]?.prices ?? [], terms.measures, terms.exampleScenario);
  const amount = 'cost' in cost ? cost.cost.compared : 0;
  const shown = trackRecord(record);
  const tier = findings[0]?.tier;
  return {
    id,
    area: unique(approvals.map((one) => one.area)),
    condition: unique(offerings.flatMap((one) => one.conditions)),
    service: unique(offerings.map((one) => one.service)),
    grade: unique(offerings.flatMap((one) => one.grades)),
    tier: tier === undefined ? [] : ['1', '2', '3', '4'].filter((each) => Number(each) >= tier.atMost),
    population: unique(findings.flatMap((one) => one.populations)),
    outcome: unique(findings.flatMap((one) => one.outcomes)),
    max: costSteps.filter((step) => amount <= step * 100).map(String),
    record: shown.known
      ? recordSteps.filter((step) => Math.floor(shown.lowerBound * 100) >= step).map(String)
      : ['unknown'],
    capacity: capacity === undefined ? ['unknown'] : capacity.clientsNow < (capacity.clientsAtMost ?? 0) ? ['now'] : [],
    site: unique(sites.flatMap((one) => [one.district, one.region])),
    status: unique(
      approvals
        .map((one) => statusAt(one, at))
        .flatMap((status) => [isListedByDefault(status) ? 'active' : status, status, 'any']),
    ),
  };
}

/**
 * @param partners in the order of the answer, so that itemsjs need not sort: the engine's rows stand
 * in that order too.
 */
export function flatIndex(partners: readonly MatrixPartner[]) {
  const index = itemsjs(partners.map(flatItem), {
    aggregations: Object.fromEntries(flatWords.map((word) => [word, { size: 1_000, conjunction: false }])),
  });
  return {
    search: (query: MatrixQuery) =>
      index.search({
        per_page: 20,
        page: query.page,
        filters: {
          area: query.area,
          condition: query.condition,
          service: query.service,
          grade: query.grade,
          tier: query.tier,
          population: query.population,
          outcome: query.outcome,
          max: query.max === undefined ? [] : [String(query.max)],
          record: query.record.map(String),
          capacity: query.capacity,
          site: query.site,
          status: query.status,
        },
      }),
  };
}
