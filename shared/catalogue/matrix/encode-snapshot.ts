import type { ProgramId } from '../../kernel/ids.ts';
import { startOfDay, type Instant, type Zone } from '../../kernel/instants.ts';
import { gradeOrder } from '../../programs/grades.ts';
import type { Approval, Offering, Price } from '../model.ts';
import { trackRecord } from '../track-record.ts';
import { effects, none, spanKinds } from './columns.ts';
import { numberText } from './number-text.ts';
import type { MatrixPartner } from './partner.ts';
import { compareText, wordsOf } from './search-words.ts';
import { snapshotFormat, vocabularyNames, type Snapshot, type SnapshotPart, type VocabularyName } from './snapshot.ts';

export interface SnapshotMeta {
  readonly program: ProgramId;
  readonly builtAt: Instant;
  /** The program's zone: in it begins the day of an earliest start. */
  readonly zone: Zone;
}

/**
 * Writes the matrix of one program, part by part. Rows stand in the order of the track record, which is the order
 * of the list when nobody asks for another.
 */
export function encodeSnapshot(given: readonly MatrixPartner[], meta: SnapshotMeta): Snapshot {
  const partners = inRecordOrder(given);
  const approvals = partners.map((one) => one.approvals);
  const offerings = partners.map((one): readonly OfferingFacts[] =>
    one.offerings.length === 0 ? [nothingOffered] : one.offerings,
  );
  const findings = partners.map((one) => one.findings);
  const sites = partners.map((one) => distinct(one.sites.flatMap(({ district, region }) => [district, region])));
  const spans = approvals.flat().map(spansOf);
  const prices = offerings.flat().map((one) => one.prices);
  const words = partners.map(furtherWords);
  const starts = partners.map(({ capacity }) =>
    capacity?.earliestStart === undefined ? undefined : startOfDay(capacity.earliestStart, meta.zone),
  );
  const years = partners.map((one) => one.capacity?.nextYear);
  const latest = partners.map((one) => one.record.latest);

  const dictionary = distinct(words.flat());
  const moments = distinct([
    ...approvals.flat().flatMap((one) => [one.granted, one.ends]),
    ...spans.flat().flatMap((one) => [one.begins, one.until]),
    ...starts,
    ...years,
    ...latest,
  ]).map((at) => Date.parse(at));
  const amounts = [...new Set(prices.flat().flatMap((price) => Object.values(amountsOf).map((of) => of(price))))]
    .filter((one) => one !== undefined)
    .sort((a, b) => a - b);
  const vocabularies: Record<VocabularyName, readonly string[]> = {
    areas: distinct([...approvals.flat().map((one) => one.area), ...offerings.flat().flatMap((one) => one.areas)]),
    conditions: distinct(offerings.flat().flatMap((one) => one.conditions)),
    services: distinct(offerings.flat().map((one) => one.service)),
    populations: distinct(findings.flat().flatMap((one) => one.populations)),
    outcomes: distinct(findings.flat().flatMap((one) => one.outcomes)),
    units: distinct(prices.flat().map((one) => one.unit)),
    publishedYears: ['', ...distinct(approvals.flat().map((one) => one.asPublished?.year))],
  };

  const places = new Map(vocabularyNames.map((name) => [name, placesOf(vocabularies[name])]));
  const siteNames = distinct(sites.flat());
  const sitePlaces = placesOf(siteNames);
  const place = (name: VocabularyName, id: string | undefined): number =>
    id === undefined ? none : (places.get(name)?.get(id) ?? none);
  const lists = <Row>(rows: readonly Row[], name: VocabularyName, ids: (row: Row) => readonly string[]) => {
    const listed = rows.map((row) => [...new Set(ids(row))].map((id) => place(name, id)).sort((a, b) => a - b));
    return { of: counts(listed), place: numberText(listed.flat()) };
  };
  const momentPlaces = placesOf(moments);
  const moment = (at: Instant | undefined): number =>
    at === undefined ? none : (momentPlaces.get(Date.parse(at)) ?? none);
  const amountPlaces = placesOf(amounts);
  const amount = (of: (price: Price) => number | undefined): string =>
    column(prices.flat(), (price) => amountPlaces.get(of(price) ?? none) ?? none);
  const wordPlaces = placesOf(dictionary);
  const steps = words.map((one) => differences(one.map((word) => wordPlaces.get(word) ?? none)));

  const head = <P extends SnapshotPart>(part: P) =>
    ({ format: snapshotFormat, part, program: meta.program, builtAt: meta.builtAt }) as const;
  const core: Snapshot['core'] = {
    ...head('core'),
    moments: differences(moments),
    amounts,
    vocabularies,
    partners: {
      ids: partners.map((one) => one.id),
      names: partners.map((one) => one.name),
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
      area: column(approvals.flat(), (one) => place('areas', one.area)),
      granted: column(approvals.flat(), (one) => moment(one.granted)),
      ends: column(approvals.flat(), (one) => moment(one.ends)),
      published: column(approvals.flat(), ({ asPublished }) =>
        asPublished === undefined ? none : place('publishedYears', asPublished.year ?? ''),
      ),
    },
    spans: {
      of: counts(spans),
      kind: column(spans.flat(), (one) => spanKinds.indexOf(one.kind)),
      begins: column(spans.flat(), (one) => moment(one.begins)),
      until: column(spans.flat(), (one) => moment(one.until)),
    },
    offerings: {
      of: counts(offerings),
      service: column(offerings.flat(), (one) => place('services', one.service)),
      grades: column(offerings.flat(), (one) =>
        one.grades.reduce((bits, grade) => bits | (1 << gradeOrder.indexOf(grade)), 0),
      ),
      areas: lists(offerings.flat(), 'areas', (one) => one.areas),
      conditions: lists(offerings.flat(), 'conditions', (one) => one.conditions),
    },
    prices: {
      of: counts(prices),
      unit: column(prices.flat(), (one) => place('units', one.unit)),
      low: amount(amountsOf.low),
      typical: amount(amountsOf.typical),
      high: amount(amountsOf.high),
      outcomePayment: amount(amountsOf.outcomePayment),
      minimum: amount(amountsOf.minimum),
      staffHours: amount(amountsOf.staffHours),
    },
    findings: {
      of: counts(findings),
      tierLow: column(findings.flat(), (one) => one.tier?.atLeast ?? 0),
      tierHigh: column(findings.flat(), (one) => one.tier?.atMost ?? 0),
      effect: column(findings.flat(), (one) => effects.indexOf(one.effect)),
      outcomes: lists(findings.flat(), 'outcomes', (one) => one.outcomes),
      populations: lists(findings.flat(), 'populations', (one) => one.populations),
    },
  };
  return {
    core,
    sites: {
      ...head('sites'),
      names: siteNames,
      sites: { of: counts(sites), site: column(sites.flat(), (id) => sitePlaces.get(id) ?? none) },
    },
    summaries: {
      ...head('summaries'),
      summaries: partners.map((one) => one.summary),
      documentedRoles: partners.flatMap(({ documentedRole }, row) =>
        documentedRole === undefined ? [] : [[row, documentedRole] as const],
      ),
    },
    text: {
      ...head('text'),
      words: dictionary.join(' '),
      partnerWords: { of: counts(words), step: numberText(steps.flat()) },
    },
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

function inRecordOrder(partners: readonly MatrixPartner[]): readonly MatrixPartner[] {
  return partners
    .map((partner) => ({ partner, key: recordKey(partner), name: wordsOf(partner.name).join(' ') }))
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

/** Words of the text that name and summary do not have: those are found through name and summary. */
function furtherWords({ name, summary, text }: MatrixPartner): readonly string[] {
  const shown = new Set([...wordsOf(name), ...wordsOf(summary)]);
  return distinct(text.flatMap(wordsOf)).filter((word) => !shown.has(word));
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
