import { writeQuery, type MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import type { ProgramFacts } from '#lib/api.ts';
import type { ShownFacets } from './answer.ts';
import { withWords } from './address.ts';
import { filterNames, valueWords, type FilterWord } from './filter-words.ts';

export interface Loosening {
  readonly words: string;
  readonly count: number;
  readonly href: string;
}

/** What may be given up first stands first: an amount before what the work is about. */
const order = [
  'max',
  'record',
  'capacity',
  'tier',
  'population',
  'outcome',
  'fund',
  'site',
  'grade',
  'service',
  'condition',
  'area',
  'status',
] as const satisfies readonly FilterWord[];

const most = 4;

function isAsked(query: MatrixQuery, word: (typeof order)[number]): boolean {
  if (word === 'max') return query.max !== undefined;
  return query[word].length > 0;
}

/**
 * For a list that came out empty, other values under which it would not be: for each filter in use the
 * one that finds the most partners. The counts are exact, for a facet counts a value in place of the
 * present ones with all other filters applied.
 */
export function loosenings(program: ProgramFacts, query: MatrixQuery, facets: ShownFacets): readonly Loosening[] {
  const found: Loosening[] = [];
  for (const word of order.filter((one) => isAsked(query, one))) {
    if (word === 'area' && query.areas === 'all') continue;
    const [best] = Object.entries(facets[word] ?? {}).sort(([, a], [, b]) => b - a);
    if (best === undefined || best[1] === 0) continue;
    const [value, count] = best;
    const words = `${filterNames[word]}: ${valueWords(program, word, value).toLowerCase()}`;
    found.push({ words, count, href: hrefWithOnly(program.id, query, word, value) });
  }
  return found.slice(0, most);
}

/** The address of the query with one value in place of all present ones of a word. */
function hrefWithOnly(program: string, query: MatrixQuery, word: FilterWord, value: string): string {
  const words = writeQuery({ ...query, page: 1 });
  words.set(word, value);
  return withWords(`/${program}/partners`, words);
}
