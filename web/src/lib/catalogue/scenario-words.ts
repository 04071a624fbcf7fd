import type { ScenarioFigure } from '#shared/catalogue/cost.ts';
import type { Scenario } from '#shared/programs/program.ts';
import { grouped } from '#lib/grouped.ts';

interface FigureField {
  readonly name: ScenarioFigure;
  readonly label: string;
  /** As counted in a sentence: `1 school`, `3 schools`. */
  readonly one: string;
  readonly several: string;
  readonly most: number;
}

/** The figures of a scenario, with the limits of the API's query words. */
export const scenarioFields: readonly FigureField[] = [
  { name: 'schools', label: 'Schools', one: 'school', several: 'schools', most: 5_000 },
  { name: 'teachers', label: 'Teachers', one: 'teacher', several: 'teachers', most: 100_000 },
  { name: 'students', label: 'Students', one: 'student', several: 'students', most: 2_000_000 },
  { name: 'days', label: 'Days of service', one: 'day', several: 'days', most: 10_000 },
];

const list = new Intl.ListFormat('en-US');

export function countWords(figure: ScenarioFigure, quantity: number): string {
  const field = scenarioFields.find((one) => one.name === figure);
  const noun = quantity === 1 ? field?.one : field?.several;
  return `${grouped(quantity)} ${noun ?? figure}`;
}

/** `3 schools, 90 teachers, 1,500 students and 20 days`; figures that nobody gave are left out. */
export function scenarioWords(scenario: Scenario): string {
  const parts = scenarioFields.flatMap(({ name }) => {
    const quantity = scenario[name];
    return quantity === undefined ? [] : [countWords(name, quantity)];
  });
  return list.format(parts);
}

/** Whether two scenarios say the same of every figure. */
export function sameScenario(one: Scenario, other: Scenario): boolean {
  return scenarioFields.every(({ name }) => one[name] === other[name]);
}

/** The address of a page at which costs are worked out for these figures. */
export function scenarioAddress(path: string, scenario: Scenario): string {
  const words = new URLSearchParams();
  for (const { name } of scenarioFields) {
    const figure = scenario[name];
    if (figure !== undefined) words.set(name, String(figure));
  }
  return words.size === 0 ? path : `${path}?${words}`;
}
