import { startOfDay, type Instant, type Zone } from '../../kernel/instants.ts';
import { gradeOrder } from '../../programs/grades.ts';
import type { Approval, Offering, Price, TrackRecord } from '../model.ts';
import { trackRecord } from '../track-record.ts';
import { effects, none, spanKinds } from './columns.ts';
import { Numbered } from './numbered.ts';
import type { MatrixPartner } from './partner.ts';
import { compareText, wordsOf } from './search-words.ts';
import { tables, type VocabularyName } from './snapshot.ts';

type TableName = keyof typeof tables;
type TableColumn = { [T in TableName]: `${T}.${keyof (typeof tables)[T] & string}` }[TableName];

/** How many rows of a table each row of the table above has, and columns with several numbers a row. */
const otherColumns = [
  'approvals.of',
  'spans.of',
  'offerings.of',
  'offerings.areas.of',
  'offerings.areas.place',
  'offerings.conditions.of',
  'offerings.conditions.place',
  'prices.of',
  'findings.of',
  'findings.outcomes.of',
  'findings.outcomes.place',
  'findings.populations.of',
  'findings.populations.place',
  'sites.of',
  'sites.site',
  'words.of',
  'words.word',
] as const;

/** A column of the snapshot, by its table and its own name. */
export type ColumnName = TableColumn | (typeof otherColumns)[number];
/** Columns with several numbers a row. */
export type ListName = ColumnName extends infer C ? (C extends `${infer Name}.place` ? Name : never) : never;
type Columns = Readonly<Record<ColumnName, readonly number[]>>;

/** In the order in which a row has them. */
export const columnNames: readonly ColumnName[] = [
  ...Object.entries(tables).flatMap(
    ([table, columns]) => Object.keys(columns).map((column) => `${table}.${column}` as TableColumn), // as the type is made
  ),
  ...otherColumns,
];
/** What numbers stand for that are not what they say: entries of a vocabulary, dates, amounts, words. */
export type ValueName = VocabularyName | 'moment' | 'amount' | 'sites' | 'words';

/** What a partner has in every column. */
export interface PartnerRow {
  readonly partner: MatrixPartner;
  /** -1, below every bound, where there are too few confirmed results. */
  readonly recordKey: number;
  /** The name, as it is compared. */
  readonly name: string;
  /** Column by column, in the order of `columnNames`. Values are told by their numbers in `PartnerRows.values`. */
  readonly numbers: Int32Array;
  /** Where each column begins in `numbers`, with the end of the last one behind. */
  readonly starts: Int32Array;
  readonly zone: Zone;
}

/** Works out once for each partner what it has in every column: most partners do not change between two snapshots. */
export class PartnerRows {
  readonly #known = new WeakMap<MatrixPartner, PartnerRow>();
  readonly values = {
    areas: new Numbered<string>(),
    conditions: new Numbered<string>(),
    services: new Numbered<string>(),
    populations: new Numbered<string>(),
    outcomes: new Numbered<string>(),
    units: new Numbered<string>(),
    publishedYears: new Numbered<string>(),
    moment: new Numbered<number>(),
    amount: new Numbered<number>(),
    sites: new Numbered<string>(),
    words: new Numbered<string>(),
  } as const satisfies Readonly<Record<ValueName, Numbered<string> | Numbered<number>>>;

  /** @param zone of the program: in it begins the day of an earliest start. */
  of(partner: MatrixPartner, zone: Zone): PartnerRow {
    const known = this.#known.get(partner);
    if (known?.zone === zone) return known;
    const found = this.#columnsOf(partner, zone);
    const columns = columnNames.map((name) => found[name]);
    const starts = new Int32Array(columns.length + 1);
    for (const [place, column] of columns.entries()) starts[place + 1] = (starts[place] ?? 0) + column.length;
    const row: PartnerRow = {
      partner,
      recordKey: recordKeyOf(partner.record),
      name: wordsOf(partner.name).join(' '),
      numbers: Int32Array.from(columns.flat()),
      starts,
      zone,
    };
    this.#known.set(partner, row);
    return row;
  }

