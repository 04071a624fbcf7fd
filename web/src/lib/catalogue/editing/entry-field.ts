import { isDay } from '#shared/kernel/iso-text.ts';
import { isCents } from '#shared/kernel/money.ts';
import { showDay } from '#shared/kernel/show-instant.ts';
import { showMoney } from '#shared/kernel/show-money.ts';
import { centsTyped, dollarsTyped } from '#lib/forms/typed-money.ts';
import type { TypedValues } from '#lib/forms/typed-values.ts';
import { grouped } from '#lib/grouped.ts';
import { isRecord } from '#lib/is-record.ts';
import { valueAt, withValueAt, type Path } from './content-path.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/**
 * One field of an entry of a listing. Its name is its place in the entry: `source.title`. What it is
 * decides how it is typed and what is stored:
 *
 * - line, paragraph: text · whole, number: a number · money: cents, typed in dollars
 * - day: `2027-06-30` · tags: a list of words, typed with commas between them
 * - choice: one of the options, as text, number or yes and no · choices: a list of them
 */
export type EntryField = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** `with-others`: needed as soon as a field of the same group, `source.…`, is filled. */
  readonly needed: 'always' | 'with-others' | 'no';
} & (
  | { readonly kind: 'line'; readonly longest: number; readonly type?: 'text' | 'email' | 'url' }
  | { readonly kind: 'paragraph'; readonly longest: number }
  | { readonly kind: 'whole' | 'number'; readonly least: number; readonly most: number; readonly suffix?: string }
  | { readonly kind: 'money' | 'day' | 'tags' }
  | { readonly kind: 'choice'; readonly options: readonly Choice[]; readonly stored: 'text' | 'number' | 'yes-no' }
  | { readonly kind: 'choices'; readonly options: readonly Choice[] }
);

type Read = { readonly value: unknown } | { readonly problem: string };

function readNumber(text: string, field: Extract<EntryField, { kind: 'whole' | 'number' }>): Read {
  const { least, most, label } = field;
  const figure = Number(text.replaceAll(',', ''));
  const fits = Number.isFinite(figure) && figure >= least && figure <= most;
  if (fits && (field.kind === 'number' || Number.isInteger(figure))) return { value: figure };
  const kind = field.kind === 'whole' ? 'whole number' : 'number';
  // A year has no comma in it.
  const end = most < 10_000 ? String(most) : grouped(most);
  return { problem: `${label}: write a ${kind} from ${least} to ${end}.` };
}

function readText(text: string, longest: number, label: string): Read {
  return text.length <= longest ? { value: text } : { problem: `${label}: at most ${longest} characters.` };
}

function readOne(text: string, field: Exclude<EntryField, { kind: 'choices' }>): Read {
  switch (field.kind) {
    case 'line':
      if (field.type === 'url' && !(URL.canParse(text) && /^https?:\/\//.test(text))) {
        return { problem: `${field.label}: write an address that begins with http:// or https://.` };
      }
      if (field.type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) {
        return { problem: `${field.label}: write an address such as office@example.org.` };
      }
      return readText(text, field.longest, field.label);
    case 'paragraph':
      return readText(text, field.longest, field.label);
    case 'whole':
    case 'number':
      return readNumber(text, field);
    case 'money': {
      const amount = centsTyped(text);
      return amount === undefined
        ? { problem: `${field.label}: write an amount in dollars, such as 3,500 or 3500.50.` }
        : { value: amount };
    }
    case 'day':
      return /^\d{4}-\d{2}-\d{2}$/.test(text)
        ? { value: text }
        : { problem: `${field.label}: write a date as year-month-day, such as 2027-06-30.` };
    case 'tags':
      return {
        value: text
          .split(',')
          .map((one) => one.trim())
          .filter((one) => one !== ''),
      };
    case 'choice':
      if (!field.options.some(({ value }) => value === text))
        return { problem: `${field.label}: choose from the list.` };
      if (field.stored === 'text') return { value: text };
      return { value: field.stored === 'number' ? Number(text) : text === 'yes' };
  }
}

function groupOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.') + 1);
}

