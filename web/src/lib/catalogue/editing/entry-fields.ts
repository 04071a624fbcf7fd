import { areasOf } from '#shared/programs/areas.ts';
import { gradeOrder } from '#shared/programs/grades.ts';
import type { ProgramFacts } from '#lib/api.ts';
import { designWords, effectWords } from '../finding-words.ts';
import type { EntryField } from './entry-field.ts';

/** The parts of a listing that are edited, each as a form of its own. */
export type EntryKind =
  'about' | 'contact' | 'capacity' | 'offerings' | 'prices' | 'findings' | 'claims' | 'sites' | 'sources';

type Term = { readonly id: string; readonly name: string };
const options = (terms: readonly Term[]) => terms.map(({ id, name }) => ({ value: id, label: name }));

const dated = 'As the source gives it: 2014, 2025-06-02, school year 2016-17.';

const read = 'A day or a month: 2026-11-12, 2026-11. For a page without a date, it says how old the reading is.';

/** The fields of a source; `group` is empty where the entry is itself the source. */
function sourceFields(group: string, needed: 'always' | 'with-others'): readonly EntryField[] {
  return [
    {
      name: `${group}title`,
      label: 'Title of the source',
      kind: 'line',
      longest: 200,
      needed,
      hint: 'Where a reader can check this.',
    },
    {
      name: `${group}url`,
      label: 'Address of the source',
      kind: 'line',
      type: 'url',
      longest: 600,
      needed: 'no',
      hint: 'Begins with http:// or https://.',
    },
    { name: `${group}dated`, label: 'Date of the source', kind: 'line', longest: 40, needed: 'no', hint: dated },
    { name: `${group}read`, label: 'When you read it', kind: 'line', longest: 10, needed: 'no', hint: read },
  ];
}

const about: readonly EntryField[] = [
  { name: 'name', label: 'Name of the organization', kind: 'line', longest: 120, needed: 'always' },
  {
    name: 'summary',
    label: 'Summary',
    kind: 'paragraph',
    longest: 300,
    needed: 'always',
    hint: 'One or two sentences. They stand in the list of partners.',
  },
  { name: 'description', label: 'Description', kind: 'paragraph', longest: 4000, needed: 'no' },
  { name: 'focus', label: 'Focus', kind: 'line', longest: 200, needed: 'no' },
  {
    name: 'website',
    label: 'Website',
    kind: 'line',
    type: 'url',
    longest: 300,
    needed: 'no',
    hint: 'Begins with http:// or https://.',
  },
];

const contact: readonly EntryField[] = [
  {
    name: 'label',
    label: 'Office',
    kind: 'line',
    longest: 200,
    needed: 'with-others',
    hint: 'An office, not a person: everybody can read this.',
  },
  { name: 'email', label: 'E-mail address', kind: 'line', type: 'email', longest: 200, needed: 'no' },
  { name: 'phone', label: 'Phone', kind: 'line', longest: 40, needed: 'no' },
];

const capacity: readonly EntryField[] = [
  {
    name: 'asOf',
    label: 'As of',
    kind: 'day',
    needed: 'with-others',
    hint: 'The day on which these figures are true.',
  },
  {
    name: 'clientsAtMost',
    label: 'Clients at most in one school year',
    kind: 'whole',
    least: 0,
    most: 100_000,
    needed: 'no',
    hint: 'At this number nobody can ask for a start this year.',
  },
  {
    name: 'clientsNow',
    label: 'Clients now',
    kind: 'whole',
    least: 0,
    most: 100_000,
    needed: 'no',
    hint: 'Without the engagements awarded on this site, which are counted for you.',
  },
  { name: 'earliestStart', label: 'Earliest start', kind: 'day', needed: 'no' },
  ...sourceFields('source.', 'with-others'),
];

function offering(program: ProgramFacts): readonly EntryField[] {
  return [
    { name: 'name', label: 'Name of the offering', kind: 'line', longest: 200, needed: 'always' },
    {
      name: 'service',
      label: 'Service type',
      kind: 'choice',
      stored: 'text',
      options: options(program.serviceTypes),
      needed: 'always',
    },
    { name: 'description', label: 'Description', kind: 'paragraph', longest: 2000, needed: 'no' },
    {
      name: 'areas',
      label: 'Priority areas',
      kind: 'choices',
      options: options(areasOf(program)),
      needed: 'no',
      hint: 'None: it counts for any area.',
    },
    {
      name: 'conditions',
      label: 'Conditions for school effectiveness',
      kind: 'choices',
      options: options(program.conditions),
      needed: 'no',
    },
    {
      name: 'grades',
      label: 'Grades',
      kind: 'choices',
      options: gradeOrder.map((grade) => ({ value: grade, label: grade })),
      needed: 'no',
    },
    {
      name: 'delivery',
      label: 'Delivery',
      kind: 'choices',
      needed: 'no',
      options: [
        { value: 'on-site', label: 'On site' },
        { value: 'remote', label: 'Remote' },
        { value: 'hybrid', label: 'On site and remote' },
      ],
    },
    {
      name: 'languages',
      label: 'Languages',
      kind: 'tags',
      needed: 'no',
      hint: 'Tags with commas between them: en, es.',
    },
    ...sourceFields('source.', 'with-others'),
  ];
}

