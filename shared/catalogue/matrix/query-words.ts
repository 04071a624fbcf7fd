import type { Instant } from '../../kernel/instants.ts';
import { given } from '../../kernel/given.ts';
import { isInstant } from '../../kernel/iso-text.ts';
import { gradeOrder } from '../../programs/grades.ts';
import type { Grade, Scenario } from '../../programs/program.ts';
import type { ApprovalStatus } from '../model.ts';
import type { MatrixTerms } from './terms.ts';

/** `active` means every status that the list shows by default; the others mean themselves. */
export const statusWords = [
  'active',
  'conditional',
  'probation',
  'suspended',
  'lapsed',
  'removed',
  'upcoming',
  'published',
  'any',
] as const satisfies readonly (ApprovalStatus | 'any')[];
export type StatusWord = (typeof statusWords)[number];

type WordRule =
  /** An entry of one of the program's vocabularies. */
  | { readonly kind: 'term'; readonly repeated: true; readonly terms: TermList }
  /** An id that is not checked against a list, because the list is too long to have at hand. */
  | { readonly kind: 'id'; readonly repeated: true }
  | { readonly kind: 'choice'; readonly repeated: boolean; readonly choices: readonly string[] }
  /** A whole number, or `unknown` where `orUnknown` says so. */
  | {
      readonly kind: 'whole';
      readonly repeated: boolean;
      readonly least: number;
      readonly most: number;
      readonly orUnknown: boolean;
    }
  | { readonly kind: 'text'; readonly repeated: false; readonly longest: number }
  | { readonly kind: 'instant'; readonly repeated: false };

type TermList = 'areas' | 'conditions' | 'services' | 'populations' | 'outcomes' | 'funds';

function whole<const R extends boolean, const U extends boolean>(
  range: { least: number; most: number },
  repeated: R,
  orUnknown: U,
) {
  return { kind: 'whole', repeated, orUnknown, ...range } as const;
}

/**
 * Every word that the address of the matrix can carry, with its kind and limits. Page, API, exports
 * and the OpenAPI document are made from this table.
 */
export const queryWords = {
  area: { kind: 'term', repeated: true, terms: 'areas' },
  areas: { kind: 'choice', repeated: false, choices: ['all'] },
  condition: { kind: 'term', repeated: true, terms: 'conditions' },
  service: { kind: 'term', repeated: true, terms: 'services' },
  grade: { kind: 'choice', repeated: true, choices: gradeOrder },
  tier: { kind: 'choice', repeated: true, choices: ['1', '2', '3', '4', 'unknown'] },
  population: { kind: 'term', repeated: true, terms: 'populations' },
  outcome: { kind: 'term', repeated: true, terms: 'outcomes' },
  fund: { kind: 'term', repeated: true, terms: 'funds' },
  /** Whole dollars for one year. */
  max: whole({ least: 0, most: 1_000_000_000 }, false, false),
  schools: whole({ least: 1, most: 5_000 }, false, false),
  teachers: whole({ least: 1, most: 100_000 }, false, false),
  students: whole({ least: 1, most: 2_000_000 }, false, false),
  days: whole({ least: 1, most: 10_000 }, false, false),
  unpriced: { kind: 'choice', repeated: false, choices: ['no'] },
  /** Whole percent, compared with the lower bound. */
  record: whole({ least: 0, most: 100 }, true, true),
  capacity: { kind: 'choice', repeated: true, choices: ['now', 'unknown'] },
  site: { kind: 'id', repeated: true },
  status: { kind: 'choice', repeated: true, choices: statusWords },
  q: { kind: 'text', repeated: false, longest: 200 },
  sort: { kind: 'choice', repeated: false, choices: ['relevance', 'record', 'cost', 'name'] },
  /** Any page that can be counted: one past the end is empty, not an error. */
  page: whole({ least: 1, most: Number.MAX_SAFE_INTEGER }, false, false),
  /** The instant that a shared address is pinned to. */
  at: { kind: 'instant', repeated: false },
} as const satisfies Readonly<Record<string, WordRule>>;

/** How often a repeated word may stand in one address. */
export const mostRepeats = 50;

