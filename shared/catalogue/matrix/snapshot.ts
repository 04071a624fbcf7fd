import { gradeOrder } from '../../programs/grades.ts';
import {
  effects,
  never,
  none,
  real,
  spanKinds,
  vocabulary,
  type ListColumn,
  type MatrixColumns,
  type Vocabulary,
} from './columns.ts';

/**
 * The matrix of one program as files: JSON, one list a column. Dates are kept, never statuses, so the
 * same files hold at any instant. Lists of one table have one length; `of` counts the rows of a table
 * that belong to each row of the table above it.
 */
export const snapshotFormat = 3;

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
 * Amounts in cents and hours; -1 where the price does not state one. `typical` is told as how far it is
 * above `low`, and `high` above `typical`, else `low`, where these are stated.
 */
const amount = 'amount';
/** Places in `moments` plus one; 0 is no moment. */
const moment = 'moment';

/** By table, what its columns hold: whole numbers of a range, places in a vocabulary, or one of the above. */
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

type Numbers = readonly number[];
type Lists = readonly (readonly number[])[];
type Table<T extends keyof typeof tables> = { readonly [C in keyof (typeof tables)[T]]: Numbers };
/** Of a table whose rows belong to those of another. */
interface Belonging {
  readonly of: Numbers;
}

interface Head<P extends SnapshotPart> {
  readonly format: typeof snapshotFormat;
  readonly part: P;
  readonly program: string;
  readonly builtAt: string;
}

export interface Core extends Head<'core'> {
  /** Distinct moments, ascending, each as milliseconds after the one before (the first: after 1970). */
  readonly moments: Numbers;
  readonly vocabularies: Readonly<Record<VocabularyName, readonly string[]>>;
  readonly partners: Table<'partners'> & { readonly ids: readonly string[]; readonly names: readonly string[] };
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
  /** Pairs of row and text. */
  readonly documentedRoles: readonly (readonly [number, string])[];
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

  number(name: string, value: unknown, [least, most]: Range, whole = true): number {
    if (typeof value !== 'number' || !(value >= least && value <= most))
      return this.refuse(name, `has an entry that is not a number from ${least} to ${most}`);
    return whole && !Number.isInteger(value) ? this.refuse(name, 'has an entry that is not whole') : value;
  }

  ints(name: string, length: number | undefined, range: Range): Int32Array {
    const list = this.list(name, length);
    const ints = new Int32Array(list.length);
    const [least, most] = range;
    for (let row = 0; row < ints.length; row += 1) {
      const value = list[row];
      // Nearly all numbers are as they should be, and only the others are asked what is wrong.
      const isRight = typeof value === 'number' && value >= least && value <= most && Number.isInteger(value);
      ints[row] = isRight ? value : this.number(name, value, range);
    }
    return ints;
  }

  amounts(name: string, length: number): Float64Array {
    const list = this.list(name, length);
    const amounts = new Float64Array(length);
    for (let row = 0; row < length; row += 1) amounts[row] = this.number(name, list[row], [-1, 1e12], false);
    return amounts;
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
 * Reads the parts that rows are shown and filtered by into columns.
 * @throws Error, in one sentence, for another format, a list of the wrong length or a number that
 * points nowhere: such a file is a defect, and half of it would be a wrong answer.
 */
export function decodeSnapshot({
  core: json,
  sites: sitesJson,
  summaries: summariesJson,
}: {
  readonly core: unknown;
  readonly sites: unknown;
  readonly summaries: unknown;
}): MatrixColumns {
  const file = partOf(json, 'core');
  const head = { program: file.text('program'), builtAt: file.text('builtAt') };
  const named = file.part('vocabularies');
  const terms = (name: VocabularyName): Vocabulary => vocabulary(named.texts(name));
  let sum = 0;
  const moments = file
    .list('moments')
    .map((step) => (sum += file.number('moments', step, [0, Number.MAX_SAFE_INTEGER])));

  /** The columns of a table that `tables` tells of. Moments that are absent never come. */
  function table<T extends keyof typeof tables>(name: T, part: Part, rows: number) {
    const columns: Record<string, Int32Array | Float64Array> = {};
    for (const [column, kind] of Object.entries<Range | string>(tables[name])) {
      if (kind === moment) {
        const places = part.ints(column, rows, [0, moments.length]);
        const dates = new Float64Array(rows);
        for (let row = 0; row < rows; row += 1) dates[row] = moments[(places[row] ?? 0) - 1] ?? never;
        columns[column] = dates;
      } else if (kind === amount) {
        columns[column] = part.amounts(column, rows);
      } else {
        columns[column] = part.ints(column, rows, typeof kind === 'string' ? [-1, named.list(kind).length - 1] : kind);
      }
    }
    // Each name of the table has its column now, of the kind that the table tells.
    return columns as {
      readonly [C in keyof (typeof tables)[T]]: (typeof tables)[T][C] extends 'moment' | 'amount'
        ? Float64Array
        : Int32Array;
    };
  }
  const lists = (part: Part, name: string, rows: number, { ids }: Vocabulary): ListColumn => {
    const from = new Int32Array(rows + 1);
    const place: number[] = [];
    for (const [row, list] of part.list(name, rows).entries()) {
      if (!Array.isArray(list)) part.refuse(name, 'has an entry that is not a list');
      else for (const one of list) place.push(part.number(name, one, [0, ids.length - 1]));
      from[row + 1] = place.length;
    }
    return { from, place: Int32Array.from(place) };
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
  const shown = partOf(summariesJson, 'summaries', head);

  const columns = {
    partners: {
      count: ids.length,
      ids,
      names: part('partners').texts('names', ids.length),
      summaries: shown.texts('summaries', ids.length),
      documentedRoles: new Map(
        shown.list('documentedRoles').map((pair) => {
          const [row, text]: readonly unknown[] = Array.isArray(pair) ? pair : [];
          if (typeof text !== 'string')
            return shown.refuse('documentedRoles', 'has an entry that is not a pair of row and text');
          return [shown.number('documentedRoles', row, [0, ids.length - 1]), text];
        }),
      ),
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
