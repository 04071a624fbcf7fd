import { isQueryWord, writeQuery, type MatrixQuery, type QueryWord } from '#shared/catalogue/matrix/query-words.ts';
import type { ProgramFacts } from '#lib/api.ts';
import { scenarioFields, scenarioWords } from '#lib/catalogue/scenario-words.ts';
import { hrefWithout } from './address.ts';
import { filterNames, isFilterWord, valueWords } from './filter-words.ts';

export interface ActiveFilter {
  readonly name: string;
  readonly value: string;
  /** The same list without it. */
  readonly href: string;
}

const figures: readonly QueryWord[] = scenarioFields.map((field) => field.name);

/** What narrows the list, in the order of the address; the default list has none. */
export function activeFilters(program: ProgramFacts, query: MatrixQuery): readonly ActiveFilter[] {
  const active: ActiveFilter[] = [];
  for (const [word, value] of writeQuery(query)) {
    if (!isQueryWord(word) || !isFilterWord(word)) continue;
    active.push({
      name: filterNames[word],
      value: valueWords(program, word, value),
      href: hrefWithout(program.id, query, [word], value),
    });
  }
  if (query.areas === 'all' && query.area.length > 1) {
    active.push({ name: filterNames.area, value: 'All of them', href: hrefWithout(program.id, query, ['areas']) });
  }
  const scenario = scenarioWords(query.scenario);
  if (scenario !== '') {
    active.push({ name: 'Your figures', value: scenario, href: hrefWithout(program.id, query, figures) });
  }
  return active;
}

/** The filters as one sentence, for a page on paper. */
export function filterSentence(filters: readonly ActiveFilter[]): string {
  if (filters.length === 0) return 'No filter: every partner that the list shows by default.';
  const byName = new Map<string, string[]>();
  for (const { name, value } of filters) byName.set(name, [...(byName.get(name) ?? []), value]);
  const parts = [...byName].map(([name, values]) => `${name.toLowerCase()}: ${values.join('; ')}`);
  return `Filtered by ${parts.join(' · ')}.`;
}
