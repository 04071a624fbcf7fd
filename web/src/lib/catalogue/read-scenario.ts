import type { ScenarioFigure } from '#shared/catalogue/cost.ts';
import type { Scenario } from '#shared/programs/program.ts';
import { grouped } from '#lib/grouped.ts';
import { scenarioFields } from './scenario-words.ts';

export interface ReadScenario {
  readonly scenario: Scenario;
  /** True where the address gives no figure, so the program's example is shown. */
  readonly isExample: boolean;
  /** What was typed into each field; the example stands in none, for nobody has typed it. */
  readonly typed: Readonly<Record<ScenarioFigure, string>>;
  readonly problems: Readonly<Partial<Record<ScenarioFigure, string>>>;
}

/**
 * The scenario of an address. One figure in it replaces the whole example, so that nobody's own figures
 * are mixed with ours; a figure that cannot be read counts as not given and has a sentence.
 */
export function readScenario(words: Pick<URLSearchParams, 'get'>, example: Scenario): ReadScenario {
  const given = (name: ScenarioFigure): string => (words.get(name) ?? '').trim();
  const isExample = scenarioFields.every(({ name }) => given(name) === '');
  const scenario: { -readonly [F in ScenarioFigure]?: number } = {};
  const problems: Partial<Record<ScenarioFigure, string>> = {};
  for (const { name, label, most } of scenarioFields) {
    const bare = given(name).replaceAll(',', '');
    if (bare === '') continue;
    const figure = /^\d{1,8}$/.test(bare) ? Number(bare) : 0;
    if (figure >= 1 && figure <= most) scenario[name] = figure;
    else problems[name] = `${label}: write a whole number from 1 to ${grouped(most)}.`;
  }
  return {
    scenario: isExample ? example : scenario,
    isExample,
    typed: { schools: given('schools'), teachers: given('teachers'), students: given('students'), days: given('days') },
    problems,
  };
}
