/**
 * The matrix in memory: one typed array a figure. Tables hang together by row: the approvals of
 * partner `p` are the rows `approvals.from[p]` to `approvals.from[p + 1]`, the end left out.
 * Integer columns are `Int32Array` and the others `Float64Array`, so that `int` and `real` below
 * each see one kind only and stay as fast as plain indexing.
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
  /** Ascending moments at which the status of an approval or the capacity of a partner may change. */
  readonly changes: Float64Array;
}

export interface PartnerColumns {
  readonly count: number;
  readonly ids: readonly string[];
  readonly names: readonly string[];
  /** 1 where an owner of the organization has an account. */
  readonly claimed: Int32Array;
  /** By row, for the organizations that have one. */
  readonly documentedRoles: ReadonlyMap<number, string>;
  readonly agreed: Int32Array;
  readonly met: Int32Array;
  readonly engagements: Int32Array;
  readonly latest: Float64Array;
  /** Lower bound of the record, in whole percent rounded down; -1 where there are too few results. */
  readonly lowerPercent: Int32Array;
  /** 1 where something is published that says whether there is room. */
  readonly capacityKnown: Int32Array;
  /** -1 where no limit is published. */
  readonly clientsAtMost: Int32Array;
  readonly clientsNow: Int32Array;
  /** From `nextYear` on these are the clients of the school year. */
  readonly clientsNext: Int32Array;
  readonly nextYear: Float64Array;
  /** The moment at which the day of the earliest start begins; `never` where none is published. */
  readonly earliestStart: Float64Array;
}

export interface SiteColumns {
  readonly from: Int32Array;
  /** Districts and regions. */
  readonly siteIds: Vocabulary;
  readonly site: Int32Array;
}

export interface ApprovalColumns {
  readonly from: Int32Array;
  readonly areaIds: Vocabulary;
  /** -1 where the source does not show the area. */
  readonly area: Int32Array;
  readonly granted: Float64Array;
  /** The last millisecond that counts. */
  readonly ends: Float64Array;
  /** -1 where the approval is not one that was only published; else the place in `publishedYears`. */
  readonly published: Int32Array;
  /** The first is empty: published without a year. */
  readonly publishedYears: readonly string[];
  /** Times of an approval at which a condition, a probation, a suspension or a removal holds. */
  readonly spans: {
    readonly from: Int32Array;
    readonly kind: Int32Array;
    readonly begins: Float64Array;
    /** The first millisecond that no longer counts; `never` where the span stays open. */
    readonly until: Float64Array;
  };
}

export const spanKinds = ['removed', 'suspended', 'probation', 'conditional'] as const;

export interface OfferingColumns {
  readonly from: Int32Array;
  readonly serviceIds: Vocabulary;
  /** -1 in the row that stands for a partner without any offering. */
  readonly service: Int32Array;
  /** Places in `areaIds` of the approvals; without any the offering is for every area. */
  readonly areas: ListColumn;
  readonly conditionIds: Vocabulary;
  readonly conditions: ListColumn;
  /** One bit a grade, in the order of `grades`. */
  readonly grades: Int32Array;
  readonly prices: PriceColumns;
}

/** Amounts in cents; `none` where the price does not state one. */
export interface PriceColumns {
  readonly from: Int32Array;
  readonly units: readonly string[];
  readonly unit: Int32Array;
  readonly low: Float64Array;
  readonly typical: Float64Array;
  readonly high: Float64Array;
  readonly outcomePayment: Float64Array;
  readonly minimum: Float64Array;
  readonly staffHours: Float64Array;
}

export interface FindingColumns {
  readonly from: Int32Array;
  /** 0 where no source states a tier; `tierLow` is the stronger end. */
  readonly tierLow: Int32Array;
  readonly tierHigh: Int32Array;
  /** The place in `effects`. */
  readonly effect: Int32Array;
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
  readonly from: Int32Array;
  readonly place: Int32Array;
}

export function int(column: Int32Array, row: number): number {
  return column[row] ?? 0;
}

export function real(column: Float64Array, row: number): number {
  return column[row] ?? 0;
}

/** What belongs to `row` of the table above, by its place in the table below. */
export function partsOf(from: Int32Array, row: number): readonly number[] {
  const first = int(from, row);
  return Array.from({ length: int(from, row + 1) - first }, (_, index) => first + index);
}

export function placesOf({ from, place }: ListColumn, row: number): Int32Array {
  return place.subarray(int(from, row), int(from, row + 1));
}

/** What a row lists, by the names of the vocabulary. */
export function entriesOf({ ids }: Vocabulary, column: ListColumn, row: number): readonly string[] {
  return Array.from(placesOf(column, row), (place) => ids[place] ?? '');
}

/** Whether two rows list the same, which they do in the same order. */
export function haveSameEntries({ from, place }: ListColumn, a: number, b: number): boolean {
  const first = int(from, a);
  const other = int(from, b);
  const count = int(from, a + 1) - first;
  if (int(from, b + 1) - other !== count) return false;
  for (let entry = 0; entry < count; entry += 1)
    if (int(place, first + entry) !== int(place, other + entry)) return false;
  return true;
}
