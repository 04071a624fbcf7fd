import type * as z from 'zod';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { readCsv } from './csv.ts';

/** What a roster's file may hold: its columns, and what one row of them is read into. */
export interface RosterFile<T extends { readonly org_code: string }> {
  /** A column with a year is given to this schema as a list of `{ value, year }` of its known cells. */
  readonly row: z.ZodType<T>;
  readonly columns: readonly string[];
  readonly required: readonly string[];
  /** Columns whose titles end in a year: `_2025_26` for a school year, `_2016` for a calendar year. */
  readonly years: Readonly<Record<string, 'school year' | 'calendar year'>>;
}

export interface RosterRow<T> {
  readonly line: number;
  readonly value: T;
}

interface Column {
  readonly title: string;
  readonly name: string;
  /** A school year by the calendar year in which it ends. */
  readonly year?: number;
}

const mostProblems = 20;

/** Refuses with one sentence a problem; the keys say where it is (`line 12, org_code`). */
export function refuseLines(problems: ReadonlyMap<string, string>) {
  const shown = [...problems].slice(0, mostProblems);
  const sentences = shown.map(([where, what]) => `${where.replace(/^l/, 'L')}: ${what}.`);
  const more = problems.size - shown.length;
  return refuse(
    'invalid',
    [...sentences, ...(more > 0 ? [`More such problems: ${more}.`] : [])].join(' '),
    Object.fromEntries(shown),
  );
}

/** Reads every row, or says of each wrong cell on which line and in which column it stands. */
export function readRosterFile<T extends { readonly org_code: string }>(
  csvText: string,
  file: RosterFile<T>,
): Result<readonly RosterRow<T>[], 'invalid'> {
  const lines = readCsv(csvText);
  if (!lines.ok) {
    return lines;
  }
  const [header, ...body] = lines.value;
  if (header === undefined) {
    return refuse('invalid', 'The file is empty; its first line names the columns.');
  }
  const columns = readHeader(header.cells, file);
  if (!columns.ok) {
    return columns;
  }

  const problems = new Map<string, string>();
  const lineOf = new Map<string, number>();
  const rows: RosterRow<T>[] = [];
  for (const { line, cells } of body) {
    if (cells.length !== columns.value.length) {
      problems.set(`line ${line}`, `there are ${cells.length} fields for ${columns.value.length} columns`);
      continue;
    }
    const plain = new Map<string, string>();
    const figures = new Map<string, { title: string; value: string; year: number }[]>();
    for (const [index, { title, name, year }] of columns.value.entries()) {
      const value = (cells[index] ?? '').trim();
      if (year === undefined) {
        plain.set(name, value);
      } else if (value !== '') {
        figures.set(name, [...(figures.get(name) ?? []), { title, value, year }]);
      }
    }
    const read = file.row.safeParse(Object.fromEntries([...plain, ...figures]));
    if (!read.success) {
      for (const { path, message } of read.error.issues) {
        const [name, position] = path;
        const dated = typeof position === 'number' ? figures.get(String(name))?.[position] : undefined;
        problems.set(`line ${line}, ${dated?.title ?? String(name)}`, message);
      }
      continue;
    }
    const twin = lineOf.get(read.data.org_code);
    if (twin !== undefined) {
      problems.set(`line ${line}, org_code`, `${read.data.org_code} stands on line ${twin} already`);
    }
    lineOf.set(read.data.org_code, line);
    rows.push({ line, value: read.data });
  }
  return problems.size === 0 ? ok(rows) : refuseLines(problems);
}

function readHeader(
  titles: readonly string[],
  file: Pick<RosterFile<never>, 'columns' | 'required' | 'years'>,
): Result<readonly Column[], 'invalid'> {
  const problems = new Map<string, string>();
  const columns: Column[] = [];
  for (const [index, given] of titles.entries()) {
    const title = given.trim();
    const column = columnOf(title, file);
    if (typeof column === 'string') {
      problems.set(`line 1, column ${index + 1}`, column);
    } else if (columns.some((one) => one.title === title)) {
      problems.set(`line 1, column ${index + 1}`, `"${title}" stands there twice`);
    } else {
      columns.push(column);
    }
  }
  for (const wanted of file.required) {
    if (!columns.some((column) => column.name === wanted)) {
      problems.set(`line 1, ${wanted}`, 'this column is missing');
    }
  }
  return problems.size === 0 ? ok(columns) : refuseLines(problems);
}

/** The column that a title stands for, or what is wrong with the title. */
function columnOf(title: string, file: Pick<RosterFile<never>, 'columns' | 'years'>): Column | string {
  const [, base, from, to] = /^(.+?)_(20\d{2})(?:_(\d{2}))?$/.exec(title) ?? [];
  const name = base ?? title;
  if (!file.columns.includes(name)) {
    return `"${title}" is not one of the columns ${file.columns.join(', ')}`;
  }
  const kind = file.years[name];
  if (kind === undefined) {
    return base === undefined ? { title, name } : `"${title}" is named with a year, but has none`;
  }
  const year = Number(from);
  if (kind === 'school year') {
    return to !== undefined && Number(to) === (year + 1) % 100
      ? { title, name, year: year + 1 }
      : `"${title}" must end in its school year, such as ${name}_2025_26`;
  }
  return from !== undefined && to === undefined
    ? { title, name, year }
    : `"${title}" must end in its calendar year, such as ${name}_2016`;
}