/** Removes what a field stores, and a group that holds nothing any more. */
function cleared(entry: unknown, fields: readonly EntryField[]): unknown {
  return fields.reduce<unknown>((left, { name }) => {
    const [top = '', ...rest] = name.split('.');
    if (!isRecord(left)) return left;
    if (rest.length === 0) return Object.fromEntries(Object.entries(left).filter(([key]) => key !== top));
    const inner = cleared(
      left[top],
      fields
        .filter((one) => one.name.startsWith(`${top}.`))
        .map((one) => ({ ...one, name: one.name.slice(top.length + 1) })),
    );
    const empty = inner === undefined || (isRecord(inner) && Object.keys(inner).length === 0);
    return empty ? Object.fromEntries(Object.entries(left).filter(([key]) => key !== top)) : { ...left, [top]: inner };
  }, entry);
}

export interface ReadEntry {
  readonly entry: unknown;
  /** A sentence for each field that cannot be stored, by its name. */
  readonly problems: Readonly<Record<string, string>>;
}

/**
 * The entry as typed: `before` with the fields of the form replaced. What the form does not show stays,
 * and an empty field is left out.
 */
export function readEntry(fields: readonly EntryField[], typed: TypedValues, before: unknown): ReadEntry {
  const problems: Record<string, string> = {};
  let entry: unknown = cleared(isRecord(before) ? before : {}, fields);
  const textOf = (field: EntryField): string => (typed[field.name]?.[0] ?? '').replaceAll('\r\n', '\n').trim();
  for (const field of fields) {
    if (field.kind === 'choices') {
      const known = (typed[field.name] ?? []).filter((one) => field.options.some(({ value }) => value === one));
      entry = withValueAt(entry, field.name.split('.'), known);
      continue;
    }
    const text = textOf(field);
    if (text === '') {
      const group = groupOf(field.name);
      const others = fields.some((one) => one !== field && groupOf(one.name) === group && textOf(one) !== '');
      if (field.needed === 'always' || (field.needed === 'with-others' && others)) {
        problems[field.name] = `${field.label}: this is needed.`;
      } else if (field.kind === 'tags') {
        entry = withValueAt(entry, field.name.split('.'), []);
      }
      continue;
    }
    const read = readOne(text, field);
    if ('problem' in read) problems[field.name] = read.problem;
    else entry = withValueAt(entry, field.name.split('.'), read.value);
  }
  return { entry, problems };
}

function typedOf(field: EntryField, value: unknown): string | readonly string[] {
  if (field.kind === 'choices') return Array.isArray(value) ? value.map(String) : [];
  if (value === undefined || value === null) return '';
  if (field.kind === 'tags') return Array.isArray(value) ? value.join(', ') : '';
  if (field.kind === 'money') return typeof value === 'number' ? dollarsTyped(value) : '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** What to put into the fields for a stored entry, by field. */
export function typedEntry(
  fields: readonly EntryField[],
  entry: unknown,
): Readonly<Record<string, string | readonly string[]>> {
  return Object.fromEntries(fields.map((field) => [field.name, typedOf(field, valueAt(entry, field.name.split('.')))]));
}

function readableOne(field: EntryField, text: string): string {
  if ('options' in field) return field.options.find(({ value }) => value === text)?.label ?? text;
  if (field.kind === 'day') return isDay(text) ? showDay(text) : text;
  if (field.kind === 'money' && text !== '') {
    const read = readOne(text, field);
    const amount = 'value' in read ? read.value : undefined;
    return isCents(amount) ? showMoney(amount) : text;
  }
  return text;
}

/** A field's content as a person reads it: the labels of what is chosen, dates and amounts as elsewhere. */
export function readable(field: EntryField, typed: string | readonly string[]): string {
  const list = typeof typed === 'string' ? [typed] : typed;
  return list.map((one) => readableOne(field, one)).join(', ') || 'nothing';
}

/** The problems that a schema found, by field: those of the entry at `path` only; others say what is wrong in all. */
export function problemsOf(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  path: Path,
  fields: readonly EntryField[],
): { readonly problems: Readonly<Record<string, string>>; readonly message: string | undefined } {
  const problems: Record<string, string> = {};
  const others: string[] = [];
  for (const issue of issues) {
    const below = path.every((step, index) => step === issue.path[index])
      ? issue.path.slice(path.length).map(String)
      : undefined;
    // A list's place within a field (`areas.3`) belongs to the field.
    const field =
      below && fields.find(({ name }) => name === below.join('.') || below.join('.').startsWith(`${name}.`));
    if (field === undefined) others.push(issue.message);
    else problems[field.name] ??= `${field.label}: ${issue.message}`;
  }
  return { problems, message: others.length === 0 ? undefined : others.join(' ') };
}
