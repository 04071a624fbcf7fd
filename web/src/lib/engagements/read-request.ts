import type * as z from 'zod';
import { amendmentInput, requestInput, type AmendmentInput, type RequestInput } from '#shared/engagements/inputs.ts';
import type { DraftContent } from '#shared/engagements/model.ts';
import { day, dayIn, endOfDay, type Zone } from '#shared/kernel/instants.ts';
import { centsTyped, dollarsTyped } from '#lib/forms/typed-money.ts';
import type { TypedValues } from '#lib/forms/typed-values.ts';

/** One sentence for each field that cannot be read, by the field's name. */
export type Problems = Readonly<Record<string, string>>;
export type Read<T> = { readonly value: T } | { readonly problems: Problems };

/** The funding choice of a district that has not settled it; no term of a program can be called so. */
export const fundingUnsettled = '-';

export function textOf(typed: TypedValues, name: string): string {
  return (typed[name]?.[0] ?? '').replaceAll('\r\n', '\n').trim();
}

/** Takes fields out of a sent form, and keeps a sentence for each that cannot be read. */
export class FormReader {
  readonly problems: Record<string, string> = {};
  readonly #typed: TypedValues;

  constructor(typed: TypedValues) {
    this.#typed = typed;
  }

  text(name: string): string | undefined {
    const text = textOf(this.#typed, name);
    return text === '' ? undefined : text;
  }

  list(name: string): string[] {
    return (this.#typed[name] ?? []).filter((one) => one !== '');
  }

  money(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const amount = centsTyped(text);
    if (amount === undefined) this.problems[name] = 'Write an amount in dollars, such as 45,000 or 45000.';
    return amount;
  }

  whole(name: string): number | undefined {
    const text = this.text(name)?.replaceAll(',', '');
    if (text === undefined) return undefined;
    if (!/^\d{1,9}$/.test(text)) {
      this.problems[name] = 'Write a whole number, such as 450.';
      return undefined;
    }
    return Number(text);
  }

  date(name: string): z.infer<typeof day> | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const parsed = day.safeParse(text);
    if (!parsed.success) this.problems[name] = 'Write a date as year-month-day, such as 2027-06-30.';
    return parsed.data;
  }
}

/** The lists are one field each, so what is wrong with an entry is said at its list. */
const lists = ['schools', 'grades', 'asked'];
/** What a form's field is called that stands for a path of another name. */
const otherNames: Problems = { budget: 'budget.low', needWords: 'need.words' };

/** What a schema or a rule found, by the name of the form's field. */
export function atFields(found: Problems): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const [path, sentence] of Object.entries(found)) {
    const name = path.replace(/^(content|amendment|answer)\./, '');
    const list = lists.find((one) => name.startsWith(`${one}.`));
    const field = list ?? otherNames[name] ?? name;
    problems[field] = problems[field] === undefined ? sentence : `${problems[field]} ${sentence}`;
  }
  return problems;
}

export function parsed<S extends z.ZodType>(schema: S, given: unknown, known: Problems = {}): Read<z.infer<S>> {
  const result = schema.safeParse(given);
  if (result.success && Object.keys(known).length === 0) return { value: result.data };
  const found = result.success
    ? {}
    : Object.fromEntries(
        result.error.issues.toReversed().map((issue) => [issue.path.map(String).join('.'), issue.message]),
      );
  return { problems: { ...atFields(found), ...known } };
}

function budgetOf(low: number | undefined, high: number | undefined) {
  if (low === undefined && high === undefined) return undefined;
  return { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
}

/** A draft as typed. The reply-by is a day, and holds to its last moment where the program is. */
export function readRequest(typed: TypedValues, where: Zone): Read<RequestInput> {
  const form = new FormReader(typed);
  const replyDay = form.date('replyBy');
  const funding = form.text('funding');
  const given = {
    need: { title: form.text('need.title') ?? '', words: form.text('need.words') ?? '' },
    area: form.text('area'),
    schools: form.list('schools'),
    grades: form.list('grades'),
    students: form.whole('students'),
    wantedStart: form.date('wantedStart'),
    budget: budgetOf(form.money('budget.low'), form.money('budget.high')),
    funding: funding === fundingUnsettled ? undefined : funding,
    replyBy: replyDay === undefined ? undefined : endOfDay(replyDay, where),
    asked: [...new Set(form.list('asked'))],
  };
  // Fields without a value are left out: JSON has no way to send them.
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return parsed(requestInput, filled, form.problems);
}

/** What to put into the fields for a stored content. */
export function typedRequest(content: DraftContent, where: Zone): Record<string, string | readonly string[]> {
  return {
    'need.title': content.need.title,
    'need.words': content.need.words,
    area: content.area ?? '',
    schools: content.schools,
    grades: content.grades,
    students: content.students === undefined ? '' : String(content.students),
    wantedStart: content.wantedStart ?? '',
    'budget.low': dollarsTyped(content.budget?.low),
    'budget.high': dollarsTyped(content.budget?.high),
    funding: content.funding ?? fundingUnsettled,
    replyBy: content.replyBy === undefined ? '' : dayIn(content.replyBy, where),
    asked: content.asked,
  };
}

function isSame(one: string | readonly string[] | undefined, other: readonly string[]): boolean {
  const before = typeof one === 'string' ? [one] : (one ?? []);
  return before.length === other.length && before.every((value) => other.includes(value));
}

/** An amendment as typed: only the fields that say something else than the request does now. */
export function readAmendment(typed: TypedValues, content: DraftContent, where: Zone): Read<AmendmentInput> {
  const form = new FormReader(typed);
  const before = typedRequest(content, where);
  const changed = (name: string): boolean => {
    const isList = name === 'schools' || name === 'grades';
    return !isSame(before[name], isList ? form.list(name) : [textOf(typed, name)]);
  };
  const replyDay = form.date('replyBy');
  const budget = budgetOf(form.money('budget.low'), form.money('budget.high'));
  const students = form.whole('students');
  const start = form.date('wantedStart');
  const problems: Record<string, string> = { ...form.problems };
  if (form.text('need.words') === undefined) problems['need.words'] = 'The need cannot be left empty.';
  if (form.text('wantedStart') === undefined) problems['wantedStart'] = 'The start cannot be left empty.';
  if (form.text('replyBy') === undefined) problems['replyBy'] = 'The reply-by cannot be left empty.';
  const given = {
    words: form.text('words') ?? '',
    ...(changed('need.words') ? { needWords: form.text('need.words') } : {}),
    ...(changed('schools') ? { schools: form.list('schools') } : {}),
    ...(changed('grades') ? { grades: form.list('grades') } : {}),
    ...(changed('students') ? { students: students ?? null } : {}),
    ...(changed('wantedStart') ? { wantedStart: start } : {}),
    ...(changed('budget.low') || changed('budget.high') ? { budget: budget ?? null } : {}),
    ...(changed('replyBy') && replyDay !== undefined ? { replyBy: endOfDay(replyDay, where) } : {}),
  };
  return parsed(amendmentInput, given, problems);
}