  #columnsOf(partner: MatrixPartner, zone: Zone): Columns {
    const { approvals, capacity, findings, record } = partner;
    const { areas, conditions, services, populations, outcomes, units, publishedYears } = this.values;
    const moment = (at: Instant | undefined): number => this.values.moment.numberOf(at && Date.parse(at));
    const offerings = partner.offerings.length === 0 ? [nothingOffered] : partner.offerings;
    const spans = approvals.map(spansOf);
    const spanRows = spans.flat();
    const prices = offerings.flatMap((one) => one.prices);
    const offeredAreas = offerings.map((one) => numbersOf(areas, one.areas));
    const offeredConditions = offerings.map((one) => numbersOf(conditions, one.conditions));
    const foundOutcomes = findings.map((one) => numbersOf(outcomes, one.outcomes));
    const foundPopulations = findings.map((one) => numbersOf(populations, one.populations));
    const sites = numbersOf(this.values.sites, siteNamesOf(partner));
    const words = numbersOf(this.values.words, furtherWordsOf(partner));
    const recordKey = recordKeyOf(record);
    const start = capacity?.earliestStart;
    const amounts = (amountOf: (price: Price) => number | undefined): readonly number[] =>
      prices.map((price) => this.values.amount.numberOf(amountOf(price)));
    return {
      'partners.claimed': [Number(partner.claimed)],
      'partners.agreed': [record.agreed],
      'partners.met': [record.met],
      'partners.engagements': [record.engagements],
      'partners.latest': [moment(record.latest)],
      'partners.lowerPercent': [recordKey < 0 ? none : Math.floor(recordKey * 100)],
      'partners.capacityKnown': [Number(capacity !== undefined)],
      'partners.clientsAtMost': [capacity?.clientsAtMost ?? none],
      'partners.clientsNow': [capacity?.clientsNow ?? 0],
      'partners.clientsNext': [capacity?.clientsNext ?? 0],
      'partners.nextYear': [moment(capacity?.nextYear)],
      'partners.earliestStart': [moment(start && startOfDay(start, zone))],
      'approvals.of': [approvals.length],
      'approvals.area': approvals.map((one) => areas.numberOf(one.area)),
      'approvals.granted': approvals.map((one) => moment(one.granted)),
      'approvals.ends': approvals.map((one) => moment(one.ends)),
      'approvals.published': approvals.map(({ asPublished }) =>
        publishedYears.numberOf(asPublished && (asPublished.year ?? withoutYear)),
      ),
      'spans.of': lengthsOf(spans),
      'spans.kind': spanRows.map((one) => spanKinds.indexOf(one.kind)),
      'spans.begins': spanRows.map((one) => moment(one.begins)),
      'spans.until': spanRows.map((one) => moment(one.until)),
      'offerings.of': [offerings.length],
      'offerings.service': offerings.map((one) => services.numberOf(one.service)),
      'offerings.grades': offerings.map((one) =>
        one.grades.reduce((bits, grade) => bits | (1 << gradeOrder.indexOf(grade)), 0),
      ),
      'offerings.areas.of': lengthsOf(offeredAreas),
      'offerings.areas.place': offeredAreas.flat(),
      'offerings.conditions.of': lengthsOf(offeredConditions),
      'offerings.conditions.place': offeredConditions.flat(),
      'prices.of': offerings.map((one) => one.prices.length),
      'prices.unit': prices.map((one) => units.numberOf(one.unit)),
      'prices.low': amounts(({ low }) => low),
      'prices.typical': amounts(({ typical, low }) => above(typical, low)),
      'prices.high': amounts(({ high, typical, low }) => above(high, typical ?? low)),
      'prices.outcomePayment': amounts(({ outcomePayment }) => outcomePayment),
      'prices.minimum': amounts(({ minimum }) => minimum),
      'prices.staffHours': amounts(({ staffHours }) => staffHours),
      'findings.of': [findings.length],
      'findings.tierLow': findings.map((one) => one.tier?.atLeast ?? 0),
      'findings.tierHigh': findings.map((one) => one.tier?.atMost ?? 0),
      'findings.effect': findings.map((one) => effects.indexOf(one.effect)),
      'findings.outcomes.of': lengthsOf(foundOutcomes),
      'findings.outcomes.place': foundOutcomes.flat(),
      'findings.populations.of': lengthsOf(foundPopulations),
      'findings.populations.place': foundPopulations.flat(),
      'sites.of': [sites.length],
      'sites.site': sites,
      'words.of': [words.length],
      'words.word': words,
    };
  }
}

/** The entry of `publishedYears` for what was published without a year. */
export const withoutYear = '';

/**
 * A partner that published no offering gets one about which nothing is known: it has no service and
 * no grade to match, counts for any area, and its price is unknown rather than too high.
 */
const nothingOffered: Pick<Offering, 'areas' | 'conditions' | 'grades' | 'prices'> & { readonly service?: undefined } =
  { areas: [], conditions: [], grades: [], prices: [] };

/** Distinct, and in the order of the values, which is that of their places in a snapshot. */
function numbersOf(numbered: Numbered<string>, values: readonly string[]): readonly number[] {
  const ordered = values.length < 2 ? values : [...new Set(values)].sort(compareText);
  return ordered.map((value) => numbered.numberOf(value));
}

function lengthsOf(rows: readonly (readonly unknown[])[]): readonly number[] {
  return rows.map((row) => row.length);
}

/** How far an amount is above the one below it takes fewer bytes than the amount. */
function above(amount: number | undefined, below: number | undefined): number | undefined {
  return amount === undefined ? undefined : amount - (below ?? 0);
}

/** Its districts and regions. */
function siteNamesOf({ sites }: MatrixPartner): readonly string[] {
  return sites.flatMap(({ district, region }) => [district, region]).filter((one) => one !== undefined);
}

/** Words of the text that name and summary do not have: those are found through name and summary. */
function furtherWordsOf({ name, summary, text }: MatrixPartner): readonly string[] {
  const shown = new Set([...wordsOf(name), ...wordsOf(summary)]);
  return text.flatMap(wordsOf).filter((word) => !shown.has(word));
}

/** -1, below every bound, where there are too few confirmed results. */
function recordKeyOf(record: TrackRecord): number {
  const shown = trackRecord(record);
  return shown.known ? shown.lowerBound : -1;
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
