import { gradeOrder } from '../../programs/grades.ts';
import {
  effects,
  int,
  never,
  none,
  real,
  spanKinds,
  vocabulary,
  type ListColumn,
  type MatrixColumns,
  type Vocabulary,
} from './columns.ts';
import { readNumbers } from './number-text.ts';

/**
 * The matrix of one program as files: JSON, one list or text of numbers a column. Dates are kept, never
 * statuses, so the same files hold at any instant. Columns of one table have one length; `of` counts the
 * rows of a table that belong to each row of the table above it.
 */
export const snapshotFormat = 5;

/** The core filters and counts; the others are read where they are needed, each as long as the core's partners. */
export const snapshotParts = ['core', 'sites', 'summaries', 'text'] as const;
export type SnapshotPart = (typeof snapshotParts)[number];

export const vocabularyNames = [
  'areas',
  'conditions',
  'services',
  'populations',
  'outcomes',
  'units',
  'publishedYears',
] as const;
export type VocabularyName = (typeof vocabularyNames)[number];

type Range = readonly [least: number, most: number];
const largest = 2 ** 31 - 1;
const flag: Range = [0, 1];
const count: Range = [0, largest];
const orNone: Range = [-1, largest];
/**
 * Places in `amounts`, of cents and hours; none where the price does not state one. `typical` is told as
 * how far it is above `low`, and `high` above `typical`, else `low`, where these are stated.
 */
const amount = 'amount';
/** Places in `moments`. */
const moment = 'moment';

