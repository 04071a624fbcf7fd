import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { organizationId, programId } from '#shared/kernel/ids.ts';
import { district, readDistricts, readSchools, school, schoolId } from '#shared/programs/roster.ts';
import { importRoster } from '../../../functions/accounts/import.ts';
import { refusalOf } from '../../support/client.ts';
import { accountsWorld, putRoster } from './world.ts';

const world = accountsWorld();
const client = world.as(undefined);
const demo = { program: programId.parse('demo') };

function aDistrict(id: string, name: string) {
  return district.parse({
    id,
    name,
    orgCode: '0001',
    type: 'Public School District',
    state: 'ZZ',
    grades: ['K', '1'],
    beyondGrade12: false,
    enrollment: { value: 1234, year: 2026 },
    earlierEnrollment: [{ value: 1200, year: 2025 }],
    englishLearners: { value: 12.5, year: 2026 },
  });
}

function aSchool(id: string, of?: string) {
  const owner = of === undefined ? {} : { district: organizationId.parse(of) };
  return school.parse({
    id: schoolId.parse(id),
    name: id,
    orgCode: '1',
    grades: ['K'],
    beyondGrade12: false,
    ...owner,
  });
}

beforeAll(async () => {
  const many = Array.from({ length: 60 }, (_, index) =>
    aDistrict(`valley-${index}`, `Valley ${String(index).padStart(2, '0')}`),
  );
  await putRoster(
    world.table,
    demo.program,
    [aDistrict('eaton', 'Éaton Hills'), aDistrict('brook', 'Brook'), ...many],
    [
      aSchool('brook-high', 'brook'),
      aSchool('brook-primary', 'brook'),
      aSchool('valley-school', 'valley-1'),
      aSchool('homeless'),
    ],
  );
});

describe('the districts of a program', () => {
  test('come in order of their names, page by page, each once', async () => {
    const first = await client.districts.list({ params: demo, query: {} });
    expect(first.items).toHaveLength(50);
    const second = await client.districts.list({ params: demo, query: { after: first.next } });
    const names = [...first.items, ...second.items].map((one) => one.name);
    expect(names).toHaveLength(62);
    expect(names.slice(0, 3)).toEqual(['Brook', 'Éaton Hills', 'Valley 00']);
    expect(new Set(names).size).toBe(62);
    expect(second.next).toBeUndefined();
  });

  test.each([
    ['VALLEY 0', 10],
    ['eaton', 1],
    ['Brooklyn', 0],
    ['', 50],
  ])('whose name begins with %j', async (q, count) => {
    expect((await client.districts.list({ params: demo, query: { q } })).items).toHaveLength(count);
  });

  test('a place in the list of another program is none in this one', async () => {
    const { next } = await client.districts.list({ params: demo, query: {} });
    const other = { program: programId.parse('other') };
    expect(await refusalOf(client.districts.list({ params: other, query: { after: next } }))).toMatchObject({
      status: 400,
    });
    expect((await client.districts.list({ params: other, query: {} })).items).toEqual([]);
    const none = { program: programId.parse('nowhere') };
    expect(await refusalOf(client.districts.list({ params: none, query: {} }))).toMatchObject({ status: 404 });
  });
});

describe('a district', () => {
  test('shows its facts, each with its year, and its own schools', async () => {
    const found = await client.districts.get({
      params: { ...demo, district: organizationId.parse('brook') },
      query: {},
    });
    expect(found).toMatchObject({
      name: 'Brook',
      facts: { enrollment: { value: 1234, year: 2026 }, englishLearners: { value: 12.5, year: 2026 } },
    });
    expect(found.schools.items.map((one) => one.id)).toEqual(['brook-high', 'brook-primary']);
  });

  test('is not there in another program', async () => {
    const params = { program: programId.parse('other'), district: organizationId.parse('brook') };
    expect(await refusalOf(client.districts.get({ params, query: {} }))).toMatchObject({ status: 404 });
  });
});

test('the real roster is imported whole, and each item fits the table', () => {
  const read = (name: string) =>
    readFileSync(new URL(`../../../shared/programs/ma/${name}.csv`, import.meta.url), 'utf8');
  const districts = readDistricts(read('districts'));
  if (!districts.ok) throw new Error('The districts cannot be read.');
  const schools = readSchools(read('schools'), districts.value);
  if (!schools.ok) throw new Error('The schools cannot be read.');
  const imported = importRoster(programId.parse('ma'), districts.value, schools.value);
  expect(imported.steps).toHaveLength(395);
  expect(imported.items.length + imported.unplaced.length).toBe(1802);
  expect(new Set(imported.steps.map((step) => step.key.partition)).size).toBe(395);
  expect(new Set(imported.items.map((item) => `${item.pk} ${item.sk}`)).size).toBe(imported.items.length);
});