export type QueryWord = keyof typeof queryWords;
type WordsOf<Kind, Repeated extends boolean = boolean> = {
  [W in QueryWord]: (typeof queryWords)[W] extends { kind: Kind; repeated: Repeated } ? W : never;
}[QueryWord];
type Choice<W extends WordsOf<'choice'>> = (typeof queryWords)[W]['choices'][number];

export type SortWord = Choice<'sort'>;
export type TierWord = Choice<'tier'>;

/**
 * What an address asks for, in canonical form: lists without repeats and in a fixed order, and the
 * defaults of `status`, `sort` and `page` filled in. The scenario's words are one object, empty when
 * the address gives none.
 */
export interface MatrixQuery {
  readonly area: readonly string[];
  readonly areas?: Choice<'areas'>;
  readonly condition: readonly string[];
  readonly service: readonly string[];
  readonly grade: readonly Grade[];
  readonly tier: readonly TierWord[];
  readonly population: readonly string[];
  readonly outcome: readonly string[];
  readonly fund: readonly string[];
  /** Whole dollars. */
  readonly max?: number;
  readonly scenario: Scenario;
  readonly unpriced?: Choice<'unpriced'>;
  readonly record: readonly (number | 'unknown')[];
  readonly capacity: readonly Choice<'capacity'>[];
  readonly site: readonly string[];
  readonly status: readonly StatusWord[];
  /** Empty when absent. */
  readonly q: string;
  readonly sort: SortWord;
  readonly page: number;
  readonly at?: Instant;
}

export interface ReadQuery {
  readonly query: MatrixQuery;
  /** Words of the address that the matrix does not know. */
  readonly unknown: readonly string[];
  /** For each word with a value that is not allowed, a sentence that says what is. */
  readonly problems: Readonly<Partial<Record<QueryWord, string>>>;
}

export function isQueryWord(word: string): word is QueryWord {
  return Object.hasOwn(queryWords, word);
}

const idPattern = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** Reads the values of single words and keeps a sentence for each that is not allowed. */
class WordReader {
  readonly problems: Partial<Record<QueryWord, string>> = {};
  readonly #params: URLSearchParams;
  readonly #terms: MatrixTerms;

  constructor(params: URLSearchParams, terms: MatrixTerms) {
    this.#params = params;
    this.#terms = terms;
  }

