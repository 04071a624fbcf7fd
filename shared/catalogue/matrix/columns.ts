import type { TextColumn } from './text-column.ts';

/**
 * The matrix in memory: one typed array a figure, in as few bytes as its numbers take. Tables hang together by
 * row: the approvals of partner `p` are the rows `approvals.from[p]` to `approvals.from[p + 1]`, the end left out.
 */
export interface MatrixColumns {
  readonly program: string;
  readonly builtAt: string;
  /** In the order of the track record: lower bound (unknown last), name, id. */
  readonly partners: PartnerColumns;
  readonly approvals: ApprovalColumns;
  readonly offerings: OfferingColumns;
  readonly findings: FindingColumns;
  readonly sites: SiteColumns;
  /** All that the columns tell, ascending. */
  readonly moments: Float64Array;
}

export interface PartnerColumns {
  readonly count: number;
  readonly ids: TextColumn;
  readonly names: TextColumn;
  /** 1 where an owner of the organization has an account. */
  readonly claimed: IntColumn;
  /** By row, for the organizations that have one. */
  readonly documentedRoles: ReadonlyMap<number, string>;
  readonly agreed: IntColumn;
  readonly met: IntColumn;
  readonly engagements: IntColumn;
  readonly latest: DictionaryColumn;
  /** Lower bound of the record, in whole percent rounded down; -1 where there are too few results. */
  readonly lowerPercent: IntColumn;
  /** 1 where something is published that says whether there is room. */
  readonly capacityKnown: IntColumn;
  /** -1 where no limit is published. */
  readonly clientsAtMost: IntColumn;
  readonly clientsNow: IntColumn;
  /** From `nextYear` on these are the clients of the school year. */
  readonly clientsNext: IntColumn;
  readonly nextYear: DictionaryColumn;
  /** The moment at which the day of the earliest start begins; `never` where none is published. */
  readonly earliestStart: DictionaryColumn;
}

export interface SiteColumns {
  readonly from: IntColumn;
  /** Districts and regions. */
  readonly siteIds: Vocabulary;
  readonly site: IntColumn;
}

export interface ApprovalColumns {
  readonly from: IntColumn;
  readonly areaIds: Vocabulary;
  /** -1 where the source does not show the area. */
  readonly area: IntColumn;
  readonly granted: DictionaryColumn;
  /** The last millisecond that counts. */
  readonly ends: DictionaryColumn;
  /** -1 where the approval is not one that was only published; else the place in `publishedYears`. */
  readonly published: IntColumn;
  /** The first is empty: published without a year. */
  readonly publishedYears: readonly string[];
  /** Times of an approval at which a condition, a probation, a suspension or a removal holds. */
  readonly spans: {
    readonly from: IntColumn;
    readonly kind: IntColumn;
    readonly begins: DictionaryColumn;
    /** The first millisecond that no longer counts; `never` where the span stays open. */
    readonly until: DictionaryColumn;
  };
}

export const spanKinds = ['removed', 'suspended', 'probation', 'conditional'] as const;

export interface OfferingColumns {
  readonly from: IntColumn;
  readonly serviceIds: Vocabulary;
  /** -1 in the row that stands for a partner without any offering. */
  readonly service: IntColumn;
  /** Places in `areaIds` of the approvals; without any the offering is for every area. */
  readonly areas: ListColumn;
  readonly conditionIds: Vocabulary;
  readonly conditions: ListColumn;
  /** One bit a grade, in the order of `grades`. */
  readonly grades: IntColumn;
  readonly prices: PriceColumns;
}

/** Amounts in cents; `none` where the price does not state one. `typicalOf` and `highOf` tell those two. */
export interface PriceColumns {
  readonly from: IntColumn;
  readonly units: readonly string[];
  readonly unit: IntColumn;
  readonly low: DictionaryColumn;
  /** How far it is above `low`, or above nothing where that is not stated. */
  readonly typical: DictionaryColumn;
  /** How far it is above `typical`, else `low`, else nothing. */
  readonly high: DictionaryColumn;
  readonly outcomePayment: DictionaryColumn;
  readonly minimum: DictionaryColumn;
  readonly staffHours: DictionaryColumn;
}

export interface FindingColumns {
  readonly from: IntColumn;
  /** 0 where no source states a tier; `tierLow` is the stronger end. */
  readonly tierLow: IntColumn;
  readonly tierHigh: IntColumn;
  /** The place in `effects`. */
  readonly effect: IntColumn;
  readonly outcomeIds: Vocabulary;
  readonly outcomes: ListColumn;
  readonly populationIds: Vocabulary;
  readonly populations: ListColumn;
}

export const effects = ['positive', 'none', 'mixed', 'negative', 'not-stated'] as const;

/** A moment after every other: what has no end ends then. */
export const never = Number.POSITIVE_INFINITY;

/** An amount that is not stated. */
export const none = -1;

export interface Vocabulary {
  readonly ids: readonly string[];
  readonly place: ReadonlyMap<string, number>;
}

export function vocabulary(ids: readonly string[]): Vocabulary {
  return { ids, place: new Map(ids.map((id, place) => [id, place])) };
}

/** Places in a vocabulary, several a row. */
export interface ListColumn {
  readonly from: IntColumn;
  readonly place: IntColumn;
}

/** Whole numbers, none of them below -1, in as few bytes as the largest takes. */
export type IntColumn = Int8Array | Int16Array | Int32Array;

/** Moments or amounts: many rows have the same. */
export interface DictionaryColumn {
  /** By row, the place of its value in `values`, less one: the first is what -1 stands for. */
  readonly places: IntColumn;
  readonly values: Float64Array;
}

export function int(column: IntColumn, row: number): number {
  return column[row] ?? 0;
}

/**
 * Whole numbers in the fewest bytes.
 * @param most no number is above it.
 */
export function narrowest(numbers: Int32Array, most: number): IntColumn {
  return most < 2 ** 7 ? new Int8Array(numbers) : most < 2 ** 15 ? new Int16Array(numbers) : numbers;
}

export function valueAt({ places, values }: DictionaryColumn, row: number): number {
  // Without `int`, which sees columns of all widths: dictionaries mostly have one, and are read faster so.
  return values[(places[row] ?? 0) + 1] ?? 0;
}

export function typicalOf({ low, typical }: PriceColumns, row: number): number {
  const above = valueAt(typical, row);
  return above === none ? none : above + Math.max(valueAt(low, row), 0);
}

export function highOf(prices: PriceColumns, row: number): number {
  const above = valueAt(prices.high, row);
  if (above === none) return none;
  const typical = typicalOf(prices, row);
  return above + (typical === none ? Math.max(valueAt(prices.low, row), 0) : typical);
}

export function real(column: Float64Array, row: number): number {
  return column[row] ?? 0;
}

/** What belongs to `row` of the table above, by its place in the table below. */
export function partsOf(from: IntColumn, row: number): readonly number[] {
  const first = int(from, row);
  return Array.from({ length: int(from, row + 1) - first }, (_, index) => first + index);
}

/** What a row lists, by the names of the vocabulary. */
export function entriesOf({ ids }: Vocabulary, { from, place }: ListColumn, row: number): readonly string[] {
  return partsOf(from, row).map((entry) => ids[int(place, entry)] ?? '');
}
