import { gradeOrder } from '../../programs/grades.ts';
import {
  effects,
  narrowest,
  int,
  never,
  none,
  spanKinds,
  vocabulary,
  type DictionaryColumn,
  type IntColumn,
  type ListColumn,
  type MatrixColumns,
  type Vocabulary,
} from './columns.ts';
import { readNumbers } from './number-text.ts';
import { TextColumn } from './text-column.ts';

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
/** Places in `amounts`, of cents and hours; none where the price does not state one. */
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
    if (typeof json !== 'object' || json === null) refuse(`${where || 'it'} is not an object`);
    this.#fields = new Map(Object.entries(json));
    this.#where = where && `${where}.`;
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

  /** As wide as its largest number; where a range tells the largest, as all columns of that range. */
  column(name: string, rows: number, range: Range): IntColumn {
    const ints = this.ints(name, rows, range);
    return narrowest(ints, range[1] === largest ? ints.reduce((most, one) => Math.max(most, one), 0) : range[1]);
  }

  ints(name: string, rows: number, [least, most]: Range): Int32Array {
    const ints = new Int32Array(rows);
    const read = readNumbers(this.text(name), ints, least, most);
    if (Number.isNaN(read)) this.refuse(name, `has an entry that is not a number from ${least} to ${most}`);
    if (read !== rows) this.refuse(name, `has ${read} entries instead of ${rows}`);
    return ints;
  }

  /** Counts a row, turned into where each row's part begins, with the end of the last one behind. */
  starts(name: string, rows: number): IntColumn {
    const counts = this.ints(name, rows, count);
    const starts = new Int32Array(rows + 1);
    let end = 0;
    for (let row = 0; row < rows; row += 1) starts[row + 1] = end += counts[row] ?? 0;
    return narrowest(starts, end);
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
  const file = new Part(json, '');
  if (file.value('format') !== snapshotFormat)
    refuse(`it has the format ${String(file.value('format'))}; this version reads ${snapshotFormat}`);
  if (file.text('part') !== part) refuse(`it is the part ${file.text('part')} and not ${part}`);
  if (of !== undefined && (file.text('program') !== of.program || file.text('builtAt') !== of.builtAt))
    refuse(`its ${part} is of another snapshot`);
  return file;
}

/** How many rows a table has whose rows begin so. */
export function rowsIn(starts: IntColumn): number {
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
  const moments = Float64Array.from(file.numbers('moments', Number.MAX_SAFE_INTEGER), (step) => (sum += step));
  /** With what a place of -1 means in front. Moments that are absent never come. */
  const known: Readonly<Record<string, Float64Array>> = {
    [moment]: Float64Array.from([never, ...moments]),
    [amount]: Float64Array.from([none, ...file.numbers('amounts', 1e12)]),
  };

  /** The columns of a table that `tables` tells of. */
  function table<T extends keyof typeof tables>(name: T, part: Part, rows: number) {
    const columns: Record<string, IntColumn | DictionaryColumn> = {};
    for (const [column, kind] of Object.entries<Range | string>(tables[name])) {
      const values = typeof kind === 'string' ? known[kind] : undefined;
      const range: Range = typeof kind === 'string' ? [-1, (values?.subarray(1) ?? named.list(kind)).length - 1] : kind;
      const places = part.column(column, rows, range);
      columns[column] = values === undefined ? places : { places, values };
    }
    // Each name of the table has its column now, of the kind that the table tells.
    return columns as {
      readonly [C in keyof (typeof tables)[T]]: (typeof tables)[T][C] extends 'moment' | 'amount'
        ? DictionaryColumn
        : IntColumn;
    };
  }
  const lists = (part: Part, name: string, rows: number, { ids }: Vocabulary): ListColumn => {
    const inside = part.part(name);
    const from = inside.starts('of', rows);
    return { from, place: inside.column('place', rowsIn(from), [0, ids.length - 1]) };
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
      ids: new TextColumn(ids),
      names: new TextColumn(part('partners').texts('names', ids.length)),
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
        ...table('prices', part('prices'), rowsIn(priceFrom)),
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
      site: siteFile.part('sites').column('site', rowsIn(siteFrom), [0, siteIds.ids.length - 1]),
    },
  };
  return { ...head, ...columns, moments };
}
