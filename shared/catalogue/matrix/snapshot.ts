import { gradeOrder } from '../../programs/grades.ts';
import {
  effects,
  never,
  spanKinds,
  vocabulary,
  type ListColumn,
  type MatrixColumns,
  type Vocabulary,
} from './columns.ts';

/**
 * The matrix of one program as a file: JSON, one list a column. Dates are kept, never statuses, so
 * the same file holds at any instant. Lists of one table have one length; `of` counts the rows of a
 * table that belong to each row of the table above it.
 */
export interface Snapshot {
  readonly format: typeof snapshotFormat;
  readonly program: string;
  readonly builtAt: string;
  /** Distinct moments, ascending, each as milliseconds after the one before (the first: after 1970). */
  readonly moments: readonly number[];
  readonly vocabularies: Readonly<Record<VocabularyName, readonly string[]>>;
  /** Distinct further search words, ascending, with a space between. */
  readonly words: string;
  readonly partners: {
    readonly ids: readonly string[];
    readonly names: readonly string[];
    readonly summaries: readonly string[];
    readonly claimed: Numbers;
    /** Pairs of row and text. */
    readonly documentedRoles: readonly (readonly [number, string])[];
    readonly agreed: Numbers;
    readonly met: Numbers;
    readonly engagements: Numbers;
    readonly latest: Moments;
    readonly lowerPercent: Numbers;
    readonly capacityKnown: Numbers;
    readonly clientsAtMost: Numbers;
    readonly clientsNow: Numbers;
    readonly clientsNext: Numbers;
    readonly nextYear: Moments;
    readonly earliestStart: Moments;
  };
  /** Places in `words`, each as the distance from the one before in the same partner's list. */
  readonly partnerWords: { readonly of: Numbers; readonly step: Numbers };
  readonly sites: { readonly of: Numbers; readonly site: Numbers };
  readonly approvals: {
    readonly of: Numbers;
    readonly area: Numbers;
    readonly granted: Moments;
    readonly ends: Moments;
    readonly published: Numbers;
  };
  readonly spans: {
    readonly of: Numbers;
    readonly kind: Numbers;
    readonly begins: Moments;
    readonly until: Moments;
  };
  readonly offerings: {
    readonly of: Numbers;
    readonly service: Numbers;
    /** One bit a grade. */
    readonly grades: Numbers;
    readonly areas: Lists;
    readonly conditions: Lists;
  };
  readonly prices: {
    readonly of: Numbers;
    readonly unit: Numbers;
    readonly low: Numbers;
    readonly typical: Numbers;
    readonly high: Numbers;
    readonly outcomePayment: Numbers;
    readonly minimum: Numbers;
    readonly staffHours: Numbers;
  };
  readonly findings: {
    readonly of: Numbers;
    readonly tierLow: Numbers;
    readonly tierHigh: Numbers;
    readonly effect: Numbers;
    readonly outcomes: Lists;
    readonly populations: Lists;
  };
}

export const snapshotFormat = 2;

export const vocabularyNames = [
  'areas',
  'conditions',
  'services',
  'populations',
  'outcomes',
  'sites',
  'units',
  'publishedYears',
] as const;
export type VocabularyName = (typeof vocabularyNames)[number];

type Numbers = readonly number[];
/** Places in `moments` plus one; 0 is no moment. */
type Moments = readonly number[];
type Lists = readonly (readonly number[])[];

/**
 * Reads a snapshot into columns.
 * @throws Error, in one sentence, for another format, a list of the wrong length or a number that
 * points nowhere: such a file is a defect, and half of it would be a wrong answer.
 */
