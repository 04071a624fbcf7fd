import type * as z from 'zod';

/**
 * What a person or a program reads of a field that the schema refused without words of its own: what
 * is allowed there, in our words and not in the schema library's.
 */

const kinds: Readonly<Record<string, string>> = {
  string: 'Give text here.',
  number: 'Give a number here.',
  int: 'Give a whole number here.',
  boolean: 'Give true or false here.',
  array: 'Give a list here.',
  object: 'Give an object with fields here.',
  record: 'Give an object with fields here.',
  null: 'Give null here.',
};

const formats: Readonly<Record<string, string>> = {
  email: 'Give a mail address, such as name@example.org.',
  url: 'Give a web address, such as https://example.org.',
};

function counted(amount: number | bigint, one: string, many: string): string {
  return `${amount} ${BigInt(amount) === 1n ? one : many}`;
}

type Issue<C extends string> = Extract<z.core.$ZodRawIssue, { readonly code: C }>;

/** @param bound `at most`, or `less than` where the limit itself is not allowed. */
function sized({ origin, exact }: Issue<'too_big' | 'too_small'>, bound: string, limit: number | bigint): string {
  const words = exact === true ? 'exactly' : bound;
  if (origin === 'string') return `Write ${words} ${counted(limit, 'character', 'characters')}.`;
  if (origin === 'array') return `Give ${words} ${counted(limit, 'entry', 'entries')}.`;
  return `Give ${words} ${limit}.`;
}

/** Of a union's ways what each asks for, once. */
function eachWay({ errors }: Issue<'invalid_union'>): string {
  const ways = new Set(errors.flatMap((way) => way.slice(0, 1).map((issue) => issue.message)));
  return ways.size === 0 ? 'Give one of the kinds that are allowed here.' : [...ways].join(' Or: ').slice(0, 300);
}

/** The sentence for an issue, for a schema that has none of its own. */
export function sentenceOfIssue(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'This is missing.';
      return kinds[issue.expected] ?? 'Something of another kind belongs here.';
    case 'too_big':
      return sized(issue, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    case 'too_small':
      return sized(issue, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    case 'invalid_value': {
      const [first, ...others] = issue.values.map(String);
      return others.length === 0 ? `Only ${first} is allowed here.` : `Give one of: ${[first, ...others].join(', ')}.`;
    }
    case 'not_multiple_of':
      return `Give a multiple of ${issue.divisor}.`;
    case 'invalid_format':
      return formats[issue.format] ?? 'This is not written in the form that is needed here.';
    case 'unrecognized_keys':
      return 'This has fields that are not known here.';
    case 'invalid_union':
      return eachWay(issue);
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return 'This is not allowed here.';
  }
}
