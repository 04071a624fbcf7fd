import { expect, test } from 'vitest';
import { schoolYear } from '#shared/kernel/instants.ts';
import { ownDistrict } from '#lib/accounts/own-district.ts';
import { maProgram } from './catalogue/facts.ts';

const size = {
  schools: { value: 64, year: schoolYear.parse(2026) },
  enrollment: { value: 23_574, year: schoolYear.parse(2025) },
};

test('a district’s figures have their year and their source, and teachers are never among them', () => {
  const { scenario, figures } = ownDistrict(maProgram, { name: 'Springfield', size });
  expect(scenario).toEqual({ schools: 64, students: 23_574 });
  expect(figures.map(({ words }) => words)).toEqual(['64 schools (2025–26)', '23,574 students (2024–25)']);
  expect(figures[1]?.source).toEqual({
    title: 'DESE enrollment by school',
    url: 'https://github.com/edcommonwealth/sqm-dashboards',
    dated: 'school year 2024–25',
  });
});

test('a figure that nobody publishes is left out', () => {
  expect(ownDistrict(maProgram, { name: 'Springfield', size: {} })).toEqual({
    name: 'Springfield',
    scenario: {},
    figures: [],
  });
});
