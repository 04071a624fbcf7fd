import * as z from 'zod';
import { organizationId, programId, termId } from '../kernel/ids.ts';
import { zone } from '../kernel/instants.ts';
import { cents } from '../kernel/money.ts';
import { gradeOrder } from './grades.ts';
import { unknownArea } from './unknown-area.ts';

/**
 * A state's program as data. A folder with a `program.json` of this shape is a program: nothing in
 * the code names one. Every entry of a vocabulary carries the place it was taken from.
 */

const name = z.string().min(1).max(160);
const text = z.string().min(1).max(2000);
/** An address or the title of a document; absent where the program itself made the entry. */
const source = z.string().min(1).max(500).optional();

const termSchema = z.object({ id: termId, name, description: text.optional(), source });

/** The first words of addresses that are ours, so that no program can take one as its id. */
export const reservedWords = [
  'api',
  'identity',
  'mailbox',
  'matrix',
  'account',
  'sign-in',
  'sign-out',
  'invitation',
  'about',
  'docs',
  'health',
  'accessibility',
  'privacy',
  'terms',
  '_app',
  'favicon',
  'robots',
  'assets',
] as const;

export const grade = z.enum(gradeOrder);
export type Grade = z.infer<typeof grade>;

/** What a price is multiplied by to make one year's cost; see `shared/catalogue/cost.ts`. */
export const costMeasure = z.enum(['day', 'school', 'teacher', 'student', 'once', 'ceiling', 'contingent']);
export type CostMeasure = z.infer<typeof costMeasure>;

/** What one year of work would cover. A figure that nobody gave is absent, never estimated. */
export const scenario = z.object({
  schools: z.int().min(1).max(5_000).optional(),
  teachers: z.int().min(1).max(100_000).optional(),
  students: z.int().min(1).max(2_000_000).optional(),
  days: z.int().min(1).max(10_000).optional(),
});
export type Scenario = z.infer<typeof scenario>;

export const evidenceTier = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type EvidenceTier = z.infer<typeof evidenceTier>;

/** What is told of districts and schools, each from a source of its own. */
export const rosterFigure = z.enum([
  'directory',
  'schools',
  'enrollment',
  'english-learners',
  'students-with-disabilities',
  'low-income',
  'high-needs',
  'level',
  'percentile',
]);

const area = termSchema.extend({
  id: termId.refine((id) => id !== unknownArea, 'This word stands for an area that no source shows.'),
  /** Conditions for school effectiveness that the area is drawn from: a second taxonomy, kept apart. */
  conditions: z.array(termId).default([]),
});

export const program = z
  .object({
    id: programId.refine((id) => !reservedWords.some((word) => word === id), 'This word is one of our own addresses.'),
    name,
    state: name,
    /** True for a state that does not exist: every page says so. */
    invented: z.boolean(),
    /** Said on every page of the program: what the reader must know about its figures. */
    notice: text,
    zone,
    agency: z.object({ id: organizationId, name, shortName: z.string().min(1).max(40) }),
    /** What a partner is called that the program's own sources do not show as approved. */
    notApproved: name,
    areaSchemes: z
      .array(
        z.object({
          id: termId,
          name,
          /** Calendar years; `until` is absent for the scheme in use. */
          from: z.int().min(1990).max(2100),
          until: z.int().min(1990).max(2100).optional(),
          areas: z.array(area).min(1),
          note: text.optional(),
        }),
      )
      .min(1),
    conditions: z.array(termSchema.extend({ number: z.int().min(1) })),
    standards: z.array(termSchema.extend({ indicators: z.array(z.object({ id: termId, name })) })),
    practices: z.array(termSchema.extend({ number: z.int().min(1) })),
    evidenceTiers: z.array(
      z.object({ tier: evidenceTier, name, description: text, statute: text, guidance: text, source }),
    ),
    levels: z.array(termSchema),
    costUnits: z.array(termSchema.extend({ measure: costMeasure })).min(1),
    funding: z.array(
      termSchema.extend({
        active: z.boolean(),
        /** The weakest evidence tier that this money may pay for; absent where it asks for none. */
        tierAtMost: evidenceTier.optional(),
        requires: text.optional(),
      }),
    ),
    serviceTypes: z.array(termSchema).min(1),
    gradeSpans: z.array(z.object({ id: termId, name, grades: z.array(grade).min(1) })),
    populations: z.array(termSchema),
    outcomes: z.array(termSchema),
    regions: z.array(termSchema),
    procurement: z.array(
      termSchema.extend({
        from: cents.optional(),
        to: cents.optional(),
        quotations: z.int().min(1).max(20).optional(),
      }),
    ),
    /** Coded reasons, by the act that asks for one. */
    reasons: z.object({
      decline: z.array(termSchema).min(1),
      noneSuitable: z.array(termSchema).min(1),
      cancel: z.array(termSchema).min(1),
      withdraw: z.array(termSchema).min(1),
      approval: z.array(termSchema).min(1),
    }),
    /** The example that costs are worked out for until somebody gives their own figures. */
    exampleScenario: scenario,
    /** Where the columns of the program's districts and schools are from; see `docs/data-sources.md`. */
    rosterSources: z
      .array(
        z.object({
          figures: z.array(rosterFigure).min(1),
          title: name,
          url: z
            .url({ protocol: /^https?$/ })
            .max(600)
            .optional(),
          /** As the source gives it: `2021–22`. */
          dated: z.string().min(1).max(40).optional(),
          note: text.optional(),
        }),
      )
      .optional(),
  })
  .superRefine((given, context) => {
    const conditions = new Set<string>(given.conditions.map((one) => one.id));
    const areas = given.areaSchemes.flatMap((scheme) => scheme.areas);
    for (const one of areas) {
      for (const condition of one.conditions) {
        if (!conditions.has(condition)) {
          context.addIssue({
            code: 'custom',
            message: `Area ${one.id} names the condition ${condition}, which the program does not have.`,
          });
        }
      }
    }
    const lists: Readonly<Record<string, readonly { id: string }[]>> = {
      areas,
      conditions: given.conditions,
      costUnits: given.costUnits,
      funding: given.funding,
      serviceTypes: given.serviceTypes,
      populations: given.populations,
      outcomes: given.outcomes,
      regions: given.regions,
    };
    for (const [list, entries] of Object.entries(lists)) {
      if (new Set(entries.map((one) => one.id)).size !== entries.length) {
        context.addIssue({ code: 'custom', path: [list], message: `Two entries of ${list} have the same id.` });
      }
    }
  });
export type Program = z.infer<typeof program>;
export type Area = z.infer<typeof area>;
