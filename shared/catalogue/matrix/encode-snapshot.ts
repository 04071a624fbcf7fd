import type { ProgramId } from '../../kernel/ids.ts';
import { startOfDay, type Instant, type Zone } from '../../kernel/instants.ts';
import { gradeOrder } from '../../programs/grades.ts';
import type { Approval, Offering, Price } from '../model.ts';
import { trackRecord } from '../track-record.ts';
import { effects, none, spanKinds } from './columns.ts';
import { numberText } from './write-number-text.ts';
import type { MatrixPartner } from './partner.ts';
import { PartnerTexts } from './partner-texts.ts';
import { compareText } from './search-words.ts';
import { snapshotFormat, vocabularyNames, type Snapshot, type SnapshotPart, type VocabularyName } from './snapshot.ts';

export interface SnapshotMeta {
  readonly program: ProgramId;
  readonly builtAt: Instant;
  /** The program's zone: in it begins the day of an earliest start. */
  readonly zone: Zone;
}

/** Writes a matrix once; whoever writes one again and again keeps a `SnapshotEncoder`. */
export function encodeSnapshot(given: readonly MatrixPartner[], meta: SnapshotMeta): Snapshot {
  return new SnapshotEncoder().encode(given, meta);
}

/**
 * Writes matrices. What takes long to find out of a partner is kept with it, so that the same partners are written
 * once more, but for a few, without waiting for the others.
 */
export class SnapshotEncoder {
  readonly #texts = new PartnerTexts();

