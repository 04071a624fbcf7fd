import { writeQuery, type MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import type { Scenario } from '#shared/programs/program.ts';
import type { ProgramFacts } from '#lib/api.ts';
import { sameScenario, scenarioWords } from '#lib/catalogue/scenario-words.ts';
import { hrefWithout, matrixHref } from './address.ts';
import { filterNames, isFilterWord, valueWords } from './filter-words.ts';

export interface ActiveFilter {
  readonly name: string;
  readonly value: string;
  /** The same list without it. */
  readonly href: string;
}

/**
 * What narrows the list, in the order of the address; the default list has none.
 * @param own the figures that stand there without being asked for: those of the visitor's district.
 */
export function activeFilters(program: ProgramFacts, query: MatrixQuery, own: Scenario): readonly ActiveFilter[] {
  const active: ActiveFilter[] = [];
  for (const [word, value] of writeQuery(query)) {
    if (!isFilterWord(word)) continue;
    active.push({
      name: filterNames[word],
      value: valueWords(program, word, value),
      href: hrefWithout(program.id, query, [word], value),
    });
  }
  if (query.areas === 'all' && query.area.length > 1) {
    active.push({ name: filterNames.area, value: 'All of them', href: hrefWithout(program.id, query, ['areas']) });
  }
  if (!sameScenario(query.scenario, own)) {
    const href = matrixHref(program.id, { ...query, scenario: own });
    active.push({ name: 'Your figures', value: scenarioWords(query.scenario), href });
  }
  return active;
}

/** The filters as one sentence, for a page on paper. */
export function filterSentence(filters: readonly ActiveFilter[]): string {
  if (filters.length === 0) return 'No filter: every partner that the list shows by default.';
  const byName = Map.groupBy(filters, ({ name }) => name.toLowerCase());
  const parts = Array.from(byName, ([name, some]) => `${name}: ${some.map(({ value }) => value).join('; ')}`);
  return `Filtered by ${parts.join(' · ')}.`;
}
