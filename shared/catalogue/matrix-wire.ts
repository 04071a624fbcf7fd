import * as z from 'zod';
import { programId } from '../kernel/ids.ts';
import { instant } from '../kernel/instants.ts';
import { cents } from '../kernel/money.ts';
import { scenario } from '../programs/program.ts';
import type { FacetWord } from './matrix/facets.ts';
import { mostRepeats, queryWords } from './matrix/query-words.ts';
import { approvalStatus } from './model.ts';

/**
 * The matrix on the wire. Its query words are read by `readQuery`, so that page, API and exports
 * agree to the letter; here they only have to be words with one value or several.
 */
export const matrixAddress = z.record(
  z.string().max(40),
  z.union([z.string().max(400), z.array(z.string().max(400)).max(mostRepeats * 2)]),
);

type Rule = (typeof queryWords)[keyof typeof queryWords];

function schemaOf(rule: Rule) {
  switch (rule.kind) {
    case 'term':
    case 'id':
      return { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]{0,63}$' } as const;
    case 'choice':
      return { type: 'string', enum: [...rule.choices] } as const;
    case 'whole':
      return rule.orUnknown
        ? ({ oneOf: [{ type: 'integer', minimum: rule.least, maximum: rule.most }, { const: 'unknown' }] } as const)
        : ({ type: 'integer', minimum: rule.least, maximum: rule.most } as const);
    case 'text':
      return { type: 'string', maxLength: rule.longest } as const;
    case 'instant':
      return { type: 'string', format: 'date-time' } as const;
  }
}

/** What each word asks for, for the document that others read. */
const meanings: Readonly<Record<keyof typeof queryWords, string>> = {
  area: 'Priority areas; a partner needs an approval, of the asked status, in one of them.',
  areas: '`all`: an approval in each of the areas.',
  condition: 'Conditions for school effectiveness that one of its offerings names.',
  service: 'Service types. One offering satisfies service, grade, area and cost together.',
  grade: 'Grades.',
  tier: 'ESSA tier at least this strong: 3 means tiers 1 to 3. `unknown` adds partners whose tier is not stated. One finding satisfies tier, population and outcome together.',
  population: 'Student groups that the finding is about.',
  outcome: 'Outcomes that the finding is about.',
  fund: 'Funding sources that the partner is eligible for by its evidence.',
  max: 'Whole dollars for one year of the scenario, compared with the typical cost.',
  schools: 'Schools of the scenario. Without any scenario word the program’s example applies.',
  teachers: 'Teachers of the scenario.',
  students: 'Students of the scenario.',
  days: 'Days of service of the scenario.',
  unpriced: '`no` leaves out partners without a price that can be turned into a year’s cost.',
  record:
    'Whole percent, compared with the lower bound of the track record. `unknown` adds partners without enough confirmed results.',
  capacity: '`now`: room today. `unknown` adds partners that publish no capacity.',
  site: 'Districts or regions in which the partner works.',
  status: 'Approval status; `active` (also when absent) is the default list, `any` is everybody.',
  q: 'Words, each the beginning of a word of the listing. In place of one that begins none, the words nearest to it are searched for: with one letter missing, added or another, from eight letters on with two.',
  sort: '`relevance` (the default with q), `record` (the default without), `cost`, `name`; ties by name, then id.',
  page: 'Pages of 20. A page past the end is empty.',
  at: 'The instant for which the dates are read; now when absent.',
};

/** One question; the example of the answer is the answer to it. */
const examples: Readonly<Partial<Record<keyof typeof queryWords, unknown>>> = {
  area: ['student-wellbeing'],
  tier: ['3'],
  max: 60_000,
  schools: 3,
  students: 1500,
  days: 12,
};

/** The query parameters of the matrix: `style: form, explode: true`, so a word may be repeated. */
export const matrixParameters = (Object.keys(queryWords) as (keyof typeof queryWords)[]).map((word) => {
  // Object.keys widens the keys
  const rule = queryWords[word];
  const schema = schemaOf(rule);
  const example = examples[word];
  return {
    name: word,
    in: 'query' as const,
    description: meanings[word],
    required: false,
    style: 'form' as const,
    explode: true,
    schema: rule.repeated ? { type: 'array' as const, items: schema, maxItems: mostRepeats } : schema,
    ...(example === undefined ? {} : { example }),
  };
});

/** The path parameter that stands before them. */
export const programParameter = {
  name: 'program',
  in: 'path' as const,
  required: true,
  schema: { type: 'string' as const, pattern: '^[a-z0-9][a-z0-9_-]{0,63}$' },
  example: programId.parse('demo'),
};

const counts = z.record(z.string(), z.int().min(0));

const shownRecord = z.discriminatedUnion('known', [
  z.object({ known: z.literal(false) }),
  z.object({
    known: z.literal(true),
    /** Shares from 0 to 1: goals met of goals agreed, with the bounds of the 90 % Wilson interval. */
    estimate: z.number().min(0).max(1),
    lowerBound: z.number().min(0).max(1),
    upperBound: z.number().min(0).max(1),
    agreed: z.int(),
    met: z.int(),
    engagements: z.int(),
    /** The first instant of the month of the latest confirmed result. */
    latest: instant.optional(),
  }),
]);

