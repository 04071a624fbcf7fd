import type { ScenarioFigure } from '#shared/catalogue/cost.ts';
import type { Source } from '#shared/catalogue/model.ts';
import { showSchoolYear } from '#shared/kernel/show-instant.ts';
import type { Scenario } from '#shared/programs/program.ts';
import type { ProgramFacts } from '#lib/api.ts';
import { countWords } from '#lib/catalogue/scenario-words.ts';
import type { Belonging } from './session.ts';

/** What is published of the visitor's own district. Nobody publishes teachers and days, so they are not among it. */
export interface OwnDistrict {
  readonly name: string;
  readonly scenario: Scenario;
  /** Each figure with its school year, and where it is from. */
  readonly figures: readonly { readonly words: string; readonly source: Source }[];
}

const published = [
  { figure: 'schools', fact: 'schools' },
  { figure: 'students', fact: 'enrollment' },
] as const satisfies readonly {
  readonly figure: ScenarioFigure;
  readonly fact: keyof NonNullable<Belonging['size']>;
}[];

/** Where the program has its districts' figures from. */
function sourceOf(program: ProgramFacts, fact: (typeof published)[number]['fact']): Omit<Source, 'dated'> {
  const source = program.rosterSources?.find(({ figures }) => figures.includes(fact));
  if (source === undefined) return { title: `The districts of ${program.name}, as this site was set up` };
  return { title: source.title, ...(source.url === undefined ? {} : { url: source.url }) };
}

export function ownDistrict(program: ProgramFacts, { name, size = {} }: Pick<Belonging, 'name' | 'size'>): OwnDistrict {
  const found = published.flatMap(({ figure, fact }) => {
    const { value, year } = size[fact] ?? {};
    if (value === undefined || year === undefined || value < 1) return [];
    const said = showSchoolYear(year);
    return [
      {
        figure,
        value,
        words: `${countWords(figure, value)} (${said})`,
        source: { ...sourceOf(program, fact), dated: `school year ${said}` },
      },
    ];
  });
  return {
    name,
    scenario: Object.fromEntries(found.map(({ figure, value }) => [figure, value])),
    figures: found.map(({ words, source }) => ({ words, source })),
  };
}
