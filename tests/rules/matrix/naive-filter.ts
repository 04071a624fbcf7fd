import type { EvidenceTier } from '#shared/programs/program.ts';
import { dayIn, type Instant, type Zone } from '#shared/kernel/instants.ts';
import type { Finding, Offering } from '#shared/catalogue/model.ts';
import type { MatrixPartner } from '#shared/catalogue/matrix/partner.ts';
import type { MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import type { MatrixTerms } from '#shared/catalogue/matrix/terms.ts';
import { offeringCost } from '#shared/catalogue/cost.ts';
import { statusAt } from '#shared/catalogue/status.ts';
import { trackRecord } from '#shared/catalogue/track-record.ts';

/**
 * The matrix as its rules are told, over plain objects and without any regard for speed: the oracle
 * of the engine. A facet's count is found by really asking again with the value replaced.
 */
export interface NaiveContext {
  readonly at: Instant;
  readonly zone: Zone;
  readonly terms: MatrixTerms;
  /** Of words of the text that nobody has, those nearest to them. */
  readonly nearest?: ReadonlyMap<string, readonly string[]>;
}

type Verdict = 'yes' | 'no' | 'unknown';

export function naiveFilter(partners: readonly MatrixPartner[], query: MatrixQuery, given: NaiveContext) {
  const nearest = nearestWords(partners, query.q);
  const context = { ...given, nearest };
  const found = partners.filter((partner) => matches(partner, query, context));
  const total = (other: MatrixQuery): number => partners.filter((partner) => matches(partner, other, context)).length;
  const more = (other: MatrixQuery): number => total(other) - found.length;
  return {
    ids: sorted(found, query, context).map((partner) => partner.id),
    total: found.length,
    similar: [...nearest].flatMap(([word, words]) => (words.length === 0 ? [] : [{ word, found: words }])),
    unpriced: found.filter((partner) => lowestCost(partner, query, context) === undefined).length,
    facets: facets(partners, query, context, total),
    leftOut: {
      tier: moreOfUnknownTier(query, context, more),
      record: query.record.some((one) => one !== 'unknown')
        ? more({ ...query, record: [...query.record, 'unknown'] })
        : 0,
      capacity: query.capacity.includes('now') ? more({ ...query, capacity: ['now', 'unknown'] }) : 0,
      unpriced: query.unpriced === 'no' ? more(withUnpriced(query)) : 0,
    },
  };
}

/** Where only a fund asks for a tier, its tier is asked together with `unknown`. */
function moreOfUnknownTier(query: MatrixQuery, { terms }: NaiveContext, more: (other: MatrixQuery) => number): number {
  if (query.tier.includes('unknown')) return 0;
  const required = terms.funds.filter((fund) => query.fund.includes(fund.id)).map((fund) => fund.tierAtMost);
  const ofFund = required.includes(undefined)
    ? []
    : tierWords.filter((tier) => tier === String(Math.max(...required.map(Number))));
  const asked = query.tier.length > 0 ? query.tier : ofFund;
  return asked.length === 0 ? 0 : more({ ...query, tier: [...asked, 'unknown'] });
}

const tierWords = ['1', '2', '3', '4'] as const;

function withUnpriced({ unpriced: _left, ...query }: MatrixQuery): MatrixQuery {
  return query;
}

export function matches(partner: MatrixPartner, query: MatrixQuery, context: NaiveContext): boolean {
  return (
    approvalMatches(partner, query, context) &&
    (!asksForOffering(query) || matchingOfferings(partner, query, context).length > 0) &&
    evidenceMatches(partner, query, context) &&
    recordMatches(partner, query) &&
    capacityMatches(partner, query, context) &&
    (query.site.length === 0 ||
      partner.sites.some(({ district, region }) => query.site.some((id) => id === district || id === region))) &&
    relevance(partner, query.q, context) !== undefined
  );
}

function approvalMatches(partner: MatrixPartner, query: MatrixQuery, { at }: NaiveContext): boolean {
  const hasStatus = (approval: MatrixPartner['approvals'][number]): boolean => {
    const status = statusAt(approval, at);
    return query.status.some((word) =>
      word === 'any'
        ? true
        : word === 'active'
          ? ['active', 'conditional', 'published'].includes(status)
          : word === status,
    );
  };
  const approvedIn = (area: string): boolean => partner.approvals.some((one) => one.area === area && hasStatus(one));
  if (query.area.length === 0) return query.status.includes('any') || partner.approvals.some(hasStatus);
  return query.areas === 'all' ? query.area.every(approvedIn) : query.area.some(approvedIn);
}

function asksForOffering(query: MatrixQuery): boolean {
  return (
    query.service.length > 0 ||
    query.grade.length > 0 ||
    query.condition.length > 0 ||
    query.max !== undefined ||
    query.unpriced === 'no'
  );
}

const blank = { service: undefined, areas: [], grades: [], conditions: [], prices: [] };

function matchingOfferings(partner: MatrixPartner, query: MatrixQuery, context: NaiveContext) {
  const offerings: readonly (Omit<Pick<Offering, keyof typeof blank>, 'service'> & { service: string | undefined })[] =
    partner.offerings.length === 0 ? [blank] : partner.offerings;
  return offerings.filter((offering) => {
    const cost = costOf(offering, query, context);
    return (
      (query.service.length === 0 || query.service.some((id) => id === offering.service)) &&
      (query.grade.length === 0 || query.grade.some((grade) => offering.grades.includes(grade))) &&
      (query.condition.length === 0 || offering.conditions.some((id) => query.condition.includes(id))) &&
      (query.area.length === 0 ||
        offering.areas.length === 0 ||
        offering.areas.some((id) => query.area.includes(id))) &&
      (cost === undefined ? query.unpriced === undefined : query.max === undefined || cost <= query.max * 100)
    );
  });
}

function costOf(offering: Pick<Offering, 'prices'>, query: MatrixQuery, { terms }: NaiveContext): number | undefined {
  const own = Object.values(query.scenario).length > 0;
  const answer = offeringCost(offering.prices, terms.measures, own ? query.scenario : terms.exampleScenario);
  return 'cost' in answer ? answer.cost.compared : undefined;
}

export function lowestCost(partner: MatrixPartner, query: MatrixQuery, context: NaiveContext): number | undefined {
  const costs = matchingOfferings(partner, query, context).map((one) => costOf(one, query, context));
  return costs.filter((cost) => cost !== undefined).toSorted((a, b) => a - b)[0];
}

function evidenceMatches(partner: MatrixPartner, query: MatrixQuery, { terms }: NaiveContext): boolean {
  const required = terms.funds.filter((fund) => query.fund.includes(fund.id)).map((fund) => fund.tierAtMost);
  const fundTier = required.includes(undefined) ? undefined : required.toSorted().at(-1);
  const known = query.tier.filter((tier) => tier !== 'unknown').map(Number);
  const tier = query.tier.length === 0 ? undefined : known.length === 0 ? 4 : Math.max(...known);
  if (tier === undefined && fundTier === undefined && query.population.length + query.outcome.length === 0) return true;
  const verdicts = partner.findings.map((finding) => verdictOn(finding, query, tier, fundTier));
  if (verdicts.includes('yes')) return query.tier.length === 0 || known.length > 0;
  return query.tier.includes('unknown') && (verdicts.length === 0 || verdicts.includes('unknown'));
}

function verdictOn(
  finding: Finding,
  query: MatrixQuery,
  tier: number | undefined,
  fundTier: EvidenceTier | undefined,
): Verdict {
  const reaches = (wanted: number): Verdict => {
    if (finding.tier === undefined) return 'unknown';
    if (finding.tier.atMost <= wanted) return 'yes';
    return finding.tier.atLeast > wanted ? 'no' : 'unknown';
  };
  const names = (stated: readonly string[], asked: readonly string[]): Verdict => {
    if (asked.length === 0) return 'yes';
    if (stated.length === 0) return 'unknown';
    return stated.some((one) => asked.includes(one)) ? 'yes' : 'no';
  };
  const worked: Verdict = finding.effect === 'positive' ? 'yes' : finding.effect === 'not-stated' ? 'unknown' : 'no';
  const verdicts = [
    names(finding.populations, query.population),
    names(finding.outcomes, query.outcome),
    ...(tier === undefined ? [] : [reaches(tier)]),
    ...(fundTier === undefined ? [] : [reaches(fundTier), worked]),
  ];
  return verdicts.includes('no') ? 'no' : verdicts.includes('unknown') ? 'unknown' : 'yes';
}

function recordMatches(partner: MatrixPartner, { record }: MatrixQuery): boolean {
  if (record.length === 0) return true;
  const shown = trackRecord(partner.record);
  if (!shown.known) return record.includes('unknown');
  return record.some((least) => least !== 'unknown' && Math.floor(shown.lowerBound * 100) >= least);
}

function capacityMatches({ capacity }: MatrixPartner, query: MatrixQuery, { at, zone }: NaiveContext): boolean {
  if (query.capacity.length === 0) return true;
  if (capacity === undefined) return query.capacity.includes('unknown');
  const { clientsAtMost, clientsNow, clientsNext, nextYear, earliestStart } = capacity;
  const hasRoom = clientsAtMost === undefined || (at < nextYear ? clientsNow : clientsNext) < clientsAtMost;
  const canStart = earliestStart === undefined || earliestStart <= dayIn(at, zone);
  return query.capacity.includes('now') && hasRoom && canStart;
}

/** The text's weight in this partner; undefined where one of its words is not found. */
function relevance(partner: MatrixPartner, q: string, { nearest }: NaiveContext): number | undefined {
  const begins = (text: string, word: string): boolean =>
    plainWords(text).some((one) => nearest?.get(word)?.includes(one) ?? one.startsWith(word));
  let sum = 0;
  for (const word of new Set(plainWords(q))) {
    if (begins(partner.name, word)) sum += 8;
    else if (begins(partner.summary, word)) sum += 3;
    else if (partner.text.some((text) => begins(text, word))) sum += 1;
    else return undefined;
  }
  return sum;
}

/** By each word of the text that begins no word of anybody, every word with the fewest letters amiss. */
function nearestWords(partners: readonly MatrixPartner[], q: string): ReadonlyMap<string, readonly string[]> {
  const known = [
    ...new Set(partners.flatMap(({ name, summary, text }) => [name, summary, ...text].flatMap(plainWords))),
  ];
  const nearest = new Map<string, readonly string[]>();
  for (const word of new Set(plainWords(q))) {
    if (known.some((one) => one.startsWith(word))) continue;
    const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
    const amiss = known.map((one) => ({ one, letters: lettersBetween(word, one) }));
    const least = Math.min(...amiss.map(({ letters }) => letters));
    const found = least > most ? [] : amiss.filter(({ letters }) => letters === least).map(({ one }) => one);
    nearest.set(word, found.sort());
  }
  return nearest;
}

/** How many letters have to be taken away, added or changed to make one word of the other (Levenshtein's distance). */
function lettersBetween(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, count) => count);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let place = 1; place <= other.length; place += 1) {
      const changed = (before[place - 1] ?? 0) + Number(one[row - 1] !== other[place - 1]);
      now.push(Math.min(changed, (before[place] ?? 0) + 1, (now[place - 1] ?? 0) + 1));
    }
    before = now;
  }
  return before.at(-1) ?? 0;
}

