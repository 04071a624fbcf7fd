import { describe, expect, test } from 'vitest';
import { reservedWords } from '#shared/programs/program.ts';
import { areasOf } from '#shared/programs/areas.ts';
import { readProgram } from '#shared/programs/read-program.ts';
import { programJson, programOf, programText } from './program-files.ts';

describe('Massachusetts', () => {
  const ma = programOf('ma');

  test('has the definitions that its sources give', () => {
    expect(ma.areaSchemes.map((scheme) => [scheme.id, scheme.areas.length])).toEqual([
      ['priority-areas-2010', 4],
      ['turnaround-practice-categories', 2],
    ]);
    expect(ma.conditions.map((one) => one.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(ma.standards).toHaveLength(6);
    expect(ma.standards.flatMap((one) => one.indicators)).toHaveLength(24);
    expect(ma.practices).toHaveLength(4);
    expect(ma.evidenceTiers.map((one) => one.tier)).toEqual([1, 2, 3, 4]);
    expect(ma.regions).toEqual([]);
  });

  test('draws each of the four areas from one condition and neither later category from any', () => {
    expect(ma.areaSchemes.flatMap((scheme) => scheme.areas.map((one) => [one.id, one.conditions]))).toEqual([
      ['district-systems', ['cse-01']],
      ['social-emotional-health', ['cse-09']],
      ['learning-time', ['cse-08']],
      ['data-use', ['cse-05']],
      ['high-quality-core-instruction', []],
      ['school-climate-sel', []],
    ]);
    expect(ma.areaSchemes[0]?.note).toContain('inference');
    expect(ma.areaSchemes[1]?.note).toContain('others');
  });

  test('says that it is a demonstration, not the state', () => {
    expect(ma.invented).toBe(false);
    expect(ma.notice).toMatch(/demonstration.*public sources.*not operated or endorsed/);
    expect(ma.notApproved).toBe('Not an approved partner in Massachusetts');
  });

  test('asks for tiers 1 to 3 for section 1003 money, and says so', () => {
    const fund = ma.funding.find((one) => one.id === 'title1-1003');
    expect(fund?.tierAtMost).toBe(3);
    expect(fund?.requires).toContain('tiers 1 to 3');
    expect(ma.funding.filter((one) => one.tierAtMost !== undefined)).toHaveLength(1);
  });

  test('asks for three quotations from $10,000 and sealed bids above $100,000', () => {
    expect(ma.procurement.map((one) => [one.from, one.to, one.quotations])).toEqual([
      [1_000_000, 10_000_000, 3],
      [10_000_000, undefined, undefined],
      [undefined, undefined, undefined],
    ]);
  });

  test('turns each unit of cost by one measure', () => {
    expect(Object.fromEntries(ma.costUnits.map((unit) => [unit.id, unit.measure]))).toEqual({
      day: 'day',
      'school-year': 'school',
      teacher: 'teacher',
      student: 'student',
      ceiling: 'ceiling',
      'participation-fee': 'once',
      contingent: 'contingent',
      district: 'once',
      fixed: 'once',
    });
  });

  test('gives a source for every definition taken from one', () => {
    const sourced = [
      ...areasOf(ma),
      ...ma.conditions,
      ...ma.standards,
      ...ma.practices,
      ...ma.evidenceTiers,
      ...ma.levels,
      ...ma.funding,
      ...ma.procurement,
    ];
    expect(sourced.filter((one) => one.source === undefined)).toEqual([]);
  });

  test('names no file of somebody’s machine as a source', () => {
    for (const file of ['program.json', 'listings.json']) {
      expect(programText('ma', file)).not.toMatch(/\.txt|\.md\b|[0-9a-f]{16}|"\/|file:/);
    }
  });
});

describe('the invented state', () => {
  const demo = programOf('demo');

  test('says that everything is invented', () => {
    expect(demo.invented).toBe(true);
    expect(demo.notice).toContain('Everything on these pages is invented');
  });

  test('has five areas, eight regions, a fund for tiers 1 to 3 and a complete example', () => {
    expect(areasOf(demo)).toHaveLength(5);
    expect(demo.regions).toHaveLength(8);
    expect(demo.funding.some((one) => one.active && one.tierAtMost === 3)).toBe(true);
    expect(Object.keys(demo.exampleScenario).sort()).toEqual(['days', 'schools', 'students', 'teachers']);
    expect(demo.zone).toBe('America/Chicago');
  });
});

test('the areas in use come before those of an earlier scheme', () => {
  expect(areasOf(programOf('ma'))[0]?.id).toBe('high-quality-core-instruction');
});

describe('a bad program is refused with a sentence that names the field', () => {
  const wrong: readonly [string, string, Record<string, unknown>, RegExp][] = [
    ['a missing field', 'name', { name: undefined }, /./],
    ['a wrong kind of value', 'invented', { invented: 'yes' }, /boolean/],
    ['an empty text', 'notice', { notice: '' }, /./],
    ['an unknown zone', 'zone', { zone: 'Mars/Olympus' }, /IANA/],
    ['an id that is not one', 'agency.id', { agency: { id: 'An Agency', name: 'A', shortName: 'A' } }, /lower case/],
    ['no area at all', 'areaSchemes', { areaSchemes: [] }, /./],
    [
      'an area called as those that no source shows',
      'areaSchemes[0].areas[0].id',
      { areaSchemes: [{ id: 's', name: 'S', from: 2020, areas: [{ id: 'unknown-area', name: 'A' }] }] },
      /no source shows/,
    ],
    ['no unit of cost', 'costUnits', { costUnits: [] }, /./],
    [
      'a measure that nobody can work out',
      'costUnits[0].measure',
      { costUnits: [{ id: 'lesson', name: 'Lesson', measure: 'lesson' }] },
      /day/,
    ],
    [
      'a tier that does not exist',
      'funding[0].tierAtMost',
      { funding: [{ id: 'a', name: 'A', active: true, tierAtMost: 5 }] },
      /./,
    ],
    [
      'a grade that does not exist',
      'gradeSpans[0].grades[0]',
      { gradeSpans: [{ id: 'a', name: 'A', grades: ['13'] }] },
      /PK/,
    ],
    ['an amount below zero', 'procurement[0].from', { procurement: [{ id: 'a', name: 'A', from: -1 }] }, /./],
    ['an example of half a school', 'exampleScenario.schools', { exampleScenario: { schools: 0.5 } }, /./],
    ['no reason to decline', 'reasons.decline', { reasons: { decline: [] } }, /./],
    [
      'a source that tells of no figure',
      'rosterSources[0].figures[0]',
      { rosterSources: [{ figures: ['weather'], title: 'A' }] },
      /enrollment/,
    ],
    [
      'two entries with one id',
      'regions',
      {
        regions: [
          { id: 'a', name: 'A' },
          { id: 'a', name: 'B' },
        ],
      },
      /same id/,
    ],
  ];

  test.each(wrong)('%s: %s', (_what, field, change, sentence) => {
    const read = readProgram({ ...programJson('demo'), ...change });
    expect(read.ok).toBe(false);
    if (!read.ok) {
      expect(Object.keys(read.refusal.fields ?? {})).toContain(field);
      expect(read.refusal.fields?.[field]).toMatch(sentence);
      expect(read.refusal.message).toContain(`${field}: `);
    }
  });

  test('an area that names a condition the program does not have', () => {
    const areaSchemes = [{ id: 's', name: 'S', from: 2020, areas: [{ id: 'a', name: 'A', conditions: ['nowhere'] }] }];
    const read = readProgram({ ...programJson('demo'), areaSchemes });
    expect(read.ok || read.refusal.message).toContain('Area a names the condition nowhere');
  });

  test.each(reservedWords)('the address word %s as an id', (word) => {
    const read = readProgram({ ...programJson('demo'), id: word });
    expect(read.ok).toBe(false);
    if (!read.ok) {
      expect(Object.keys(read.refusal.fields ?? {})).toContain('id');
    }
  });
});
