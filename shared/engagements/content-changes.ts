import type { FieldChange } from '../kernel/events.ts';
import type { DraftContent } from './model.ts';

type Value = FieldChange['before'];

function budgetValue(budget: DraftContent['budget']): Value {
  if (budget === undefined) return undefined;
  return {
    ...(budget.low === undefined ? {} : { low: budget.low }),
    ...(budget.high === undefined ? {} : { high: budget.high }),
  };
}

const fieldValues: Readonly<Record<string, (content: DraftContent) => Value>> = {
  'need.title': (content) => content.need.title,
  'need.words': (content) => content.need.words,
  area: (content) => content.area,
  schools: (content) => content.schools,
  grades: (content) => content.grades,
  students: (content) => content.students,
  wantedStart: (content) => content.wantedStart,
  budget: (content) => budgetValue(content.budget),
  funding: (content) => content.funding,
  replyBy: (content) => content.replyBy,
  asked: (content) => content.asked,
};

/** The fields in which two contents differ, with both values; a value that is absent is left out. */
export function contentChanges(before: DraftContent, after: DraftContent): FieldChange[] {
  return Object.entries(fieldValues).flatMap(([path, valueOf]) => {
    const [was, is] = [valueOf(before), valueOf(after)];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    return [{ path, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }];
  });
}
