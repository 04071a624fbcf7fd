import { costSteps } from '#shared/catalogue/matrix/facets.ts';
import { offeringCost } from '#shared/catalogue/cost.ts';
import { isListedByDefault, statusAt } from '#shared/catalogue/status.ts';
import { trackRecord } from '#shared/catalogue/track-record.ts';
import type { MatrixPartner } from '#shared/catalogue/matrix/partner.ts';
import type { MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import { recordSteps } from '#shared/catalogue/matrix/facets.ts';
import type { Facets } from '#shared/catalogue/matrix/facets.ts';
import { wordsOf } from '#shared/catalogue/matrix/search-words.ts';
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

export type FlatWord = (typeof flatWords)[number];

export type FlatItem = {
  readonly id: string;
  /** The lower bound of the track record; -1 where there is none. */
  readonly lower: number;
  /** The name as the engine compares it. */
  readonly plainName: string;
  /** Everything that is searched. */
  readonly text: string;
} & Readonly<Record<FlatWord, readonly string[]>>;

const unique = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];

/** A partner as lists of the query values by which it is found; only right for partners made `alike`. */
function flatItem({ id, name, summary, text, ...partner }: MatrixPartner): FlatItem {
  const { approvals, offerings, findings, sites, record, capacity } = partner;
  const cost = offeringCost(offerings[0]?.prices ?? [], terms.measures, terms.exampleScenario);
  const amount = 'cost' in cost ? cost.cost.compared : 0;
  const shown = trackRecord(record);
  const tier = findings[0]?.tier;
  return {
    id,
    lower: shown.known ? shown.lowerBound : -1,
    plainName: wordsOf(name).join(' '),
    text: [name, summary, ...text].join(' '),
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

/** The items of partners made `alike`, in the order of the track record as the engine keeps it. */
export function flatItems(partners: readonly MatrixPartner[]): readonly FlatItem[] {
  return partners
    .map(flatItem)
    .toSorted((a, b) => b.lower - a.lower || compare(a.plainName, b.plainName) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What a query asks of each word; a word that it does not ask is absent. */
export function askedOf(query: MatrixQuery): Readonly<Partial<Record<FlatWord, readonly string[]>>> {
  const asked: Partial<Record<FlatWord, readonly string[]>> = {};
  const all: Readonly<Record<FlatWord, readonly string[]>> = {
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
  };
  for (const word of flatWords) if (all[word].length > 0) asked[word] = all[word];
  return asked;
}