  /**
   * Writes the matrix of one program, part by part. Rows stand in the order of the track record, which is the order
   * of the list when nobody asks for another.
   */
  encode(given: readonly MatrixPartner[], meta: SnapshotMeta): Snapshot {
    const partners = inRecordOrder(given, this.#texts);
    return {
      ...partsOf(partners, meta, this.#texts),
      text: { ...headOf('text', meta), ...this.#texts.columns(partners) },
    };
  }
}

function headOf<P extends SnapshotPart>(part: P, { program, builtAt }: SnapshotMeta) {
  return { format: snapshotFormat, part, program, builtAt } as const;
}

function partsOf(partners: readonly MatrixPartner[], meta: SnapshotMeta, texts: PartnerTexts): Omit<Snapshot, 'text'> {
  const approvals = partners.map((one) => one.approvals);
  const approvalRows = approvals.flat();
  const offerings = partners.map((one): readonly OfferingFacts[] =>
    one.offerings.length === 0 ? [nothingOffered] : one.offerings,
  );
  const offeringRows = offerings.flat();
  const findings = partners.map((one) => one.findings);
  const findingRows = findings.flat();
  const sites = partners.map((one) => texts.of(one).sites);
  const spans = approvalRows.map(spansOf);
  const spanRows = spans.flat();
  const prices = offeringRows.map((one) => one.prices);
  const priceRows = prices.flat();
  const starts = partners.map(({ capacity }) =>
    capacity?.earliestStart === undefined ? undefined : startOfDay(capacity.earliestStart, meta.zone),
  );
  const roles = partners.flatMap(({ documentedRole: text }, row) => (text === undefined ? [] : [{ row, text }]));
  const years = partners.map((one) => one.capacity?.nextYear);
  const latest = partners.map((one) => one.record.latest);

  const momentsMet = new Set<string>();
  const meet = (at: Instant | undefined): void => void (at === undefined || momentsMet.add(at));
  for (const { granted, ends } of approvalRows) {
    meet(granted);
    meet(ends);
  }
  for (const { begins, until } of spanRows) {
    meet(begins);
    meet(until);
  }
  for (const list of [starts, years, latest]) for (const at of list) meet(at);
  const momentTexts = [...momentsMet].sort(compareText);
  const moments = momentTexts.map((at) => Date.parse(at));
  const amountsMet = new Set<number>();
  for (const of of Object.values(amountsOf)) {
    for (const price of priceRows) {
      const found = of(price);
      if (found !== undefined) amountsMet.add(found);
    }
  }
  const amounts = [...amountsMet].sort((a, b) => a - b);
  const vocabularies: Record<VocabularyName, readonly string[]> = {
    areas: distinct([...approvalRows.map((one) => one.area), ...offeringRows.flatMap((one) => one.areas)]),
    conditions: distinct(offeringRows.flatMap((one) => one.conditions)),
    services: distinct(offeringRows.map((one) => one.service)),
    populations: distinct(findingRows.flatMap((one) => one.populations)),
    outcomes: distinct(findingRows.flatMap((one) => one.outcomes)),
    units: distinct(priceRows.map((one) => one.unit)),
    publishedYears: ['', ...distinct(approvalRows.map((one) => one.asPublished?.year))],
  };

  const places = new Map(vocabularyNames.map((name) => [name, placesOf(vocabularies[name])]));
  const siteNames = distinct(sites.flat());
  const sitePlaces = placesOf(siteNames);
  const place = (name: VocabularyName, id: string | undefined): number =>
    id === undefined ? none : (places.get(name)?.get(id) ?? none);
  const lists = <Row>(rows: readonly Row[], name: VocabularyName, ids: (row: Row) => readonly string[]) => {
    const placesOfName = places.get(name);
    const listed = rows.map((row) => {
      const found = ids(row).map((id) => placesOfName?.get(id) ?? none);
      return found.length < 2 ? found : [...new Set(found)].sort((a, b) => a - b);
    });
    return { of: counts(listed), place: numberText(listed.flat()) };
  };
  const momentPlaces = placesOf(momentTexts);
  const moment = (at: Instant | undefined): number => (at === undefined ? none : (momentPlaces.get(at) ?? none));
  const amountPlaces = placesOf(amounts);
  const amount = (of: (price: Price) => number | undefined): string =>
    column(priceRows, (price) => amountPlaces.get(of(price) ?? none) ?? none);
  const core: Snapshot['core'] = {
    ...headOf('core', meta),
    moments: differences(moments),
    amounts,
    vocabularies,
    partners: {
      ids: partners.map((one) => one.id),
      names: partners.map((one) => one.name),
      documentedRoles: { row: column(roles, ({ row }) => row), texts: roles.map(({ text }) => text) },
      claimed: column(partners, (one) => Number(one.claimed)),
      agreed: column(partners, (one) => one.record.agreed),
      met: column(partners, (one) => one.record.met),
      engagements: column(partners, (one) => one.record.engagements),
      latest: column(latest, moment),
      lowerPercent: column(partners, (one) => lowerPercentOf(recordKey(one))),
      capacityKnown: column(partners, (one) => Number(one.capacity !== undefined)),
      clientsAtMost: column(partners, (one) => one.capacity?.clientsAtMost ?? none),
      clientsNow: column(partners, (one) => one.capacity?.clientsNow ?? 0),
      clientsNext: column(partners, (one) => one.capacity?.clientsNext ?? 0),
      nextYear: column(years, moment),
      earliestStart: column(starts, moment),
    },
    approvals: {
      of: counts(approvals),
      area: column(approvalRows, (one) => place('areas', one.area)),
      granted: column(approvalRows, (one) => moment(one.granted)),
      ends: column(approvalRows, (one) => moment(one.ends)),
      published: column(approvalRows, ({ asPublished }) =>
        asPublished === undefined ? none : place('publishedYears', asPublished.year ?? ''),
      ),
    },
    spans: {
      of: counts(spans),
      kind: column(spanRows, (one) => spanKinds.indexOf(one.kind)),
      begins: column(spanRows, (one) => moment(one.begins)),
      until: column(spanRows, (one) => moment(one.until)),
    },
    offerings: {
      of: counts(offerings),
      service: column(offeringRows, (one) => place('services', one.service)),
      grades: column(offeringRows, (one) =>
        one.grades.reduce((bits, grade) => bits | (1 << gradeOrder.indexOf(grade)), 0),
      ),
      areas: lists(offeringRows, 'areas', (one) => one.areas),
      conditions: lists(offeringRows, 'conditions', (one) => one.conditions),
    },
    prices: {
      of: counts(prices),
      unit: column(priceRows, (one) => place('units', one.unit)),
      low: amount(amountsOf.low),
      typical: amount(amountsOf.typical),
      high: amount(amountsOf.high),
      outcomePayment: amount(amountsOf.outcomePayment),
      minimum: amount(amountsOf.minimum),
      staffHours: amount(amountsOf.staffHours),
    },
    findings: {
      of: counts(findings),
      tierLow: column(findingRows, (one) => one.tier?.atLeast ?? 0),
      tierHigh: column(findingRows, (one) => one.tier?.atMost ?? 0),
      effect: column(findingRows, (one) => effects.indexOf(one.effect)),
      outcomes: lists(findingRows, 'outcomes', (one) => one.outcomes),
      populations: lists(findingRows, 'populations', (one) => one.populations),
    },
  };
  return {
    core,
    sites: {
      ...headOf('sites', meta),
      names: siteNames,
      sites: { of: counts(sites), site: column(sites.flat(), (id) => sitePlaces.get(id) ?? none) },
    },
    summaries: { ...headOf('summaries', meta), summaries: partners.map((one) => one.summary) },
  };
}

interface OfferingFacts extends Pick<Offering, 'areas' | 'conditions' | 'grades'> {
  readonly service: string | undefined;
  readonly prices: readonly Price[];
}

/**
 * A partner that published no offering gets one about which nothing is known: it has no service and
 * no grade to match, counts for any area, and its price is unknown rather than too high.
 */
const nothingOffered: OfferingFacts = { service: undefined, areas: [], conditions: [], grades: [], prices: [] };

/** How far an amount is above the one below it takes fewer bytes than the amount. */
const amountsOf = {
  low: (price: Price) => price.low,
  typical: ({ typical, low }: Price) => above(typical, low),
  high: ({ high, typical, low }: Price) => above(high, typical ?? low),
  outcomePayment: (price: Price) => price.outcomePayment,
  minimum: (price: Price) => price.minimum,
  staffHours: (price: Price) => price.staffHours,
};

function above(amount: number | undefined, below: number | undefined): number | undefined {
  return amount === undefined ? undefined : amount - (below ?? 0);
}

/** -1, below every bound, where there are too few confirmed results. */
function recordKey({ record }: MatrixPartner): number {
  const shown = trackRecord(record);
  return shown.known ? shown.lowerBound : -1;
}

function lowerPercentOf(key: number): number {
  return key < 0 ? none : Math.floor(key * 100);
}

function inRecordOrder(partners: readonly MatrixPartner[], texts: PartnerTexts): readonly MatrixPartner[] {
  return partners
    .map((partner) => ({ partner, key: recordKey(partner), name: texts.of(partner).name }))
    .sort((a, b) => b.key - a.key || compareText(a.name, b.name) || compareText(a.partner.id, b.partner.id))
    .map(({ partner }) => partner);
}

interface SpanFacts {
  readonly kind: (typeof spanKinds)[number];
  readonly begins: Instant;
  readonly until: Instant | undefined;
}

function spansOf({ removed, suspensions, probation, conditions }: Approval): readonly SpanFacts[] {
  return [
    ...(removed === undefined ? [] : [{ kind: 'removed', begins: removed.at, until: undefined } as const]),
    ...suspensions.map(({ from, until }) => ({ kind: 'suspended', begins: from, until }) as const),
    ...(probation === undefined
      ? []
      : [{ kind: 'probation', begins: probation.from, until: probation.until } as const]),
    ...conditions.map(({ from, metAt }) => ({ kind: 'conditional', begins: from, until: metAt }) as const),
  ];
}

/** Without repeats and gaps, ascending by code unit. */
function distinct<T extends string>(values: readonly (T | undefined)[]): T[] {
  return [...new Set(values.filter((value) => value !== undefined))].sort(compareText);
}

function placesOf<T>(values: readonly T[]): ReadonlyMap<T, number> {
  return new Map(values.map((value, place) => [value, place]));
}

function column<Row>(rows: readonly Row[], number: (row: Row) => number): string {
  return numberText(rows.map(number));
}

function counts(rows: readonly (readonly unknown[])[]): string {
  return column(rows, (row) => row.length);
}

function differences(ascending: readonly number[]): number[] {
  return ascending.map((value, index) => value - (ascending[index - 1] ?? 0));
}
