import { given } from '../../kernel/given.ts';
import { instantAt } from '../../kernel/iso-text.ts';
import type { ApprovalStatus, TrackRecord } from '../model.ts';
import type { CannotTurn, ScenarioFigure, YearCost } from '../cost.ts';
import { mayExceed } from '../cost.ts';
import { trackRecord, type ShownRecord } from '../track-record.ts';
import { effects, entriesOf, int, never, partsOf, valueAt, type MatrixColumns } from './columns.ts';
import type { MatrixContext } from './filter.ts';
import { FindingDemand } from './finding-demand.ts';
import { OfferingDemand } from './offering-demand.ts';
import { scenarioOf, type MatrixQuery } from './query-words.ts';
import { answersTo, roomAt, statusOf, type Room } from './state-at.ts';
import { costOfOffering, yearCosts } from './year-costs.ts';

/** From the strongest tier that a source states of a finding to the weakest. */
interface StatedTier {
  readonly atLeast: number;
  readonly atMost: number;
}

/** Why a partner is on the list, as codes with their data; the words live with the page. */
export type Because =
  | { readonly code: 'approved'; readonly areas: readonly string[] }
  | { readonly code: 'offers'; readonly services: readonly string[] }
  /** One finding that satisfies all that is asked of findings; its tier is absent where it is not rated. */
  | {
      readonly code: 'evidence';
      readonly tier?: StatedTier;
      readonly populations: readonly string[];
      readonly outcomes: readonly string[];
    }
  | { readonly code: 'within-budget'; readonly compared: number }
  | { readonly code: 'record'; readonly lowerPercent: number }
  | { readonly code: 'room' }
  | { readonly code: 'works-in'; readonly sites: readonly string[] };

/** Why it may not fit all the same. */
export type But =
  | { readonly code: 'status'; readonly areas: readonly string[]; readonly status: ApprovalStatus }
  | { readonly code: 'no-approval' }
  | { readonly code: 'may-exceed'; readonly high: number }
  | { readonly code: 'no-price' }
  | { readonly code: 'price-needs'; readonly figure: ScenarioFigure }
  | { readonly code: 'no-effect-found' }
  | { readonly code: 'tier-unknown' }
  | { readonly code: 'record-unknown' }
  | { readonly code: 'room-unknown' }
  | { readonly code: 'full' }
  | { readonly code: 'later'; readonly from: number }
  | { readonly code: 'unclaimed' };

/** One partner of the matrix as the list shows it. Money in cents, moments in milliseconds since 1970. */
export interface MatrixRow {
  readonly id: string;
  readonly name: string;
  readonly claimed: boolean;
  readonly documentedRole?: string;
  /** The area is absent where the source does not show it. */
  readonly areas: readonly { readonly area?: string; readonly status: ApprovalStatus; readonly year?: string }[];
  readonly services: readonly string[];
  readonly record: ShownRecord;
  /** Of the cheapest offering that satisfies the query; `cannot` says what the scenario lacks, null that no price is published. */
  readonly cost: YearCost | { readonly cannot: CannotTurn } | null;
  readonly capacity: Room;
  /**
   * Of the strongest finding that satisfies the query, or of all its findings where the query asks
   * nothing of them; absent where that is not rated, or there is none.
   */
  readonly tier?: StatedTier;
  readonly because: readonly Because[];
  readonly but: readonly But[];
}

/** The same with what it says of itself, which a list does not show. */
export interface DescribedRow extends MatrixRow {
  readonly summary: string;
}

/** Reads rows of the answer to a query; make one reader for all rows of a page. */
export class RowReader {
  readonly #columns: MatrixColumns;
  readonly #query: MatrixQuery;
  readonly #context: MatrixContext;
  readonly #moment: number;
  readonly #offering: OfferingDemand;
  readonly #finding: FindingDemand;

  constructor(columns: MatrixColumns, query: MatrixQuery, context: MatrixContext) {
    this.#columns = columns;
    this.#query = query;
    this.#context = context;
    this.#moment = Date.parse(context.at);
    const costs = yearCosts(columns, { measures: context.terms.measures, scenario: scenarioOf(query, context.terms) });
    this.#offering = new OfferingDemand(columns);
    this.#offering.ask(query, costs);
    this.#finding = new FindingDemand(columns);
    this.#finding.ask(query, context.terms);
  }

