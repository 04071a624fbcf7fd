import * as z from 'zod';
import { organizationId, termId, type OrganizationId } from '../kernel/ids.ts';
import { schoolYear } from '../kernel/instants.ts';
import { ok, type Result } from '../kernel/result.ts';
import { grade } from './program.ts';
import { gradeOrder } from './grades.ts';
import { readRosterFile, refuseLines } from './roster-file.ts';

/**
 * A program's districts and schools, read from two CSV files that any state can make; the columns
 * are described in `docs/data-sources.md`. A figure stands in a column whose name ends in its year
 * (`enrollment_2025_26`), so no figure is ever without one. An empty cell is unknown.
 */

const name = z.string().min(1).max(160);

const figure = z.object({ value: z.number().min(0).max(5_000_000), year: schoolYear });

/** An accountability level or percentile; its year is a calendar year. */
const level = z.object({ id: termId, year: z.int() });
const percentile = z.object({ value: z.int().min(0).max(100), year: z.int() });

/** The state's own number for a district or a school: digits in most states. */
const orgCode = z.string().min(1).max(20);

export const schoolId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/)
  .brand<'school'>();

const place = z.object({
  orgCode,
  name,
  grades: z.array(grade),
  /** True where the source lists `SP`, its mark for special education beyond grade 12. */
  beyondGrade12: z.boolean(),
  enrollment: figure.optional(),
  level: level.optional(),
});

export const district = place.extend({
  id: organizationId,
  /** The state's word for the kind of district. */
  type: name,
  /** The federal (NCES) id of the district. */
  ncesId: z.string().optional(),
  town: name.optional(),
  state: z.string(),
  zip: z.string().optional(),
  schools: figure.optional(),
  /** Enrollment of other years, newest first. */
  earlierEnrollment: z.array(figure),
  /** Percent of students, 0 to 100. */
  englishLearners: figure.optional(),
  studentsWithDisabilities: figure.optional(),
  lowIncome: figure.optional(),
  highNeeds: figure.optional(),
});
export type District = z.infer<typeof district>;

export const school = place.extend({
  id: schoolId,
  /** Absent where the source does not say which district the school belongs to. */
  district: organizationId.optional(),
  percentile: percentile.optional(),
});
export type School = z.infer<typeof school>;

// What one cell may hold. The sentence follows the line and the column in a refusal.

const words = z.string('is missing').min(1, 'is empty').max(160, 'is longer than 160 letters');
const code = z
  .string('is missing')
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,19}$/, 'is not a code of 1 to 20 letters, digits or hyphens');
const count = z
  .string()
  .regex(/^\d{1,7}$/, 'is not a whole number')
  .transform(Number);
const percent = z
  .string()
  .regex(/^\d{1,3}(\.\d+)?$/, 'is not a percentage such as 16.4')
  .transform(Number)
  .refine((value) => value <= 100, 'is above 100 percent');
const rank = z
  .string()
  .regex(/^\d{1,3}(\.0+)?$/, 'is not a whole percentile')
  .transform(Number)
  .refine((value) => value <= 100, 'is above 100');
const levelName = z
  .string()
  .transform(slug)
  .pipe(z.string().regex(/^[a-z0-9-]{1,64}$/, 'is not the name of a level'));
const gradeList = z
  .string()
  .transform((cell) =>
    cell
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  )
  .pipe(z.array(z.enum([...gradeOrder, 'SP'], `lists something else than ${gradeOrder.join(', ')} or SP`)));
const maybe = <S extends z.ZodType>(cell: S) =>
  z.preprocess((given) => (given === '' ? undefined : given), cell.optional());

function dated<S extends z.ZodType>(cell: S) {
  return z.array(z.object({ value: cell, year: z.int() })).default([]);
}

const placeRow = z.object({
  org_code: code,
  name: words,
  grades: gradeList.default([]),
  enrollment: dated(count),
  accountability_level: dated(levelName),
});
const districtRow = placeRow.extend({
  org_type: words,
  nces_lea_id: maybe(z.string().regex(/^\d{7}$/, 'is not an NCES id of seven digits')),
  town: maybe(words),
  state: z.string('is missing').regex(/^[A-Z]{2}$/, 'is not two capital letters'),
  zip: maybe(z.string().regex(/^\d{5}(-\d{4})?$/, 'is not a ZIP code')),
  schools: dated(count),
  pct_english_learner: dated(percent),
  pct_students_with_disabilities: dated(percent),
  pct_low_income: dated(percent),
  pct_high_needs: dated(percent),
});
const schoolRow = placeRow.extend({
  district_org_code: maybe(code),
  district_name: maybe(words),
  accountability_percentile: dated(rank),
});

