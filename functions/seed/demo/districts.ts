import type { TermId } from '#shared/kernel/ids.ts';
import type { Grade, Program } from '#shared/programs/program.ts';
import { gradeOrder } from '#shared/programs/grades.ts';
import { district, school, type District, type School } from '#shared/programs/roster.ts';
import type { Calendar } from './calendar.ts';
import { districtCode, districtId, districtName, districtTown, schoolWord, slugOf } from './names.ts';
import { Random } from './random.ts';

export interface InventedDistrict {
  readonly index: number;
  readonly district: District;
  readonly schools: readonly School[];
  /** Of the program's regions, if it has any. */
  readonly region?: TermId;
}

function gradesFrom(first: Grade, last: Grade): readonly Grade[] {
  return gradeOrder.slice(gradeOrder.indexOf(first), gradeOrder.indexOf(last) + 1);
}

const kinds = {
  elementary: { called: 'Elementary School', grades: gradesFrom('K', '5'), least: 160, most: 520 },
  early: { called: 'Early Learning Center', grades: gradesFrom('PK', '2'), least: 90, most: 260 },
  middle: { called: 'Middle School', grades: gradesFrom('6', '8'), least: 220, most: 740 },
  high: { called: 'High School', grades: gradesFrom('9', '12'), least: 260, most: 1450 },
  lower: { called: 'K–8 School', grades: gradesFrom('K', '8'), least: 190, most: 560 },
  whole: { called: 'School', grades: gradesFrom('PK', '12'), least: 110, most: 340 },
} as const;
type Kind = keyof typeof kinds;

/** Small districts have one school for all grades; of the others, about every fifth school is a high school. */
function kindsFor(count: number): readonly Kind[] {
  if (count === 1) return ['whole'];
  if (count === 2) return ['high', 'lower'];
  const high = Math.max(1, Math.floor(count / 5));
  const middle = Math.max(1, Math.floor(count / 4));
  const early = count >= 8 ? 1 : 0;
  const elementary = count - high - middle - early;
  return [
    ...Array.from({ length: high }, () => 'high' as const),
    ...Array.from({ length: middle }, () => 'middle' as const),
    ...Array.from({ length: early }, () => 'early' as const),
    ...Array.from({ length: Math.max(0, elementary) }, () => 'elementary' as const),
  ];
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}

export function inventedDistrict(program: Program, index: number, calendar: Calendar): InventedDistrict {
  const random = new Random(program.id, 'district', index);
  const [id, name, town, orgCode] = [
    districtId(program.id, index),
    districtName(program.id, index),
    districtTown(program.id, index),
    districtCode(index),
  ];
  // The first district is the one people sign in for: large enough to fill its screens.
  const count = index === 0 ? 11 : Math.max(1, Math.round(12 * random.share() ** 1.7));
  const levels = program.levels.map((one) => one.id);
  const levelOf = (struggling: number): object => {
    const level = levels[Math.min(levels.length - 1, Math.floor(struggling * levels.length))];
    return level === undefined ? {} : { level: { id: level, year: calendar.lastTermEnded } };
  };
  const struggling = index === 0 ? 0.75 : random.share() ** 1.3;
  const schools = kindsFor(count).map((kind, place) => {
    const { called, grades, least, most } = kinds[kind];
    const schoolName = `${place === 0 ? town : schoolWord(program.id, index, place)} ${called}`;
    const code = String(Number(orgCode) + place + 1);
    const rank = Math.min(1, Math.max(0, 1 - struggling + (random.share() - 0.5) * 0.5));
    return school.parse({
      id: `${slugOf(schoolName)}-${code}`,
      orgCode: code,
      name: schoolName,
      grades,
      beyondGrade12: false,
      enrollment: { value: random.whole(least, most), year: calendar.year },
      district: id,
      percentile: { value: Math.round(rank * 98) + 1, year: calendar.lastTermEnded },
      ...levelOf(1 - rank),
    });
  });
  const enrollment = schools.reduce((sum, one) => sum + (one.enrollment?.value ?? 0), 0);
  const lowIncome = oneDecimal(12 + 70 * struggling + 6 * random.share());
  const percent = (value: number): object => ({ value: oneDecimal(value), year: calendar.year - 1 });
  const [englishLearners, disabilities] = [1 + 24 * random.share() * (0.3 + struggling), 11 + 10 * random.share()];
  const region = program.regions[index % Math.max(1, program.regions.length)]?.id;
  return {
    index,
    district: district.parse({
      id,
      orgCode,
      name,
      grades: gradeOrder.filter((grade) => schools.some((one) => one.grades.includes(grade))),
      beyondGrade12: false,
      type: count === 1 ? 'Rural district' : 'Public school district',
      town,
      // Two letters that no state has.
      state: 'XX',
      schools: { value: schools.length, year: calendar.year },
      enrollment: { value: enrollment, year: calendar.year },
      earlierEnrollment: [1, 2, 3].map((years) => ({
        value: Math.round(enrollment * (1 + years * (random.share() - 0.42) * 0.03)),
        year: calendar.year - years,
      })),
      englishLearners: percent(englishLearners),
      studentsWithDisabilities: percent(disabilities),
      lowIncome: percent(lowIncome),
      highNeeds: percent(Math.min(97, lowIncome + 0.35 * englishLearners + 0.4 * disabilities)),
      ...levelOf(struggling),
    }),
    schools,
    ...(region === undefined ? {} : { region }),
  };
}
