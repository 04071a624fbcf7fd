import { describe, expect, test } from 'vitest';
import { activeFilters, filterSentence } from '#lib/matrix/active-filters.ts';
import { readAddress } from '#lib/matrix/address.ts';
import { filterNames, placeWords, valuesOf, valueWords } from '#lib/matrix/filter-words.ts';
import { loosenings } from '#lib/matrix/loosening.ts';
import { becauseWords, butWords } from '#lib/matrix/reason-words.ts';
import { facetWords } from '#shared/catalogue/matrix/facets.ts';
import { demo } from './program.ts';

const queryOf = (words: string) => readAddress(new URLSearchParams(words), demo).query;

describe('the filters in use', () => {
  test('each lead to the list without them', () => {
    const filters = activeFilters(demo, queryOf('area=strong-teaching&max=60000&schools=2&tier=3&tier=unknown'), {});
    expect(filters.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Priority area: Strong teaching in every classroom',
      'Evidence tier: Tiers 1 to 3',
      'Evidence tier: Not known',
      'Cost of one year: At most $60,000',
      'Your figures: 2 schools',
    ]);
    expect(filters[3]?.href).toBe('/demo/partners?area=strong-teaching&tier=3&tier=unknown&schools=2');
    expect(filters[4]?.href).toBe('/demo/partners?area=strong-teaching&tier=3&tier=unknown&max=60000');
  });

  test('are none for the default list, also when it is sorted or paged', () => {
    expect(activeFilters(demo, queryOf('status=active&sort=name&page=2'), {})).toEqual([]);
  });

  test('have the figures of a district among them only where it gave others, and lead back to its own', () => {
    const own = { schools: 3, students: 900 };
    expect(activeFilters(demo, queryOf('schools=3&students=900'), own)).toEqual([]);
    expect(activeFilters(demo, queryOf('schools=3&students=900&days=5'), own)).toEqual([
      {
        name: 'Your figures',
        value: '3 schools, 900 students, and 5 days',
        href: '/demo/partners?schools=3&students=900',
      },
    ]);
  });

  test('read as one sentence on paper', () => {
    expect(filterSentence(activeFilters(demo, queryOf('grade=6&grade=7&capacity=now'), {}))).toBe(
      'Filtered by grade: Grade 6; Grade 7 · capacity: Room now.',
    );
    expect(filterSentence([])).toBe('No filter: every partner that the list shows by default.');
  });
});

test('every facet that the engine counts has a name', () => {
  for (const word of facetWords) expect(filterNames[word]).not.toBe('');
});

test('every entry of the program has a name in its filter', () => {
  for (const word of ['area', 'condition', 'service', 'population', 'outcome', 'fund'] as const) {
    const values = valuesOf(demo, {}, word);
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(valueWords(demo, word, value)).not.toBe(value);
  }
});

test('a place is a region by its name, or a district by its id', () => {
  expect(placeWords(demo, 'upper-orvale')).toBe('Upper Orvale');
  expect(placeWords(demo, 'new-haven-02810000')).toBe('New Haven');
});

describe('what would loosen an empty list', () => {
  test('is for each filter the value that finds the most, and none that finds nobody', () => {
    const facets = { max: { '10000': 0, '50000': 4, '100000': 9 }, grade: { '6': 0 }, tier: { '4': 2 } };
    expect(loosenings(demo, queryOf('max=5000&grade=6&q=x'), facets)).toEqual([
      { words: 'Cost of one year: at most $100,000', count: 9, href: '/demo/partners?grade=6&max=100000&q=x' },
    ]);
  });
});

describe('why a partner is here', () => {
  test('is told in words', () => {
    expect(becauseWords(demo, { code: 'approved', areas: ['strong-teaching'] })).toBe(
      'It is listed for Strong teaching in every classroom.',
    );
    const tier = { atLeast: 1, atMost: 3 };
    const [outcome, population] = [demo.outcomes[0], demo.populations[0]];
    const studied = { outcomes: [outcome?.id ?? ''], populations: [population?.id ?? ''] };
    expect(becauseWords(demo, { code: 'evidence', tier, ...studied })).toBe(
      `One of its findings fits: tiers 1–3, on ${outcome?.name}, studied with ${population?.name}.`,
    );
    expect(becauseWords(demo, { code: 'evidence', outcomes: [], populations: [] })).toBe(
      'One of its findings fits: not rated.',
    );
    expect(butWords(demo, { code: 'status', areas: [], status: 'lapsed' })).toBe('Area not published: ended.');
    expect(butWords(demo, { code: 'may-exceed', high: 7_500_000 })).toBe(
      'It may cost up to $75,000, which is above your limit.',
    );
    // Midnight in the program's zone, so the day is that of the program.
    expect(butWords(demo, { code: 'later', from: Date.parse('2027-01-04T06:00:00.000Z') })).toBe(
      'It can start on Jan 4, 2027 at the earliest.',
    );
  });

  test('has no words for a code of a later version', () => {
    const later = JSON.parse('{"code":"moon"}');
    expect(becauseWords(demo, later)).toBe('');
    expect(butWords(demo, later)).toBe('');
  });
});