/** By table, what its columns hold: numbers of a range, places in a vocabulary, or one of the above. */
export const tables = {
  partners: {
    claimed: flag,
    agreed: count,
    met: count,
    engagements: count,
    latest: moment,
    lowerPercent: [-1, 100],
    capacityKnown: flag,
    clientsAtMost: orNone,
    clientsNow: count,
    clientsNext: count,
    nextYear: moment,
    earliestStart: moment,
  },
  approvals: { area: 'areas', granted: moment, ends: moment, published: 'publishedYears' },
  spans: { kind: [0, spanKinds.length - 1], begins: moment, until: moment },
  offerings: { service: 'services', grades: [0, 2 ** gradeOrder.length - 1] },
  prices: {
    unit: 'units',
    low: amount,
    typical: amount,
    high: amount,
    outcomePayment: amount,
    minimum: amount,
    staffHours: amount,
  },
  findings: { tierLow: [0, 4], tierHigh: [0, 4], effect: [0, effects.length - 1] },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Range | VocabularyName | 'amount' | 'moment'>>>>;

/** Whole numbers, as `number-text.ts` writes them. */
type Numbers = string;
type Table<T extends keyof typeof tables> = { readonly [C in keyof (typeof tables)[T]]: Numbers };
/** Of a table whose rows belong to those of another. */
interface Belonging {
  readonly of: Numbers;
}
/** Several numbers a row. */
interface Lists extends Belonging {
  readonly place: Numbers;
}

interface Head<P extends SnapshotPart> {
  readonly format: typeof snapshotFormat;
  readonly part: P;
  readonly program: string;
  readonly builtAt: string;
}

export interface Core extends Head<'core'> {
  /** Distinct moments, ascending, each as milliseconds after the one before (the first: after 1970). */
  readonly moments: readonly number[];
  /** Distinct, ascending. */
  readonly amounts: readonly number[];
  readonly vocabularies: Readonly<Record<VocabularyName, readonly string[]>>;
  readonly partners: Table<'partners'> & {
    readonly ids: readonly string[];
    readonly names: readonly string[];
    /** Of the partners that have one, the rows and the texts. */
    readonly documentedRoles: { readonly row: Numbers; readonly texts: readonly string[] };
  };
  readonly approvals: Table<'approvals'> & Belonging;
  readonly spans: Table<'spans'> & Belonging;
  readonly offerings: Table<'offerings'> & Belonging & { readonly areas: Lists; readonly conditions: Lists };
  readonly prices: Table<'prices'> & Belonging;
  readonly findings: Table<'findings'> & Belonging & { readonly outcomes: Lists; readonly populations: Lists };
}

export interface Sites extends Head<'sites'> {
  /** Districts and regions. */
  readonly names: readonly string[];
  readonly sites: Belonging & { readonly site: Numbers };
}

export interface Summaries extends Head<'summaries'> {
  readonly summaries: readonly string[];
}

/** Further search words; those of names and summaries are not repeated. */
export interface Text extends Head<'text'> {
  /** Distinct, ascending, with a space between. */
  readonly words: string;
  /** Places in `words`, each as the distance from the one before in the same partner's list. */
  readonly partnerWords: Belonging & { readonly step: Numbers };
}

export interface Snapshot {
  readonly core: Core;
  readonly sites: Sites;
  readonly summaries: Summaries;
  readonly text: Text;
}

export function refuse(what: string): never {
  throw new Error(`This matrix snapshot cannot be read: ${what}.`);
}

/** One object of a file. Every reading names what is wrong and where. */
export class Part {
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #where: string;

  constructor(json: unknown, where: string) {
    if (typeof json !== 'object' || json === null) refuse(`${where} is not an object`);
    this.#fields = new Map(Object.entries(json));
    this.#where = where === 'it' ? '' : `${where}.`;
  }

  value(name: string): unknown {
    return this.#fields.get(name);
  }

  part(name: string): Part {
    return new Part(this.value(name), this.#where + name);
  }

  refuse(name: string, what: string): never {
    return refuse(`${this.#where}${name} ${what}`);
  }

  text(name: string): string {
    const value = this.value(name);
    return typeof value === 'string' ? value : this.refuse(name, 'is not a text');
  }

  list(name: string, length?: number): readonly unknown[] {
    const value: unknown = this.value(name);
    if (!Array.isArray(value)) return this.refuse(name, 'is not a list');
    if (length !== undefined && value.length !== length)
      this.refuse(name, `has ${value.length} entries instead of ${length}`);
    return value;
  }

  texts(name: string, length?: number): readonly string[] {
    return this.list(name, length).map((one) =>
      typeof one === 'string' ? one : this.refuse(name, 'has an entry that is not a text'),
    );
  }

  numbers(name: string, most: number): readonly number[] {
    return this.list(name).map((one) =>
      typeof one === 'number' && one >= 0 && one <= most
        ? one
        : this.refuse(name, `has an entry that is not a number from 0 to ${most}`),
    );
  }

  ints(name: string, rows: number, [least, most]: Range): Int32Array {
    const ints = new Int32Array(rows);
    const read = readNumbers(this.text(name), ints, least, most);
    if (Number.isNaN(read)) this.refuse(name, `has an entry that is not a number from ${least} to ${most}`);
    if (read !== rows) this.refuse(name, `has ${read} entries instead of ${rows}`);
    return ints;
  }

  /** Counts a row, turned into where each row's part begins, with the end of the last one behind. */
  starts(name: string, rows: number): Int32Array {
    const counts = this.ints(name, rows, count);
    const starts = new Int32Array(rows + 1);
    for (let row = 0; row < rows; row += 1) starts[row + 1] = (starts[row] ?? 0) + (counts[row] ?? 0);
    return starts;
  }
}

/**
 * The file as one object, once its first words say that this version reads it.
 * @throws Error, in one sentence, for another format, another part, or the part of another snapshot.
 */
export function partOf(
  json: unknown,
  part: SnapshotPart,
  of?: { readonly program: string; readonly builtAt: string },
): Part {
  const file = new Part(json, 'it');
  if (file.value('format') !== snapshotFormat)
    throw new Error(
      `This matrix snapshot has the format ${String(file.value('format'))}; this version reads ${snapshotFormat}.`,
    );
  if (file.text('part') !== part) refuse(`it is the part ${file.text('part')} and not ${part}`);
  if (of !== undefined && (file.text('program') !== of.program || file.text('builtAt') !== of.builtAt))
    refuse(`its ${part} is of another snapshot`);
  return file;
}

/** How many rows a table has whose rows begin so. */
export function rowsIn(starts: Int32Array): number {
  return starts.at(-1) ?? 0;
}

/**
 * Reads the parts that rows are listed and filtered by into columns.
 * @throws Error, in one sentence, for another format, a list of the wrong length or a number that
 * points nowhere: such a file is a defect, and half of it would be a wrong answer.
 */
export function decodeSnapshot({
  core: json,
  sites: sitesJson,
}: {
  readonly core: unknown;
  readonly sites: unknown;
}): MatrixColumns {
  const file = partOf(json, 'core');
  const head = { program: file.text('program'), builtAt: file.text('builtAt') };
  const named = file.part('vocabularies');
  const terms = (name: VocabularyName): Vocabulary => vocabulary(named.texts(name));
  let sum = 0;
  const moments = file.numbers('moments', Number.MAX_SAFE_INTEGER).map((step) => (sum += step));
  /** With what a place of -1 means in front. Moments that are absent never come. */
  const known: Readonly<Record<string, Float64Array>> = {
    [moment]: Float64Array.of(never, ...moments),
    [amount]: Float64Array.of(none, ...file.numbers('amounts', 1e12)),
  };

  /** The columns of a table that `tables` tells of. */
  function table<T extends keyof typeof tables>(name: T, part: Part, rows: number) {
    const columns: Record<string, Int32Array | Float64Array> = {};
    for (const [column, kind] of Object.entries<Range | string>(tables[name])) {
      const values = typeof kind === 'string' ? known[kind] : undefined;
      const last = typeof kind === 'string' ? (values ?? named.list(kind)).length - 1 : 0;
      const places = part.ints(column, rows, typeof kind !== 'string' ? kind : [-1, values ? last - 1 : last]);
      columns[column] = values === undefined ? places : valuesAt(places, values);
    }
    // Each name of the table has its column now, of the kind that the table tells.
    return columns as {
      readonly [C in keyof (typeof tables)[T]]: (typeof tables)[T][C] extends 'moment' | 'amount'
        ? Float64Array
        : Int32Array;
    };
  }
  const lists = (part: Part, name: string, rows: number, { ids }: Vocabulary): ListColumn => {
    const inside = part.part(name);
    const from = inside.starts('of', rows);
    return { from, place: inside.ints('place', rowsIn(from), [0, ids.length - 1]) };
  };

  const [areas, conditions, services] = [terms('areas'), terms('conditions'), terms('services')];
  const [outcomes, populations] = [terms('outcomes'), terms('populations')];
  const part = (name: string) => file.part(name);
  const ids = part('partners').texts('ids');
  const approvalFrom = part('approvals').starts('of', ids.length);
  const spanFrom = part('spans').starts('of', rowsIn(approvalFrom));
  const offeringFrom = part('offerings').starts('of', ids.length);
  const priceFrom = part('prices').starts('of', rowsIn(offeringFrom));
  const findingFrom = part('findings').starts('of', ids.length);
  const siteFile = partOf(sitesJson, 'sites', head);
  const siteIds = vocabulary(siteFile.texts('names'));
  const siteFrom = siteFile.part('sites').starts('of', ids.length);
  const roles = part('partners').part('documentedRoles');
  const roleTexts = roles.texts('texts');
  const roleRows = roles.ints('row', roleTexts.length, [0, ids.length - 1]);

  const columns = {
    partners: {
      count: ids.length,
      ids,
      names: part('partners').texts('names', ids.length),
      documentedRoles: new Map(roleTexts.map((text, place) => [int(roleRows, place), text])),
      ...table('partners', part('partners'), ids.length),
    },
    approvals: {
      from: approvalFrom,
      areaIds: areas,
      publishedYears: named.texts('publishedYears'),
      ...table('approvals', part('approvals'), rowsIn(approvalFrom)),
      spans: { from: spanFrom, ...table('spans', part('spans'), rowsIn(spanFrom)) },
    },
    offerings: {
      from: offeringFrom,
      serviceIds: services,
      conditionIds: conditions,
      ...table('offerings', part('offerings'), rowsIn(offeringFrom)),
      areas: lists(part('offerings'), 'areas', rowsIn(offeringFrom), areas),
      conditions: lists(part('offerings'), 'conditions', rowsIn(offeringFrom), conditions),
      prices: {
        from: priceFrom,
        units: named.texts('units'),
        ...amountsOf(table('prices', part('prices'), rowsIn(priceFrom))),
      },
    },
    findings: {
      from: findingFrom,
      outcomeIds: outcomes,
      populationIds: populations,
      ...table('findings', part('findings'), rowsIn(findingFrom)),
      outcomes: lists(part('findings'), 'outcomes', rowsIn(findingFrom), outcomes),
      populations: lists(part('findings'), 'populations', rowsIn(findingFrom), populations),
    },
    sites: {
      from: siteFrom,
      siteIds,
      site: siteFile.part('sites').ints('site', rowsIn(siteFrom), [0, siteIds.ids.length - 1]),
    },
  };
  return { ...head, ...columns, changes: changesOf(moments) };
}

/** By row, the value behind its place; the first value is that of the place -1. */
function valuesAt(places: Int32Array, values: Float64Array): Float64Array {
  const column = new Float64Array(places.length);
  for (let row = 0; row < column.length; row += 1) column[row] = real(values, int(places, row) + 1);
  return column;
}

/** The amounts themselves, of those that are told as how far they are above another. */
function amountsOf<T extends Pick<MatrixColumns['offerings']['prices'], 'low' | 'typical' | 'high'>>(prices: T): T {
  const { low, typical, high } = prices;
  for (let row = 0; row < low.length; row += 1) {
    const least = Math.max(real(low, row), 0);
    const middle = real(typical, row);
    if (middle !== none) typical[row] = middle + least;
    if (real(high, row) !== none) high[row] = real(high, row) + (middle === none ? least : real(typical, row));
  }
  return prices;
}

/**
 * Every moment of the file, and the one after it, for an end is the last that counts. Some of these change
 * nothing; which do would have to be asked of every date of every partner.
 */
function changesOf(moments: readonly number[]): Float64Array {
  return Float64Array.from(new Set(moments.flatMap((moment) => [moment, moment + 1]))).sort();
}
