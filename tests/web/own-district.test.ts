import { expect, test } from 'vitest';
import { districtFacts } from '#shared/accounts/district.ts';
import { ownDistrict } from '#lib/accounts/own-district.ts';
import { maProgram } from './catalogue/facts.ts';

const facts = districtFacts.parse({
  orgCode: '02810000',
  grades: [],
  beyondGrade12: false,
  type: 'Public',
  state: 'MA',
  schools: { value: 64, year: 2026 },
  enrollment: { value: 23_574, year: 2025 },
  earlierEnrollment: [],
});

test('a district’s figures have their year and their source, and teachers are never among them', () => {
  const { scenario, figures } = ownDistrict(maProgram, 'Springfield', facts);
  expect(scenario).toEqual({ schools: 64, students: 23_574 });
  expect(figures.map(({ words }) => words)).toEqual(['64 schools (2025–26)', '23,574 students (2024–25)']);
  expect(figures[1]?.source).toEqual({
    title: 'DESE enrollment by school',
    url: 'https://github.com/edcommonwealth/sqm-dashboards',
    dated: 'school year 2024–25',
  });
});

test('a figure that nobody publishes is left out', () => {
  const { schools, enrollment, ...rest } = facts;
  expect([schools, enrollment]).not.toContain(undefined);
  expect(ownDistrict(maProgram, 'Springfield', rest)).toEqual({ name: 'Springfield', scenario: {}, figures: [] });
});
