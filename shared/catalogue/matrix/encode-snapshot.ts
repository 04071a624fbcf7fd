import type { ProgramId } from '../../kernel/ids.ts';
import type { Instant, Zone } from '../../kernel/instants.ts';
import { int, none } from './columns.ts';
import type { Numbered } from './numbered.ts';
import type { MatrixPartner } from './partner.ts';
import {
  PartnerRows,
  columnNames,
  withoutYear,
  type ColumnName,
  type ListName,
  type PartnerRow,
  type ValueName,
} from './partner-rows.ts';
import { compareText } from './search-words.ts';
import { snapshotFormat, tables, type Snapshot, type SnapshotPart } from './snapshot.ts';
import { numberText } from './write-number-text.ts';

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
  readonly #rows = new PartnerRows();

  /**
   * Writes the matrix of one program, part by part. Rows stand in the order of the track record, which is the order
   * of the list when nobody asks for another.
   */
  encode(given: readonly MatrixPartner[], meta: SnapshotMeta): Snapshot {
    const rows = given.map((partner) => this.#rows.of(partner, meta.zone)).sort(inRecordOrder);
    const writer = new ColumnWriter(rows);
    const { values } = this.#rows;
    const vocabularies = {
      areas: writer.valuesOf('areas', values.areas),
      conditions: writer.valuesOf('conditions', values.conditions),
      services: writer.valuesOf('services', values.services),
      populations: writer.valuesOf('populations', values.populations),
      outcomes: writer.valuesOf('outcomes', values.outcomes),
      units: writer.valuesOf('units', values.units),
      publishedYears: writer.valuesOf('publishedYears', values.publishedYears, [withoutYear]),
    };
    const moments = writer.valuesOf('moment', values.moment);
    const amounts = writer.valuesOf('amount', values.amount);
    const siteNames = writer.valuesOf('sites', values.sites);
    const words = writer.valuesOf('words', values.words);
    const partners = rows.map((row) => row.partner);
    const roles = partners.flatMap(({ documentedRole: text }, row) => (text === undefined ? [] : [{ row, text }]));
    return {
      core: {
        ...headOf('core', meta),
        moments: moments.map((at, place) => at - (moments[place - 1] ?? 0)),
        amounts,
        vocabularies,
        partners: {
          ids: partners.map((one) => one.id),
          names: partners.map((one) => one.name),
          documentedRoles: {
            row: numberText(Int32Array.from(roles, ({ row }) => row)),
            texts: roles.map(({ text }) => text),
          },
          ...writer.table('partners'),
        },
        approvals: { of: writer.text('approvals.of'), ...writer.table('approvals') },
        spans: { of: writer.text('spans.of'), ...writer.table('spans') },
        offerings: {
          of: writer.text('offerings.of'),
          ...writer.table('offerings'),
          areas: writer.lists('offerings.areas'),
          conditions: writer.lists('offerings.conditions'),
        },
        prices: { of: writer.text('prices.of'), ...writer.table('prices') },
        findings: {
          of: writer.text('findings.of'),
          ...writer.table('findings'),
          outcomes: writer.lists('findings.outcomes'),
          populations: writer.lists('findings.populations'),
        },
      },
      sites: {
        ...headOf('sites', meta),
        names: siteNames,
        sites: { of: writer.text('sites.of'), site: writer.text('sites.site') },
      },
      summaries: { ...headOf('summaries', meta), summaries: partners.map((one) => one.summary) },
      text: {
        ...headOf('text', meta),
        words: words.join(' '),
        partnerWords: { of: writer.text('words.of'), step: writer.wordSteps() },
      },
    };
  }
}

function headOf<P extends SnapshotPart>(part: P, { program, builtAt }: SnapshotMeta) {
  return { format: snapshotFormat, part, program, builtAt } as const;
}

function inRecordOrder(a: PartnerRow, b: PartnerRow): number {
  return b.recordKey - a.recordKey || compareText(a.name, b.name) || compareText(a.partner.id, b.partner.id);
}