export function decodeSnapshot(json: unknown): MatrixColumns {
  const file = new Part(json, 'it');
  if (file.value('format') !== snapshotFormat) {
    throw new Error(
      `This matrix snapshot has the format ${String(file.value('format'))}; this version reads ${snapshotFormat}.`,
    );
  }
  const named = file.part('vocabularies');
  const terms = (name: VocabularyName): Vocabulary => vocabulary(named.texts(name));
  const areas = terms('areas');
  const conditions = terms('conditions');
  const services = terms('services');
  const populations = terms('populations');
  const outcomes = terms('outcomes');
  const sites = terms('sites');
  const units = named.texts('units');
  const publishedYears = named.texts('publishedYears');
  const moments = runningSum(file.numbers('moments', undefined, { most: Number.MAX_SAFE_INTEGER }));
  const dictionary = file.text('words').split(' ');

  const partner = file.part('partners');
  const ids = partner.texts('ids');
  const count = ids.length;
  const names = partner.texts('names', count);
  const moment = (part: Part, name: string, rows: number, absent: number): Float64Array =>
    Float64Array.from(part.ints(name, rows, { least: 0, most: moments.length }), (place) =>
      place === 0 ? absent : (moments[place - 1] ?? absent),
    );

  const approval = file.part('approvals');
  const approvalFrom = approval.starts('of', count);
  const approvalCount = total(approvalFrom);
  const span = file.part('spans');
  const spanFrom = span.starts('of', approvalCount);
  const spanCount = total(spanFrom);
  const offering = file.part('offerings');
  const offeringFrom = offering.starts('of', count);
  const offeringCount = total(offeringFrom);
  const price = file.part('prices');
  const priceFrom = price.starts('of', offeringCount);
  const priceCount = total(priceFrom);
  const amounts = (name: string): Float64Array =>
    Float64Array.from(price.numbers(name, priceCount, { least: -1, most: 1e12 }));
  const finding = file.part('findings');
  const findingFrom = finding.starts('of', count);
  const findingCount = total(findingFrom);
  const site = file.part('sites');
  const siteFrom = site.starts('of', count);

  const columns = {
    partners: {
      count,
      ids,
      names,
      summaries: partner.texts('summaries', count),
      words: partnerWords(file.part('partnerWords'), count, dictionary),
      claimed: partner.ints('claimed', count, { least: 0, most: 1 }),
      documentedRoles: partner.pairs('documentedRoles', count),
      agreed: partner.ints('agreed', count, { least: 0 }),
      met: partner.ints('met', count, { least: 0 }),
      engagements: partner.ints('engagements', count, { least: 0 }),
      latest: moment(partner, 'latest', count, -never),
      lowerPercent: partner.ints('lowerPercent', count, { least: -1, most: 100 }),
      capacityKnown: partner.ints('capacityKnown', count, { least: 0, most: 1 }),
      clientsAtMost: partner.ints('clientsAtMost', count, { least: -1 }),
      clientsNow: partner.ints('clientsNow', count, { least: 0 }),
      clientsNext: partner.ints('clientsNext', count, { least: 0 }),
      nextYear: moment(partner, 'nextYear', count, never),
      earliestStart: moment(partner, 'earliestStart', count, never),
    },
    approvals: {
      from: approvalFrom,
      areaIds: areas,
      area: approval.ints('area', approvalCount, { least: -1, most: areas.ids.length - 1 }),
      granted: moment(approval, 'granted', approvalCount, never),
      ends: moment(approval, 'ends', approvalCount, never),
      published: approval.ints('published', approvalCount, { least: -1, most: publishedYears.length - 1 }),
      publishedYears,
      spans: {
        from: spanFrom,
        kind: span.ints('kind', spanCount, { least: 0, most: spanKinds.length - 1 }),
        begins: moment(span, 'begins', spanCount, never),
        until: moment(span, 'until', spanCount, never),
      },
    },
    offerings: {
      from: offeringFrom,
      serviceIds: services,
      service: offering.ints('service', offeringCount, { least: -1, most: services.ids.length - 1 }),
      grades: offering.ints('grades', offeringCount, { least: 0, most: 2 ** gradeOrder.length - 1 }),
      areas: offering.lists('areas', offeringCount, areas),
      conditionIds: conditions,
      conditions: offering.lists('conditions', offeringCount, conditions),
      prices: {
        from: priceFrom,
        units,
        unit: price.ints('unit', priceCount, { least: 0, most: units.length - 1 }),
        low: amounts('low'),
        typical: amounts('typical'),
        high: amounts('high'),
        outcomePayment: amounts('outcomePayment'),
        minimum: amounts('minimum'),
        staffHours: amounts('staffHours'),
      },
    },
    findings: {
      from: findingFrom,
      tierLow: finding.ints('tierLow', findingCount, { least: 0, most: 4 }),
      tierHigh: finding.ints('tierHigh', findingCount, { least: 0, most: 4 }),
      effect: finding.ints('effect', findingCount, { least: 0, most: effects.length - 1 }),
      outcomeIds: outcomes,
      outcomes: finding.lists('outcomes', findingCount, outcomes),
      populationIds: populations,
      populations: finding.lists('populations', findingCount, populations),
    },
    sites: {
      from: siteFrom,
      siteIds: sites,
      site: site.ints('site', total(siteFrom), { least: 0, most: sites.ids.length - 1 }),
    },
  };
  return { program: file.text('program'), builtAt: file.text('builtAt'), ...columns, changes: changesOf(columns) };
}