const figure = z.enum(['schools', 'teachers', 'students', 'days']);

const yearCost = z.object({
  low: cents.optional(),
  typical: cents.optional(),
  high: cents.optional(),
  compared: cents,
  comparedBy: z.enum(['typical', 'midpoint', 'low', 'high']),
  minimumApplies: z.boolean(),
  staffHours: z.number().optional(),
  assumptions: z.array(z.object({ factor: figure, quantity: z.number() })),
});

const cannot = z.object({ cannot: z.union([z.object({ missing: figure }), z.object({ beyond: z.literal('limit') })]) });

/** From the strongest tier that a source states to the weakest. */
const statedTier = z.object({ atLeast: z.int(), atMost: z.int() });

const ids = z.array(z.string());
/** Cents, as the engine counts them. */
const amount = z.int().min(0);

/** Why a partner is on the list, as a code with its data; the page has the words. */
const because = z.discriminatedUnion('code', [
  z.object({ code: z.literal('approved'), areas: ids }),
  z.object({ code: z.literal('offers'), services: ids }),
  /** One finding that satisfies all that is asked of findings; its tier is absent where it is not rated. */
  z.object({ code: z.literal('evidence'), tier: statedTier.optional(), populations: ids, outcomes: ids }),
  z.object({ code: z.literal('within-budget'), compared: amount }),
  z.object({ code: z.literal('record'), lowerPercent: z.int() }),
  z.object({ code: z.literal('room') }),
  z.object({ code: z.literal('works-in'), sites: ids }),
]);

/** Why it may not fit all the same. */
const but = z.discriminatedUnion('code', [
  z.object({ code: z.literal('status'), areas: ids, status: approvalStatus }),
  z.object({ code: z.literal('no-approval') }),
  z.object({ code: z.literal('may-exceed'), high: amount }),
  z.object({ code: z.literal('no-price') }),
  z.object({ code: z.literal('price-needs'), figure }),
  z.object({ code: z.literal('no-effect-found') }),
  z.object({ code: z.literal('tier-unknown') }),
  z.object({ code: z.literal('record-unknown') }),
  z.object({ code: z.literal('room-unknown') }),
  z.object({ code: z.literal('full') }),
  /** Milliseconds since 1970. */
  z.object({ code: z.literal('later'), from: z.number() }),
  z.object({ code: z.literal('unclaimed') }),
]);

/** One partner of the answer. Money in cents. */
export const matrixRow = z.object({
  id: z.string(),
  name: z.string(),
  summary: z.string(),
  claimed: z.boolean(),
  documentedRole: z.string().optional(),
  areas: z.array(z.object({ area: z.string().optional(), status: approvalStatus, year: z.string().optional() })),
  services: z.array(z.string()),
  record: shownRecord,
  /** Null where no price is published; `cannot` where the scenario lacks what the price is multiplied by. */
  cost: z.union([yearCost, cannot]).nullable(),
  capacity: z.enum(['now', 'unknown', 'full', 'later']),
  tier: statedTier.optional(),
  because: z.array(because),
  but: z.array(but),
});

/** Query word → value → how many there would be with it in place of the word's present values. */
const facets = z.object({
  area: counts,
  condition: counts,
  service: counts,
  grade: counts,
  tier: counts,
  population: counts,
  outcome: counts,
  fund: counts,
  max: counts,
  unpriced: counts,
  record: counts,
  capacity: counts,
  site: counts,
  status: counts,
} satisfies Readonly<Record<FacetWord, z.ZodType>>);

const asked = {
  /** The version of the snapshot that the answer was read from. */
  version: z.int(),
  /** When that snapshot was built. What was confirmed in the seconds before may still be missing. */
  builtAt: instant,
  /** The instant for which the dates were read. */
  at: instant,
  /** What costs are worked out for; the program's example where the address gives none. */
  scenario,
  total: z.int(),
};

/** The files of the snapshot, for a browser that filters by itself; each is named by the SHA-256 of its bytes. */
const snapshot = z.object({
  core: z.string(),
  /** How many bytes the core is on its way, compressed. */
  coreBytes: z.int(),
  sites: z.string(),
  summaries: z.string(),
  text: z.string(),
});

/** Which snapshot of a program's matrix is current. */
export const matrixManifest = z.object({
  version: z.int(),
  builtAt: instant,
  /** How many partners it has. */
  partners: z.int(),
  snapshot,
});

export const matrixAnswer = z.object({
  ...asked,
  snapshot,
  page: z.int(),
  pages: z.int(),
  facets,
  /** How many of the total have no price that can be turned into a year's cost. */
  unpriced: z.int(),
  /** How many more there would be if `unknown` were added to the word, or without `unpriced=no`. */
  leftOut: z.object({ tier: z.int(), record: z.int(), capacity: z.int(), unpriced: z.int() }),
  /** Words of `q` that no listing has, each with the nearest words, which were searched for instead. */
  similar: z.array(z.object({ word: z.string(), found: z.array(z.string()) })),
  /** When the answer may change by itself. */
  boundary: instant.optional(),
  partners: z.array(matrixRow),
});

/** Everything that was found, on one page. */
export const matrixExport = z.object({ ...asked, notice: z.string(), partners: z.array(matrixRow) });