  /** The distinct values of a word, without the empty ones. */
  #values(word: QueryWord): readonly string[] {
    const values = [...new Set(this.#params.getAll(word).filter((value) => value !== ''))];
    const most = queryWords[word].repeated ? mostRepeats : 1;
    if (values.length > most) {
      this.problems[word] =
        most === 1 ? `“${word}” can be given once.` : `“${word}” can be given at most ${mostRepeats} times.`;
    }
    return values.slice(0, most);
  }

  terms(word: WordsOf<'term'>): readonly string[] {
    const list = queryWords[word].terms;
    const allowed = list === 'funds' ? this.#terms.funds.map((fund) => fund.id) : this.#terms[list];
    return this.#values(word)
      .filter((value) => {
        const known = allowed.includes(value);
        if (!known) this.problems[word] = `“${word}” is one of: ${allowed.join(', ')}.`;
        return known;
      })
      .sort();
  }

  ids(word: WordsOf<'id'>): readonly string[] {
    return this.#values(word)
      .filter((value) => {
        const readable = idPattern.test(value);
        if (!readable)
          this.problems[word] =
            `“${word}” is the id of a district or a region: lower case letters, digits, hyphens or underscores.`;
        return readable;
      })
      .sort();
  }

  choices<W extends WordsOf<'choice'>>(word: W): readonly Choice<W>[] {
    const allowed: readonly Choice<W>[] = queryWords[word].choices;
    const values = this.#values(word);
    if (values.some((value) => !allowed.some((choice) => choice === value))) {
      this.problems[word] = `“${word}” is one of: ${allowed.join(', ')}.`;
    }
    return allowed.filter((choice) => values.some((value) => value === choice));
  }

  wholes(word: WordsOf<'whole'>): readonly (number | 'unknown')[] {
    const { least, most, orUnknown } = queryWords[word];
    const read: (number | 'unknown')[] = [];
    for (const value of this.#values(word)) {
      const amount = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
      if (amount >= least && amount <= most) read.push(amount);
      else if (orUnknown && value === 'unknown') read.push(value);
      else
        this.problems[word] = `“${word}” is a whole number from ${least} to ${most}${orUnknown ? ', or unknown' : ''}.`;
    }
    return [...new Set(read)].sort(
      (a, b) => Number(a === 'unknown') - Number(b === 'unknown') || Number(a) - Number(b),
    );
  }

  whole(word: WordsOf<'whole', false>): number | undefined {
    const [amount] = this.wholes(word);
    return amount === 'unknown' ? undefined : amount;
  }

  text(word: WordsOf<'text'>): string {
    const { longest } = queryWords[word];
    const text = (this.#values(word)[0] ?? '').trim();
    if (text.length > longest) this.problems[word] = `“${word}” has at most ${longest} characters.`;
    return text.slice(0, longest).trim();
  }

  instant(word: WordsOf<'instant'>): Instant | undefined {
    const [value] = this.#values(word);
    if (value === undefined || isInstant(value)) return value;
    this.problems[word] = `“${word}” is an instant such as 2027-06-30T03:59:59.999Z.`;
    return undefined;
  }
}

/**
 * Reads an address. A value that is not allowed is left out of the query and named in `problems`;
 * what to do about it is the caller's: the page says so, the API refuses.
 */
export function readQuery(params: URLSearchParams, terms: MatrixTerms): ReadQuery {
  const words = new WordReader(params, terms);
  const q = words.text('q');
  const status = words.choices('status');
  const query: MatrixQuery = {
    area: words.terms('area'),
    ...given('areas', words.choices('areas')[0]),
    condition: words.terms('condition'),
    service: words.terms('service'),
    grade: words.choices('grade'),
    tier: words.choices('tier'),
    population: words.terms('population'),
    outcome: words.terms('outcome'),
    fund: words.terms('fund'),
    ...given('max', words.whole('max')),
    scenario: {
      ...given('schools', words.whole('schools')),
      ...given('teachers', words.whole('teachers')),
      ...given('students', words.whole('students')),
      ...given('days', words.whole('days')),
    },
    ...given('unpriced', words.choices('unpriced')[0]),
    record: words.wholes('record'),
    capacity: words.choices('capacity'),
    site: words.ids('site'),
    status: canonicalStatus(status),
    q,
    sort: words.choices('sort')[0] ?? defaultSort(q),
    page: words.whole('page') ?? 1,
    ...given('at', words.instant('at')),
  };
  return { query, unknown: [...new Set(params.keys())].filter((word) => !isQueryWord(word)), problems: words.problems };
}

/** No status asks for the default list; `any` makes every other status idle. */
function canonicalStatus(asked: readonly StatusWord[]): readonly StatusWord[] {
  if (asked.includes('any')) return ['any'];
  return asked.length === 0 ? ['active'] : asked;
}

function defaultSort(q: string): SortWord {
  return q === '' ? 'record' : 'relevance';
}

/** The address of a query, words in the order of the table, defaults left out. */
export function writeQuery(query: MatrixQuery): URLSearchParams {
  const isDefault: Partial<Record<QueryWord, boolean>> = {
    status: query.status.length === 1 && query.status[0] === 'active',
    q: query.q === '',
    sort: query.sort === defaultSort(query.q),
    page: query.page === 1,
  };
  const { scenario, ...words } = query;
  const values: Readonly<Partial<Record<QueryWord, unknown>>> = { ...words, ...scenario };
  const params = new URLSearchParams();
  for (const word of Object.keys(queryWords).filter(isQueryWord)) {
    const value = values[word];
    if (value === undefined || isDefault[word] === true) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(word, String(one));
  }
  return params;
}

/** The scenario that costs are worked out for: the address's own figures, or the program's example. */
export function scenarioOf(query: MatrixQuery, terms: MatrixTerms): Scenario {
  return Object.keys(query.scenario).length === 0 ? terms.exampleScenario : query.scenario;
}
