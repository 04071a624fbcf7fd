import { given } from '../../kernel/given.ts';
import type { EvidenceTier, Program, Scenario } from '../../programs/program.ts';
import { measuresOf, type Measures } from '../cost.ts';

/** What the matrix needs of a program: its vocabularies, what its funds require, its cost units. */
export interface MatrixTerms {
  readonly areas: readonly string[];
  readonly conditions: readonly string[];
  readonly services: readonly string[];
  readonly populations: readonly string[];
  readonly outcomes: readonly string[];
  readonly funds: readonly { readonly id: string; readonly tierAtMost?: EvidenceTier }[];
  readonly measures: Measures;
  readonly exampleScenario: Scenario;
}

export function matrixTerms(program: Program): MatrixTerms {
  const ids = (terms: readonly { readonly id: string }[]): string[] => terms.map((term) => term.id);
  return {
    areas: program.areaSchemes.flatMap((scheme) => ids(scheme.areas)),
    conditions: ids(program.conditions),
    services: ids(program.serviceTypes),
    populations: ids(program.populations),
    outcomes: ids(program.outcomes),
    funds: program.funding.map(({ id, tierAtMost }) => ({ id, ...given('tierAtMost', tierAtMost) })),
    measures: measuresOf(program),
    exampleScenario: program.exampleScenario,
  };
}
