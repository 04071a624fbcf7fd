import {
  isQueryWord,
  queryWords,
  readQuery,
  writeQuery,
  type MatrixQuery,
  type QueryWord,
  type ReadQuery,
} from '#shared/catalogue/matrix/query-words.ts';
import { matrixTerms, type MatrixTerms } from '#shared/catalogue/matrix/terms.ts';
import type { ProgramFacts } from '#lib/api.ts';

export interface ReadAddress extends ReadQuery {
  /** What was typed for a word whose value cannot be read, so that the field keeps it. */
  readonly refused: Readonly<Partial<Record<QueryWord, string>>>;
}

const known = new WeakMap<ProgramFacts, MatrixTerms>();

/** The vocabularies of a program: one value a program, for the engine keeps costs by it. */
export function termsOf(program: ProgramFacts): MatrixTerms {
  const terms = known.get(program) ?? matrixTerms(program);
  known.set(program, terms);
  return terms;
}

/** People write amounts as `$60,000`; the address has `60000`. */
function plainNumbers(params: URLSearchParams): URLSearchParams {
  const plain = new URLSearchParams();
  for (const [word, value] of params) {
    const isNumber = isQueryWord(word) && queryWords[word].kind === 'whole';
    plain.append(word, isNumber ? value.replaceAll(/[\s,$]/g, '') : value);
  }
  return plain;
}

/**
 * What the address of the page asks for. Words that the matrix does not know and values that are not
 * allowed are left out and named.
 */
export function readAddress(params: URLSearchParams, program: ProgramFacts): ReadAddress {
  const { query, unknown, problems } = readQuery(plainNumbers(params), termsOf(program));
  const refused: Partial<Record<QueryWord, string>> = {};
  for (const word of Object.keys(problems).filter(isQueryWord)) refused[word] = params.get(word) ?? '';
  return { query, unknown, problems, refused };
}

/** What stands in a form. */
export function wordsOf(form: HTMLFormElement): URLSearchParams {
  const words = new URLSearchParams();
  for (const [word, value] of new FormData(form)) if (typeof value === 'string') words.append(word, value);
  return words;
}

/** The address of the matrix that a filled-in form asks for, without empty words; refused values stay. */
export function addressOfForm(program: ProgramFacts, form: URLSearchParams): string {
  const { query, problems } = readAddress(form, program);
  const words = writeQuery(query);
  for (const word of Object.keys(problems)) {
    words.delete(word);
    for (const value of form.getAll(word)) if (value !== '') words.append(word, value);
  }
  return withWords(`/${program.id}/partners`, words);
}

export function withWords(path: string, words: URLSearchParams): string {
  return words.size === 0 ? path : `${path}?${words}`;
}

/** The address of a query's page of the matrix. */
export function matrixHref(program: string, query: MatrixQuery, page = 1): string {
  return withWords(`/${program}/partners`, writeQuery({ ...query, page }));
}

/** The address of everything that a query finds, as a file to keep. */
export function exportHref(program: string, query: MatrixQuery, format: 'csv' | 'json'): string {
  return withWords(`/${program}/partners.${format}`, writeQuery({ ...query, page: 1 }));
}

/** The address of the query with one more value of a word, from the first page on. */
export function hrefWith(program: string, query: MatrixQuery, word: QueryWord, value: string): string {
  return hrefOf(program, query, (words) => words.append(word, value));
}

/** The address of the query whose words were changed, from the first page on. */
function hrefOf(program: string, query: MatrixQuery, change: (words: URLSearchParams) => void): string {
  const words = writeQuery({ ...query, page: 1 });
  change(words);
  return withWords(`/${program}/partners`, words);
}

/**
 * The address of the query with those for whom nobody states what is asked of a finding. `unknown` is a
 * value of the tier; where a fund requires one and none is asked, the fund's is asked too, which leaves
 * the others as they are. Of several funds the loosest decides, as in the list.
 */
export function hrefWithUnknownEvidence({ id, funding }: ProgramFacts, query: MatrixQuery): string {
  const required = funding.filter((fund) => query.fund.includes(fund.id)).map((fund) => fund.tierAtMost ?? 0);
  return hrefOf(id, query, (words) => {
    if (query.tier.length === 0 && required.length > 0) words.append('tier', String(Math.max(...required)));
    words.append('tier', 'unknown');
  });
}

/** The address of the query without these words, or without one value of a word. */
export function hrefWithout(program: string, query: MatrixQuery, gone: readonly QueryWord[], value?: string): string {
  return hrefOf(program, query, (words) => {
    for (const word of gone) words.delete(word, value);
  });
}

/** The words of a query as the client of the API takes them. */
export function apiWords(query: MatrixQuery): Record<string, string[]> {
  const words = writeQuery(query);
  return Object.fromEntries([...new Set(words.keys())].map((word) => [word, words.getAll(word)]));
}