  row(place: number): MatrixRow {
    const { partners } = this.#columns;
    const areas = this.#areas(place);
    const record = trackRecord(this.#record(place));
    const cost = this.#cost(place);
    const capacity = roomAt(this.#columns, place, this.#moment);
    const tier = this.#tier(place);
    const claimed = int(partners.claimed, place) === 1;
    const services = this.#services(place);
    const shown = {
      id: partners.ids.at(place),
      name: partners.names.at(place),
      claimed,
      ...given('documentedRole', partners.documentedRoles.get(place)),
      areas,
      services,
      record,
      cost,
      capacity,
      ...given('tier', tier),
    };
    return { ...shown, because: this.#because(shown, place), but: this.#but(shown, place) };
  }

  #areas(place: number): MatrixRow['areas'] {
    const { approvals } = this.#columns;
    return partsOf(approvals.from, place).map((row) => {
      const area = approvals.areaIds.ids[int(approvals.area, row)];
      const status = statusOf(this.#columns, row, this.#moment);
      const year = status === 'published' ? approvals.publishedYears[int(approvals.published, row)] : undefined;
      return {
        ...given('area', area),
        status,
        ...given('year', year === '' ? undefined : year),
      };
    });
  }

  #record(place: number): TrackRecord {
    const { agreed, met, engagements, latest } = this.#columns.partners;
    const moment = valueAt(latest, place);
    return {
      agreed: int(agreed, place),
      met: int(met, place),
      engagements: int(engagements, place),
      ...given('latest', moment === never ? undefined : instantAt(moment)),
    };
  }

  #cost(place: number): MatrixRow['cost'] {
    const { offerings } = this.#columns;
    const { measures } = this.#context.terms;
    const scenario = scenarioOf(this.#query, this.#context.terms);
    const cheapest = this.#offering.cheapest(place);
    const rows =
      cheapest === undefined ? partsOf(offerings.from, place).filter((row) => this.#offering.matches(row)) : [cheapest];
    for (const row of rows) {
      const answer = costOfOffering(this.#columns, row, measures, scenario);
      if ('cost' in answer) return answer.cost;
      const [cannot] = answer.cannot;
      if (cannot !== undefined) return { cannot };
    }
    return null;
  }

  #tier(place: number): MatrixRow['tier'] {
    const best = this.#strongest(this.#satisfying(place));
    return best === undefined ? undefined : this.#tierOf(best);
  }

  /** The findings by which the partner passes; all of them where nothing is asked of a finding. */
  #satisfying(place: number): readonly number[] {
    return partsOf(this.#columns.findings.from, place).filter((row) => this.#finding.satisfies(row));
  }

  /** The finding with the strongest tier; those that are not rated come last. */
  #strongest(findings: readonly number[]): number | undefined {
    const { tierLow, tierHigh } = this.#columns.findings;
    const unrated = (row: number): number => Number(int(tierLow, row) === 0);
    return findings.toSorted(
      (a, b) =>
        unrated(a) - unrated(b) || int(tierHigh, a) - int(tierHigh, b) || int(tierLow, a) - int(tierLow, b) || a - b,
    )[0];
  }

  #tierOf(finding: number): StatedTier | undefined {
    const { tierLow, tierHigh } = this.#columns.findings;
    const atLeast = int(tierLow, finding);
    return atLeast === 0 ? undefined : { atLeast, atMost: int(tierHigh, finding) };
  }

  /** The finding by which the partner passes, never pieces of different ones. */
  #evidence(place: number): Extract<Because, { code: 'evidence' }> | undefined {
    const best = this.#finding.asked === 0 ? undefined : this.#strongest(this.#satisfying(place));
    if (best === undefined) return undefined;
    const { populationIds, populations, outcomeIds, outcomes } = this.#columns.findings;
    const { population, outcome } = this.#query;
    const tier = this.#tierOf(best);
    const asked = (ids: readonly string[], wanted: readonly string[]): readonly string[] =>
      wanted.length === 0 ? ids : ids.filter((id) => wanted.includes(id));
    return {
      code: 'evidence',
      ...given('tier', tier),
      populations: asked(entriesOf(populationIds, populations, best), population),
      outcomes: asked(entriesOf(outcomeIds, outcomes, best), outcome),
    };
  }