interface Range {
  readonly least?: number;
  readonly most?: number;
}

/** One object of the file. Every reading names what is wrong and where. */
class Part {
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #where: string;

  constructor(json: unknown, where: string) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      throw new Error(`This matrix snapshot cannot be read: ${where} is not an object.`);
    }
    this.#fields = new Map(Object.entries(json));
    this.#where = where === 'it' ? '' : `${where}.`;
  }

  #refuse(name: string, what: string): never {
    throw new Error(`This matrix snapshot cannot be read: ${this.#where}${name} ${what}.`);
  }

  value(name: string): unknown {
    return this.#fields.get(name);
  }

  part(name: string): Part {
    return new Part(this.value(name), `${this.#where}${name}`);
  }

  text(name: string): string {
    const value = this.value(name);
    return typeof value === 'string' ? value : this.#refuse(name, 'is not a text');
  }

  #list(name: string, length: number | undefined): readonly unknown[] {
    const value: unknown = this.value(name);
    if (!Array.isArray(value)) return this.#refuse(name, 'is not a list');
    if (length !== undefined && value.length !== length) {
      this.#refuse(name, `has ${value.length} entries instead of ${length}`);
    }
    return value;
  }

  texts(name: string, length?: number): readonly string[] {
    return this.#list(name, length).map((one) =>
      typeof one === 'string' ? one : this.#refuse(name, 'has an entry that is not a text'),
    );
  }

  #number(name: string, value: unknown, { least = 0, most = 2 ** 31 - 1 }: Range): number {
    if (typeof value !== 'number' || !(value >= least) || !(value <= most)) {
      return this.#refuse(name, `has an entry that is not a number from ${least} to ${most}`);
    }
    return value;
  }

  numbers(name: string, length: number | undefined, range: Range): readonly number[] {
    return this.#list(name, length).map((one) => this.#number(name, one, range));
  }

  ints(name: string, length: number | undefined, range: Range): Int32Array {
    const list = this.numbers(name, length, range);
    if (!list.every(Number.isInteger)) this.#refuse(name, 'has an entry that is not whole');
    return Int32Array.from(list);
  }

  /** Counts a row, turned into where each row's part begins, with the end of the last one behind. */
  starts(name: string, rows: number): Int32Array {
    return Int32Array.from([0, ...runningSum(this.ints(name, rows, {}))]);
  }

  lists(name: string, rows: number, { ids }: Vocabulary): ListColumn {
    const lists = this.#list(name, rows).map((list): readonly unknown[] =>
      Array.isArray(list) ? list : this.#refuse(name, 'has an entry that is not a list'),
    );
    return {
      from: Int32Array.from([0, ...runningSum(lists.map((list) => list.length))]),
      place: Int32Array.from(lists.flat(), (place) => this.#number(name, place, { most: ids.length - 1 })),
    };
  }

  pairs(name: string, rows: number): ReadonlyMap<number, string> {
    return new Map(
      this.#list(name, undefined).map((pair) => {
        const [row, text]: readonly unknown[] = Array.isArray(pair) ? pair : [];
        if (typeof text !== 'string') return this.#refuse(name, 'has an entry that is not a pair of row and text');
        return [this.#number(name, row, { most: rows - 1 }), text];
      }),
    );
  }
}

function runningSum(steps: Iterable<number>): readonly number[] {
  let sum = 0;
  return Array.from(steps, (step) => (sum += step));
}

function total(starts: Int32Array): number {
  return starts.at(-1) ?? 0;
}

function partnerWords(part: Part, count: number, dictionary: readonly string[]): readonly (readonly string[])[] {
  const from = part.starts('of', count);
  const steps = part.ints('step', total(from), { most: dictionary.length });
  return Array.from({ length: count }, (_, row) =>
    runningSum(steps.subarray(from[row], from[row + 1])).map((place) => {
      const word = dictionary[place];
      if (word === undefined)
        throw new Error('This matrix snapshot cannot be read: partnerWords.step leaves the words.');
      return word;
    }),
  );
}

function changesOf({ approvals, partners }: Pick<MatrixColumns, 'approvals' | 'partners'>): Float64Array {
  const moments = new Set([
    ...approvals.granted,
    ...approvals.ends.map((end) => end + 1),
    ...approvals.spans.begins,
    ...approvals.spans.until,
    ...partners.earliestStart,
    ...partners.nextYear,
  ]);
  return Float64Array.from(moments).filter(Number.isFinite).sort();
}
