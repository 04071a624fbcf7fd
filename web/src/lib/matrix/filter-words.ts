import { statusWords as statuses, type QueryWord } from '#shared/catalogue/matrix/query-words.ts';
import { isInstant } from '#shared/kernel/iso-text.ts';
import { showInstant } from '#shared/kernel/show-instant.ts';
import { areasOf } from '#shared/programs/areas.ts';
import { gradeOrder } from '#shared/programs/grades.ts';
import type { ProgramFacts } from '#lib/api.ts';
import { statusWords } from '#lib/catalogue/status-words.ts';
import { nameIn, type Term } from '#lib/catalogue/terms.ts';
import { grouped } from '#lib/grouped.ts';
import type { ShownFacets } from './answer.ts';

/** The words that are filters, as the page names them. */
export const filterNames = {
  area: 'Priority area',
  condition: 'Condition for school effectiveness',
  service: 'Service type',
  grade: 'Grade',
  tier: 'Evidence tier',
  population: 'Studied with',
  outcome: 'Studied outcome',
  fund: 'Funding source',
  max: 'Cost of one year',
  unpriced: 'Without a price',
  record: 'Track record',
  capacity: 'Capacity',
  site: 'Works in',
  status: 'Approval status',
  q: 'Text',
  at: 'Dates read for',
} as const satisfies Readonly<Partial<Record<QueryWord, string>>>;
export type FilterWord = keyof typeof filterNames;

export function isFilterWord(word: string): word is FilterWord {
  return Object.hasOwn(filterNames, word);
}

/** The vocabularies of a program, by the word whose values are their entries. */
const vocabularies = {
  area: areasOf,
  condition: (program) => program.conditions,
  service: (program) => program.serviceTypes,
  population: (program) => program.populations,
  outcome: (program) => program.outcomes,
  fund: (program) => program.funding,
} as const satisfies Readonly<Partial<Record<FilterWord, (program: ProgramFacts) => readonly Term[]>>>;

function hasVocabulary(word: FilterWord): word is keyof typeof vocabularies {
  return Object.hasOwn(vocabularies, word);
}

/** `$60,000`. */
export function dollarWords(amount: number): string {
  return `$${grouped(amount)}`;
}

/** A region by its name; a district's id is its name with a number behind it. */
export function placeWords(program: ProgramFacts, site: string): string {
  const region = program.regions.find((one) => one.id === site);
  if (region !== undefined) return region.name;
  const words = site.replace(/-\d+$/, '').split(/[-_]/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

function gradeName(grade: string): string {
  if (grade === 'PK') return 'Prekindergarten';
  return grade === 'K' ? 'Kindergarten' : `Grade ${grade}`;
}

function statusName(value: string): string {
  if (value === 'active') return 'On the list now';
  if (value === 'any') return 'Everybody, approved or not';
  const status = statuses.find((one) => one === value);
  return status === undefined || status === 'active' || status === 'any' ? value : statusWords(status).words;
}

/** How one value of a filter reads: in its option, in its tag, in a proposal. */
export function valueWords(program: ProgramFacts, word: FilterWord, value: string): string {
  if (hasVocabulary(word)) return nameIn(vocabularies[word](program), value);
  switch (word) {
    case 'grade':
      return gradeName(value);
    case 'tier':
      if (value === 'unknown') return 'Not known';
      return value === '1' ? 'Tier 1' : `Tiers 1 to ${value}`;
    case 'record':
      return value === 'unknown' ? 'Not enough confirmed results yet' : `At least ${value}%`;
    case 'capacity':
      return value === 'now' ? 'Room now' : 'Capacity not published';
    case 'max':
      return `At most ${dollarWords(Number(value))}`;
    case 'unpriced':
      return 'Left out';
    case 'site':
      return placeWords(program, value);
    case 'status':
      return statusName(value);
    case 'q':
      return `“${value}”`;
    case 'at':
      return isInstant(value) ? showInstant(value, program.zone) : value;
  }
}

export interface FilterOption {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  /** How many partners there would be with this value in place of the word's present ones. */
  readonly count?: number;
}

/** One option each, with its count; a value that no partner has counts 0. */
export function optionsOf(
  program: ProgramFacts,
  facets: ShownFacets,
  word: FilterWord,
  values: readonly string[],
): readonly FilterOption[] {
  const counts = facets[word] ?? {};
  return values.map((value) => ({ value, label: valueWords(program, word, value), count: counts[value] ?? 0 }));
}

/** Every value that a filter offers, in the program's order. */
export function valuesOf(program: ProgramFacts, facets: ShownFacets, word: FilterWord): readonly string[] {
  if (hasVocabulary(word)) return idsOf(vocabularies[word](program));
  switch (word) {
    case 'grade':
      return gradeOrder;
    case 'status':
      return statuses;
    case 'site':
      return sitesOf(program, facets);
    default:
      return Object.keys(facets[word] ?? {});
  }
}

function idsOf(terms: readonly Pick<Term, 'id'>[]): readonly string[] {
  return terms.map(({ id }) => id);
}

/** Regions first, in the program's order; then the districts that count, by name. */
function sitesOf(program: ProgramFacts, facets: ShownFacets): readonly string[] {
  const regions = idsOf(program.regions);
  const places = Object.keys(facets['site'] ?? {});
  const districts = places.filter((place) => !regions.includes(place));
  const byName = (a: string, b: string) => placeWords(program, a).localeCompare(placeWords(program, b), 'en-US');
  return [...regions, ...districts.sort(byName)];
}