  /** The service types of the offerings that satisfy the query, or of all where it demands none. */
  #services(place: number): readonly string[] {
    const { from, service, serviceIds } = this.#columns.offerings;
    const matching = partsOf(from, place).filter((row) => this.#offering.matches(row));
    return [...new Set(matching.flatMap((row) => serviceIds.ids[int(service, row)] ?? []))];
  }

  #because(shown: Omit<MatrixRow, 'because' | 'but'>, place: number): readonly Because[] {
    const query = this.#query;
    const because: Because[] = [];
    // An approval that is over is no reason, however the partner came onto the list.
    const approved = shown.areas.flatMap(({ area, status }) =>
      area !== undefined && query.area.includes(area) && query.status.some((word) => answersTo(status, word))
        ? [area]
        : [],
    );
    if (approved.length > 0) because.push({ code: 'approved', areas: approved });
    if (query.service.length + query.grade.length + query.condition.length > 0)
      because.push({ code: 'offers', services: shown.services });
    const evidence = this.#evidence(place);
    if (evidence !== undefined) because.push(evidence);
    if (query.max !== undefined && shown.cost !== null && 'compared' in shown.cost) {
      because.push({ code: 'within-budget', compared: shown.cost.compared });
    }
    if (shown.record.known && query.record.length > 0) {
      because.push({ code: 'record', lowerPercent: int(this.#columns.partners.lowerPercent, place) });
    }
    if (query.capacity.includes('now') && shown.capacity === 'now') because.push({ code: 'room' });
    const sites = this.#sites(place).filter((site) => query.site.includes(site));
    if (sites.length > 0) because.push({ code: 'works-in', sites });
    return because;
  }

  #but(shown: Omit<MatrixRow, 'because' | 'but'>, place: number): readonly But[] {
    const but: But[] = [];
    if (shown.areas.length === 0) but.push({ code: 'no-approval' });
    const byStatus = new Map<ApprovalStatus, string[]>();
    for (const { area, status } of shown.areas) {
      if (status !== 'active')
        byStatus.set(status, [...(byStatus.get(status) ?? []), ...(area === undefined ? [] : [area])]);
    }
    for (const [status, areas] of byStatus) but.push({ code: 'status', areas, status });
    if (shown.cost === null) but.push({ code: 'no-price' });
    else if ('cannot' in shown.cost) {
      if ('missing' in shown.cost.cannot) but.push({ code: 'price-needs', figure: shown.cost.cannot.missing });
    } else if (
      this.#query.max !== undefined &&
      shown.cost.high !== undefined &&
      mayExceed(shown.cost, this.#query.max * 100)
    ) {
      but.push({ code: 'may-exceed', high: shown.cost.high });
    }
    if (this.#foundNoEffect(place)) but.push({ code: 'no-effect-found' });
    if (this.#isEvidenceUnknown(shown, place)) but.push({ code: 'tier-unknown' });
    if (!shown.record.known) but.push({ code: 'record-unknown' });
    if (shown.capacity === 'full') but.push({ code: 'full' });
    if (shown.capacity === 'unknown') but.push({ code: 'room-unknown' });
    if (shown.capacity === 'later')
      but.push({ code: 'later', from: valueAt(this.#columns.partners.earliestStart, place) });
    if (!shown.claimed) but.push({ code: 'unclaimed' });
    return but;
  }

  /** Whether evidence is asked for and no finding of a stated tier is known to be what is asked for. */
  #isEvidenceUnknown({ tier }: Pick<MatrixRow, 'tier'>, place: number): boolean {
    if (this.#finding.asked === 0) return false;
    return tier === undefined && (this.#query.tier.length > 0 || this.#satisfying(place).length === 0);
  }

  /** A study that found no effect, or a harmful one, is a finding too. */
  #foundNoEffect(place: number): boolean {
    const { findings } = this.#columns;
    return partsOf(findings.from, place).some((row) =>
      ['none', 'negative'].includes(effects[int(findings.effect, row)] ?? ''),
    );
  }

  #sites(place: number): readonly string[] {
    const { sites } = this.#columns;
    return partsOf(sites.from, place).map((row) => sites.siteIds.ids[int(sites.site, row)] ?? '');
  }
}
