import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from '#shared/programs/csv.ts';
import { readDistricts, readSchools, type District, type School } from '#shared/programs/roster.ts';
import { programOf, programText } from './program-files.ts';

function districtsOf(csvText: string): readonly District[] {
  const read = readDistricts(csvText);
  if (!read.ok) {
    throw new Error(read.refusal.message);
  }
  return read.value;
}

function schoolsOf(csvText: string, districts: readonly District[]): readonly School[] {
  const read = readSchools(csvText, districts);
  if (!read.ok) {
    throw new Error(read.refusal.message);
  }
  return read.value;
}

describe('the real districts and schools of Massachusetts', () => {
  const districts = districtsOf(programText('ma', 'districts.csv'));
  const schools = schoolsOf(programText('ma', 'schools.csv'), districts);

  test('are all there, with ids of their own', () => {
    expect(districts).toHaveLength(395);
    expect(schools).toHaveLength(1_802);
    expect(new Set(districts.map((one) => one.id)).size).toBe(395);
    expect(new Set(schools.map((one) => one.id)).size).toBe(1_802);
    expect(schools.filter((one) => one.district === undefined)).toEqual([]);
  });

  test('have 900,487 students in 2025–26, counted by district and by school', () => {
    for (const places of [districts, schools]) {
      expect(new Set(places.map((one) => one.enrollment?.year))).toEqual(new Set([2026]));
      expect(places.reduce((sum, one) => sum + (one.enrollment?.value ?? 0), 0)).toBe(900_487);
    }
  });

  test('a district’s schools and students are those of its schools', () => {
    for (const one of districts) {
      const own = schools.filter((each) => each.district === one.id);
      expect([one.id, own.length]).toEqual([one.id, one.schools?.value]);
      expect(own.reduce((sum, each) => sum + (each.enrollment?.value ?? 0), 0)).toBe(one.enrollment?.value);
    }
  });

  test('Springfield', () => {
    expect(districts.find((one) => one.orgCode === '02810000')).toEqual({
      id: 'springfield-02810000',
      orgCode: '02810000',
      name: 'Springfield',
      type: 'Public School District',
      ncesId: '2511130',
      town: 'Springfield',
      state: 'MA',
      zip: '01103',
      grades: ['PK', 'K', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'],
      beyondGrade12: true,
      schools: { value: 64, year: 2026 },
      enrollment: { value: 23_574, year: 2026 },
      earlierEnrollment: [{ value: 25_633, year: 2017 }],
      englishLearners: { value: 16.4, year: 2022 },
      studentsWithDisabilities: { value: 24.7, year: 2022 },
      lowIncome: { value: 87.4, year: 2022 },
      highNeeds: { value: 90.6, year: 2022 },
      level: { id: 'level-4', year: 2016 },
    });
  });

  test('what nobody published is absent', () => {
    expect(districts.filter((one) => one.ncesId === undefined).map((one) => one.orgCode)).toHaveLength(3);
    const warwick = districts.find((one) => one.orgCode === '03120000');
    expect(Object.keys(warwick ?? {}).sort()).toEqual([
      'beyondGrade12',
      'earlierEnrollment',
      'enrollment',
      'grades',
      'id',
      'name',
      'orgCode',
      'schools',
      'state',
      'town',
      'type',
      'zip',
    ]);
    expect(warwick?.earlierEnrollment).toEqual([]);
  });

  test('every level is one of the program’s, and every figure has a source', () => {
    const ma = programOf('ma');
    const levels = new Set<string>(ma.levels.map((one) => one.id));
    const used = [...districts, ...schools].flatMap((one) => one.level?.id ?? []);
    expect(used.filter((id) => !levels.has(id))).toEqual([]);
    const figures = (ma.rosterSources ?? []).flatMap((one) => one.figures);
    expect([...figures].sort()).toEqual([
      'directory',
      'english-learners',
      'enrollment',
      'high-needs',
      'level',
      'low-income',
      'percentile',
      'schools',
      'students-with-disabilities',
    ]);
  });
});

describe('the same columns of another state', () => {
  const header = 'org_code,name,org_type,state,grades,enrollment_2030_31,enrollment_2031_32';

  test('are read with their own years, whatever the order of the columns', () => {
    const [one] = districtsOf(`${header}\r\nA-7,"Saint-Élan, Old Town",County,ZZ,"K,1,SP",10,20\r\n`);
    expect(one).toEqual({
      id: 'saint-elan-old-town-a-7',
      orgCode: 'A-7',
      name: 'Saint-Élan, Old Town',
      type: 'County',
      state: 'ZZ',
      grades: ['K', '1'],
      beyondGrade12: true,
      enrollment: { value: 20, year: 2032 },
      earlierEnrollment: [{ value: 10, year: 2031 }],
    });
  });

  test('a school without a district code has no district', () => {
    const [one] = schoolsOf('org_code,name,district_org_code\n5,A School,\n', []);
    expect(one).toMatchObject({ id: 'a-school-5', grades: [] });
    expect(one?.district).toBeUndefined();
  });

  const good = 'A-7,Town,County,ZZ,K,10,20';
  const bad: readonly [string, string, string][] = [
    ['an empty name', `${header}\n${good}\nB,,County,ZZ,K,1,2`, 'Line 3, name: is empty.'],
    [
      'a figure that is no number',
      `${header}\n${good}\nB,Town,County,ZZ,K,many,2`,
      'Line 3, enrollment_2030_31: is not a whole number.',
    ],
    [
      'a figure after an empty one',
      `${header}\nB,Town,County,ZZ,K,,many`,
      'Line 2, enrollment_2031_32: is not a whole number.',
    ],
    [
      'a grade that does not exist',
      `${header}\nB,Town,County,ZZ,"K,13",1,2`,
      'Line 2, grades: lists something else than PK, K',
    ],
    ['a state that is no code', `${header}\nB,Town,County,Zed,K,1,2`, 'Line 2, state: is not two capital letters.'],
    ['a code twice', `${header}\n${good}\n${good}`, 'Line 3, org_code: A-7 stands on line 2 already.'],
    ['a field too few', `${header}\n${good}\nB,Town`, 'Line 3: there are 2 fields for 7 columns.'],
    [
      'a line break in a name before it',
      `${header}\nA,"To\nwn",County,ZZ,K,1,2\nB,,County,ZZ,K,1,2`,
      'Line 4, name: is empty.',
    ],
    [
      'an unknown column',
      'org_code,name,org_type,state,mascot\n',
      'Line 1, column 5: "mascot" is not one of the columns',
    ],
    ['a column twice', 'org_code,name,org_type,state,name\n', 'Line 1, column 5: "name" stands there twice.'],
    ['a missing column', 'org_code,name,state\n', 'Line 1, org_type: this column is missing.'],
    [
      'a figure without a year',
      'org_code,name,org_type,state,enrollment\n',
      'must end in its school year, such as enrollment_2025_26',
    ],
    ['years that do not follow', 'org_code,name,org_type,state,enrollment_2025_27\n', 'must end in its school year'],
    [
      'a level with a school year',
      'org_code,name,org_type,state,accountability_level_2025_26\n',
      'must end in its calendar year',
    ],
    ['an empty file', '', 'The file is empty'],
    ['a quote that is never closed', `${header}\nB,"Town,County`, 'Line 2, field 2: a quoted field is never closed.'],
  ];

  test.each(bad)('%s is refused with its line and column', (_what, csvText, sentence) => {
    const read = readDistricts(csvText);
    expect(read.ok).toBe(false);
    expect(read.ok || read.refusal.message).toContain(sentence);
  });

  test('a percentage above 100 is refused', () => {
    const read = readDistricts('org_code,name,org_type,state,pct_low_income_2030_31\nB,Town,County,ZZ,101');
    expect(read.ok || read.refusal.message).toBe('Line 2, pct_low_income_2030_31: is above 100 percent.');
  });

  test('a school of an unknown district is refused', () => {
    const read = readSchools('org_code,name,district_org_code\n5,A School,9', districtsOf(`${header}\n${good}`));
    expect(read.ok || read.refusal.message).toBe(
      'Line 2, district_org_code: 9 is not the code of a district of this program.',
    );
  });

  test('at most 20 problems are told, and how many more there are', () => {
    const read = readDistricts(
      [header, ...Array.from({ length: 25 }, (_, row) => `${row},,County,ZZ,K,1,2`)].join('\n'),
    );
    expect(read.ok || Object.keys(read.refusal.fields ?? {})).toHaveLength(20);
    expect(read.ok || read.refusal.message).toContain('More such problems: 5.');
  });
});

test('any table written with quotes is read back as it was', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', ',', '"', '\n', '\r', ' '), maxLength: 6 });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, end, endsWithBreak) => {
      const lines = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','));
      const read = readCsv(lines.join(end) + (endsWithBreak ? end : ''));
      expect(read.ok && read.value.map((row) => row.cells)).toEqual(rows);
    }),
  );
});