/** Columns whose numbers stand for values, and for which. */
const valuesIn: ReadonlyMap<ColumnName, ValueName> = new Map<ColumnName, ValueName>([
  ...Object.entries(tables).flatMap(([table, columns]) =>
    Object.entries<ValueName | readonly number[]>(columns).flatMap(([column, kind]) =>
      // as the type is made
      typeof kind === 'string' ? [[`${table}.${column}` as ColumnName, kind] as const] : [],
    ),
  ),
  ['offerings.areas.place', 'areas'],
  ['offerings.conditions.place', 'conditions'],
  ['findings.outcomes.place', 'outcomes'],
  ['findings.populations.place', 'populations'],
  ['sites.site', 'sites'],
  ['words.word', 'words'],
]);

/** Writes the columns of some partners, in their order. */
class ColumnWriter {
  readonly #columns: ReadonlyMap<ColumnName, Int32Array>;

  constructor(rows: readonly PartnerRow[]) {
    this.#columns = gathered(rows);
  }

  /**
   * The values that these partners have, ascending. Their columns have, from then on, places among them.
   * @param always values that are there although nobody has them.
   */
  valuesOf<T extends string | number>(name: ValueName, numbered: Numbered<T>, always: readonly T[] = []): T[] {
    const columns = columnsOfValues(name).map((column) => this.#column(column));
    const { values, places } = numbered.used([...columns, Int32Array.from(always, (one) => numbered.numberOf(one))]);
    for (const column of columns) {
      for (let row = 0; row < column.length; row += 1) {
        const number = int(column, row);
        if (number !== none) column[row] = int(places, number);
      }
    }
    return values;
  }

  text(column: ColumnName): string {
    return numberText(this.#column(column));
  }

  /** The columns of a table, as `tables` lists them. */
  table<T extends keyof typeof tables>(name: T): { readonly [C in keyof (typeof tables)[T]]: string } {
    const columns = Object.keys(tables[name]).map((column) => {
      const full = `${name}.${column}` as ColumnName; // as the type is made
      return [column, this.text(full)] as const;
    });
    return Object.fromEntries(columns) as { readonly [C in keyof (typeof tables)[T]]: string }; // one for each name
  }

  lists(name: ListName): { readonly of: string; readonly place: string } {
    return { of: this.text(`${name}.of`), place: this.text(`${name}.place`) };
  }

  /** The places of words, which ascend within each partner, each as the distance from the one before. */
  wordSteps(): string {
    const steps = this.#column('words.word').slice();
    let place = 0;
    for (const count of this.#column('words.of')) {
      const end = place + count;
      let before = 0;
      for (; place < end; place += 1) {
        const word = int(steps, place);
        steps[place] = word - before;
        before = word;
      }
    }
    return numberText(steps);
  }

  #column(name: ColumnName): Int32Array {
    const column = this.#columns.get(name);
    if (column === undefined) throw new Error(`There is no column ${name}.`);
    return column;
  }
}

/** Each column of all partners in one piece: to go from partner to partner for each takes five times as long. */
function gathered(rows: readonly PartnerRow[]): ReadonlyMap<ColumnName, Int32Array> {
  const lengths = new Int32Array(columnNames.length);
  for (const { starts } of rows) {
    for (let name = 0; name < lengths.length; name += 1)
      lengths[name] = int(lengths, name) + int(starts, name + 1) - int(starts, name);
  }
  const columns = columnNames.map((_, name) => new Int32Array(int(lengths, name)));
  const ends = new Int32Array(columnNames.length);
  for (const { numbers, starts } of rows) {
    let index = 0;
    for (const [name, column] of columns.entries()) {
      let end = int(ends, name);
      for (const last = int(starts, name + 1); index < last; index += 1) {
        column[end] = int(numbers, index);
        end += 1;
      }
      ends[name] = end;
    }
  }
  return new Map(columnNames.map((name, place) => [name, columns[place] ?? new Int32Array()]));
}

function columnsOfValues(name: ValueName): readonly ColumnName[] {
  return [...valuesIn].filter(([, values]) => values === name).map(([column]) => column);
}
