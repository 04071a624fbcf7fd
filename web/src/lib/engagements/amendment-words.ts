import type { FieldChange } from '#shared/kernel/events.ts';
import type { Zone } from '#shared/kernel/instants.ts';
import { isDay, isInstant } from '#shared/kernel/iso-text.ts';
import { isCents } from '#shared/kernel/money.ts';
import { showDay, showInstant } from '#shared/kernel/show-instant.ts';
import type { BudgetRange } from '#shared/engagements/model.ts';
import { gradeWords } from '#lib/catalogue/grade-words.ts';
import { namesIn } from '#lib/catalogue/terms.ts';
import { isRecord } from '#lib/is-record.ts';
import { grouped } from '#lib/grouped.ts';
import { budgetWords } from './budget-words.ts';

const fields: Readonly<Record<string, string>> = {
  'need.title': 'Title',
  'need.words': 'Need',
  area: 'Priority area',
  schools: 'Schools',
  grades: 'Grades',
  students: 'Students',
  wantedStart: 'Wanted start',
  budget: 'Budget',
  funding: 'Funding',
  replyBy: 'Reply by',
};

export function changedField(path: string): string {
  return fields[path] ?? path;
}

interface Names {
  readonly program: { readonly zone: Zone };
  readonly schools: readonly { readonly id: string; readonly name: string }[];
}

function listed(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function budgetIn(value: FieldChange['before']): BudgetRange | undefined {
  if (!isRecord(value)) return undefined;
  const { low, high } = value;
  return { ...(isCents(low) ? { low } : {}), ...(isCents(high) ? { high } : {}) };
}

/** One side of a change as a person reads it. */
export function changedValue(path: string, value: FieldChange['before'], { program, schools }: Names): string {
  switch (path) {
    case 'schools':
      return namesIn(schools, listed(value)) || 'the whole district';
    case 'grades':
      return gradeWords(listed(value)) || 'all grades';
    case 'budget':
      return budgetWords(budgetIn(value));
    case 'wantedStart':
      return typeof value === 'string' && isDay(value) ? showDay(value) : 'not set';
    case 'replyBy':
      return typeof value === 'string' && isInstant(value) ? showInstant(value, program.zone) : 'not set';
    case 'students':
      return typeof value === 'number' ? grouped(value) : 'not stated';
    default:
      return typeof value === 'string' ? value : value === undefined ? 'nothing' : JSON.stringify(value);
  }
}