function price(program: ProgramFacts): readonly EntryField[] {
  const unit = program.costUnits.map(({ id, name, description }) => ({
    value: id,
    label: name,
    ...(description === undefined ? {} : { hint: description }),
  }));
  return [
    { name: 'unit', label: 'Unit', kind: 'choice', stored: 'text', options: unit, needed: 'always' },
    {
      name: 'low',
      label: 'Low',
      kind: 'money',
      needed: 'no',
      hint: 'For one unit. Give at least one of low, typical and high.',
    },
    { name: 'typical', label: 'Typical', kind: 'money', needed: 'no' },
    { name: 'high', label: 'High', kind: 'money', needed: 'no' },
    {
      name: 'outcomePayment',
      label: 'Payment when outcomes are met',
      kind: 'money',
      needed: 'no',
      hint: 'The most that is paid on top of a base.',
    },
    { name: 'minimum', label: 'Smallest amount billed', kind: 'money', needed: 'no' },
    {
      name: 'year',
      label: 'School year',
      kind: 'whole',
      least: 1990,
      most: 2100,
      needed: 'no',
      hint: 'The year in which it ends: 2027 for 2026–27.',
    },
    {
      name: 'staffHours',
      label: 'Hours of the district’s own staff for one unit',
      kind: 'number',
      least: 0,
      most: 100_000,
      needed: 'no',
    },
    { name: 'includes', label: 'What the price includes', kind: 'paragraph', longest: 2000, needed: 'no' },
    ...sourceFields('source.', 'with-others'),
  ];
}

function finding(program: ProgramFacts): readonly EntryField[] {
  const tiers = program.evidenceTiers.map(({ tier, name }) => ({ value: String(tier), label: name }));
  return [
    { name: 'study', label: 'Study', kind: 'line', longest: 200, needed: 'always' },
    ...sourceFields('source.', 'always'),
    {
      name: 'design',
      label: 'Design',
      kind: 'choice',
      stored: 'text',
      needed: 'always',
      options: Object.entries(designWords).map(([value, label]) => ({ value, label })),
    },
    {
      name: 'outcomes',
      label: 'Outcomes',
      kind: 'choices',
      options: options(program.outcomes),
      needed: 'no',
      hint: 'One finding is one result: the outcome that was measured.',
    },
    { name: 'outcomeNote', label: 'Note on the outcome', kind: 'line', longest: 200, needed: 'no' },
    {
      name: 'populations',
      label: 'Studied with',
      kind: 'choices',
      options: options(program.populations),
      needed: 'no',
    },
    { name: 'populationNote', label: 'Note on who was studied', kind: 'line', longest: 200, needed: 'no' },
    {
      name: 'effect',
      label: 'Effect',
      kind: 'choice',
      stored: 'text',
      needed: 'always',
      options: Object.entries(effectWords).map(([value, { words }]) => ({ value, label: words })),
      hint: 'A study that found nothing belongs here too.',
    },
    { name: 'effectNote', label: 'What was found', kind: 'paragraph', longest: 2000, needed: 'no' },
    {
      name: 'effectSize',
      label: 'Effect size',
      kind: 'number',
      least: -5,
      most: 5,
      needed: 'no',
      suffix: 'standard deviations',
    },
    {
      name: 'significant',
      label: 'Statistically significant',
      kind: 'choice',
      stored: 'yes-no',
      needed: 'no',
      options: [
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No' },
      ],
    },
    {
      name: 'tier.atLeast',
      label: 'Evidence tier, from',
      kind: 'choice',
      stored: 'number',
      needed: 'with-others',
      options: tiers,
      hint: 'Only a tier that the source itself states. The same tier twice where it names one.',
    },
    {
      name: 'tier.atMost',
      label: 'Evidence tier, to',
      kind: 'choice',
      stored: 'number',
      needed: 'with-others',
      options: tiers,
    },
    { name: 'judgedBy', label: 'Judged by', kind: 'line', longest: 200, needed: 'no' },
  ];
}

const claim: readonly EntryField[] = [
  {
    name: 'text',
    label: 'Claim',
    kind: 'paragraph',
    longest: 2000,
    needed: 'always',
    hint: 'Shown as your own words; it counts toward nothing.',
  },
  ...sourceFields('source.', 'with-others'),
];

function site(program: ProgramFacts, districts: readonly Term[] | undefined): readonly EntryField[] {
  const regions: readonly EntryField[] =
    program.regions.length === 0
      ? []
      : [
          {
            name: 'region',
            label: 'Region',
            kind: 'choice',
            stored: 'text',
            options: options(program.regions),
            needed: 'no',
          },
        ];
  return [
    {
      name: 'label',
      label: 'Place',
      kind: 'line',
      longest: 200,
      needed: 'always',
      hint: 'A district, town or region where you work.',
    },
    ...(districts === undefined
      ? []
      : [
          {
            name: 'district',
            label: 'District',
            kind: 'choice',
            stored: 'text',
            options: options(districts),
            needed: 'no',
            hint: 'Where the place is a district of this program. Districts that ask who works near them find you by it.',
          } as const,
        ]),
    ...regions,
    ...sourceFields('source.', 'with-others'),
  ];
}

/**
 * The fields of a part of a listing, with the program's own vocabulary in the choices. `districts` are
 * those that a place can be in; without them that is not asked, and stays as it is stored.
 */
export function fieldsOf(kind: EntryKind, program: ProgramFacts, districts?: readonly Term[]): readonly EntryField[] {
  switch (kind) {
    case 'about':
      return about;
    case 'contact':
      return contact;
    case 'capacity':
      return capacity;
    case 'offerings':
      return offering(program);
    case 'prices':
      return price(program);
    case 'findings':
      return finding(program);
    case 'claims':
      return claim;
    case 'sites':
      return site(program, districts);
    case 'sources':
      return sourceFields('', 'always');
  }
}