const placeYears = { enrollment: 'school year', accountability_level: 'calendar year' } as const;
const districtFile = {
  row: districtRow,
  columns: Object.keys(districtRow.shape),
  required: ['org_code', 'name', 'org_type', 'state'],
  years: {
    ...placeYears,
    schools: 'school year',
    pct_english_learner: 'school year',
    pct_students_with_disabilities: 'school year',
    pct_low_income: 'school year',
    pct_high_needs: 'school year',
  },
} as const;
const schoolFile = {
  row: schoolRow,
  columns: Object.keys(schoolRow.shape),
  required: ['org_code', 'name'],
  years: { ...placeYears, accountability_percentile: 'calendar year' },
} as const;

/**
 * Reads the districts of a program, in the file's order.
 * @returns a refusal that says which line and column is wrong, and how; `fields` has up to 20 of them.
 */
export function readDistricts(csvText: string): Result<readonly District[], 'invalid'> {
  const rows = readRosterFile(csvText, districtFile);
  if (!rows.ok) {
    return rows;
  }
  return ok(
    rows.value.map(({ value: row }) => {
      const enrollment = newestFirst(row.enrollment);
      return district.parse({
        ...placeOf(row),
        id: readableId(row.name, row.org_code),
        type: row.org_type,
        state: row.state,
        earlierEnrollment: enrollment.slice(1),
        ...known({
          ncesId: row.nces_lea_id,
          town: row.town,
          zip: row.zip,
          schools: newestFirst(row.schools)[0],
          englishLearners: newestFirst(row.pct_english_learner)[0],
          studentsWithDisabilities: newestFirst(row.pct_students_with_disabilities)[0],
          lowIncome: newestFirst(row.pct_low_income)[0],
          highNeeds: newestFirst(row.pct_high_needs)[0],
        }),
      });
    }),
  );
}

/**
 * Reads the schools of a program, in the file's order, each with the id of its district.
 * @param districts what `readDistricts` gave: a school of a district that is not among them is refused.
 */
export function readSchools(csvText: string, districts: readonly District[]): Result<readonly School[], 'invalid'> {
  const rows = readRosterFile(csvText, schoolFile);
  if (!rows.ok) {
    return rows;
  }
  const ids = new Map<string, OrganizationId>(districts.map((one) => [one.orgCode, one.id]));
  const problems = new Map<string, string>();
  const schools = rows.value.map(({ line, value: row }) => {
    const owner = row.district_org_code === undefined ? undefined : ids.get(row.district_org_code);
    if (row.district_org_code !== undefined && owner === undefined) {
      problems.set(
        `line ${line}, district_org_code`,
        `${row.district_org_code} is not the code of a district of this program`,
      );
    }
    return school.parse({
      ...placeOf(row),
      id: readableId(row.name, row.org_code),
      ...known({ district: owner, percentile: newestFirst(row.accountability_percentile)[0] }),
    });
  });
  return problems.size === 0 ? ok(schools) : refuseLines(problems);
}

function placeOf(row: z.infer<typeof placeRow>) {
  const newest = newestFirst(row.accountability_level)[0];
  return {
    orgCode: row.org_code,
    name: row.name,
    grades: row.grades.filter((one) => one !== 'SP'),
    beyondGrade12: row.grades.includes('SP'),
    ...known({
      enrollment: newestFirst(row.enrollment)[0],
      level: newest === undefined ? undefined : { id: newest.value, year: newest.year },
    }),
  };
}

/** `springfield-02810000`: readable in an address, and unique by the state's own code. */
function readableId(given: string, ownCode: string): string {
  const tail = ownCode.toLowerCase();
  const head = slug(given.replace(/\s*\(district\)$/i, ''))
    .slice(0, 63 - tail.length)
    .replace(/-+$/, '');
  return head === '' ? tail : `${head}-${tail}`;
}

function slug(given: string): string {
  return given
    .normalize('NFKD')
    .replace(/[\u0300-\u036F'’]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function newestFirst<T extends { readonly year: number }>(figures: readonly T[]): readonly T[] {
  return [...figures].sort((a, b) => b.year - a.year);
}

/** Leaves out what is not known, so that no stored item holds an empty field. */
function known(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