function plainWords(text: string): string[] {
  const folded = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

function sorted(found: readonly MatrixPartner[], query: MatrixQuery, context: NaiveContext): readonly MatrixPartner[] {
  const name = (partner: MatrixPartner): string => plainWords(partner.name).join(' ');
  const keys: Record<MatrixQuery['sort'], (partner: MatrixPartner) => number> = {
    name: () => 0,
    cost: (partner) => lowestCost(partner, query, context) ?? Number.MAX_VALUE,
    relevance: (partner) => -(relevance(partner, query.q, context) ?? 0),
    record: (partner) => {
      const shown = trackRecord(partner.record);
      return shown.known ? -shown.lowerBound : 1;
    },
  };
  const key = keys[query.sort];
  const order = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
  return found.toSorted((a, b) => key(a) - key(b) || order(name(a), name(b)) || order(a.id, b.id));
}

function facets(
  partners: readonly MatrixPartner[],
  query: MatrixQuery,
  { terms }: NaiveContext,
  total: (query: MatrixQuery) => number,
): Record<string, Record<string, number>> {
  const count = <T extends string | number>(values: readonly T[], replaced: (value: T) => MatrixQuery) =>
    Object.fromEntries([...new Set(values)].map((value) => [String(value), total(replaced(value))]));
  const offerings = partners.flatMap((one) => one.offerings);
  const findings = partners.flatMap((one) => one.findings);
  const areas = [
    ...partners.flatMap((one) => one.approvals.flatMap((approval) => approval.area ?? [])),
    ...offerings.flatMap((one) => one.areas),
  ];
  const sites = count(
    partners.flatMap((one) => one.sites.flatMap(({ district, region }) => [district ?? [], region ?? []].flat())),
    (id) => ({ ...query, site: [id] }),
  );
  return {
    area: count(areas, (id) => ({ ...query, area: query.areas === 'all' ? [...query.area, id] : [id] })),
    condition: count(
      offerings.flatMap((one) => one.conditions),
      (id) => ({ ...query, condition: [id] }),
    ),
    service: count(
      offerings.map((one) => one.service),
      (id) => ({ ...query, service: [id] }),
    ),
    grade: count(['PK', 'K', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const, (grade) => ({
      ...query,
      grade: [grade],
    })),
    tier: count(['1', '2', '3', '4', 'unknown'] as const, (tier) => ({ ...query, tier: [tier] })),
    population: count(
      findings.flatMap((one) => one.populations),
      (id) => ({ ...query, population: [id] }),
    ),
    outcome: count(
      findings.flatMap((one) => one.outcomes),
      (id) => ({ ...query, outcome: [id] }),
    ),
    fund: count(
      terms.funds.map((fund) => fund.id),
      (id) => ({ ...query, fund: [id] }),
    ),
    max: count([10_000, 25_000, 50_000, 100_000, 250_000], (max) => ({ ...query, max })),
    unpriced: count(['no'] as const, (unpriced) => ({ ...query, unpriced })),
    record: count([50, 60, 70, 80, 90, 'unknown'] as const, (record) => ({ ...query, record: [record] })),
    capacity: count(['now', 'unknown'] as const, (word) => ({ ...query, capacity: [word] })),
    // There are many sites, so those without a partner are left out.
    site: Object.fromEntries(Object.entries(sites).filter(([, total]) => total > 0)),
    status: count(
      ['active', 'conditional', 'probation', 'suspended', 'lapsed', 'removed', 'upcoming', 'published', 'any'] as const,
      (status) => ({ ...query, status: [status] }),
    ),
  };
}
