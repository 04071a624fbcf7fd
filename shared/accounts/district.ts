import * as z from 'zod';
import { organizationId, termId } from '../kernel/ids.ts';
import { schoolYear } from '../kernel/instants.ts';
import { grade } from '../programs/program.ts';

/**
 * What the table keeps of a district and of a school. A program's roster file is read into the same
 * fields, but how such a file looks may change without making a stored one unreadable.
 */

const figure = z.object({ value: z.number().min(0).max(5_000_000), year: schoolYear });

const placeFacts = {
  /** The state's own number: digits in most states. */
  orgCode: z.string().min(1).max(20),
  grades: z.array(grade),
  /** True where there is special education beyond grade 12. */
  beyondGrade12: z.boolean(),
  enrollment: figure.optional(),
  /** The state's accountability level; its year is a calendar year. */
  level: z.object({ id: termId, year: z.int() }).optional(),
};

/** What is publicly known of a district: each figure with its year, what is unknown absent. */
export const districtFacts = z.object({
  ...placeFacts,
  /** The state's word for the kind of district. */
  type: z.string().min(1).max(160),
  /** The federal (NCES) id. */
  ncesId: z.string().optional(),
  town: z.string().min(1).max(160).optional(),
  state: z.string(),
  zip: z.string().optional(),
  schools: figure.optional(),
  /** Of other years, newest first. */
  earlierEnrollment: z.array(figure),
  /** Percent of students, 0 to 100, like the three after it. */
  englishLearners: figure.optional(),
  studentsWithDisabilities: figure.optional(),
  lowIncome: figure.optional(),
  highNeeds: figure.optional(),
});

export const school = z.object({
  ...placeFacts,
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/)
    .brand<'school'>(),
  name: z.string().min(1).max(160),
  district: organizationId.optional(),
  /** The state's accountability percentile; its year is a calendar year. */
  percentile: z.object({ value: z.int().min(0).max(100), year: z.int() }).optional(),
});
export type School = z.infer<typeof school>;
