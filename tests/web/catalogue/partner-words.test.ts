import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assumptionWords, cannotWords } from '#lib/catalogue/assumption-words.ts';
import { rangeWords } from '#lib/catalogue/cost-words.ts';
import { designWords, effectWords } from '#lib/catalogue/finding-words.ts';
import { bySource } from '#lib/catalogue/own-source.ts';
import { readScenario } from '#lib/catalogue/read-scenario.ts';
import { scenarioWords } from '#lib/catalogue/scenario-words.ts';
import { statusMeanings } from '#lib/catalogue/status-meanings.ts';
import { statusWords } from '#lib/catalogue/status-words.ts';
import { tierWords } from '#lib/catalogue/tier-words.ts';
import { gradeWords } from '#lib/catalogue/grade-words.ts';
import { nameIn } from '#lib/catalogue/terms.ts';
import { canTurn, costOf } from '#shared/catalogue/cost.ts';
import { approvalStatus, finding, price } from '#shared/catalogue/model.ts';
import { dollars } from '#shared/kernel/money.ts';
import { whenWords } from '#lib/source-words.ts';
import { scenario } from '#shared/programs/program.ts';
import { gradeOrder } from '#shared/programs/grades.ts';
import { maProgram } from './facts.ts';

describe('the scenario of an address', () => {
  const example = { schools: 1, students: 500 };
  const read = (words: string) => readScenario(new URLSearchParams(words), example);

  test('is the example where no figure is given, and empty words are none', () => {
    expect(read('schools=&days=')).toMatchObject({ scenario: example, isExample: true, problems: {} });
    expect(Object.values(read('').typed).join('')).toBe('');
  });

  test('is never the example mixed with somebody’s own figures', () => {
    expect(read('days=20')).toMatchObject({ scenario: { days: 20 }, isExample: false });
    expect(read('days=20').typed.schools).toBe('');
  });

  test('keeps what was typed and names a figure that cannot be read', () => {
    expect(read('schools=3&students=many&days=99999')).toEqual({
      scenario: { schools: 3 },
      isExample: false,
      typed: { schools: '3', teachers: '', students: 'many', days: '99999' },
      problems: {
        students: 'Students: write a whole number from 1 to 2,000,000.',
        days: 'Days of service: write a whole number from 1 to 10,000.',
      },
    });
  });

  test('is always one that the program’s schema takes', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (schools, students) => {
        const words = new URLSearchParams({ schools, students });
        expect(scenario.safeParse(readScenario(words, example).scenario).success).toBe(true);
      }),
    );
  });

  test('is told in words', () => {
    expect(scenarioWords({ schools: 1, students: 1500, days: 20 })).toBe('1 school, 1,500 students, and 20 days');
  });
});

describe('a cost in words', () => {
  const [one, two, three] = [dollars(1), dollars(2), dollars(3)];

  test.each([
    [{ low: one, typical: two, high: three }, '$1 to $3, typically $2'],
    [{ low: one, high: one }, '$1'],
    [{ low: one, high: three }, '$1 to $3'],
    [{ typical: two }, '$2'],
    [{ typical: two, high: three }, 'typically $2, at most $3'],
    [{ low: one, typical: two }, 'from $1, typically $2'],
    [{ high: three }, 'up to $3'],
    [{ low: one }, 'from $1'],
  ])('%j', (bounds, words) => {
    expect(rangeWords(bounds)).toBe(words);
  });

  test('says what it was worked out from', () => {
    const given = price.parse({ unit: 'day', low: 350_000, high: 400_000, minimum: 5_000_000 });
    const year = costOf(given, 'day', { days: 10 });
    expect(canTurn(year) && assumptionWords(year)).toEqual([
      'The price times 10 days.',
      'The smallest amount that is billed is more than the quantity alone.',
      'Compared with others at $50,000, half way between low and high.',
    ]);
  });

  test('says which figure is missing', () => {
    expect(cannotWords({ missing: 'teachers' })).toContain('Give the number of teachers');
  });
});

describe('words of the catalogue', () => {
  test('exist for every status, design and effect', () => {
    for (const status of approvalStatus.options) expect(statusMeanings[status]).toMatch(/\.$/);
    expect(Object.keys(designWords).toSorted()).toEqual([...finding.shape.design.options].toSorted());
    expect(Object.keys(effectWords).toSorted()).toEqual([...finding.shape.effect.options].toSorted());
  });

  test('never call a published approval active', () => {
    const said = statusWords('published', 'about 2018');
    expect(said.words).toBe('As published (about 2018), end not published');
    expect(`${said.words} ${statusMeanings.published}`).not.toMatch(/active/i);
  });

  test('tell tiers as the source states them', () => {
    expect(tierWords(undefined)).toBe('not rated');
    expect(tierWords({ atLeast: 1, atMost: 3 })).toBe('tiers 1–3');
    expect(tierWords({ atLeast: 2, atMost: 2 })).toBe('tier 2');
  });

  test('draw runs of grades together', () => {
    expect(gradeWords(['8', '6', '7', 'K', '12'])).toBe('K, 6 to 8, 12');
    expect(gradeWords([...gradeOrder])).toBe('PK to 12');
    expect(gradeWords([])).toBe('');
  });

  test('fall back to the id of a term that the program no longer has', () => {
    expect(nameIn(maProgram.outcomes, 'reading')).toBe('Reading');
    expect(nameIn(maProgram.outcomes, 'gone')).toBe('gone');
  });

  test.each([
    [{ dated: '2025-06-02' }, 'dated Jun 2, 2025'],
    [{ dated: 'about 2018', read: '2026-11-12' }, 'dated about 2018, read on Nov 12, 2026'],
    [{ read: '2026-11' }, 'undated, read in November 2026'],
    [{}, 'undated'],
    [{ when: 'published Jun 2, 2025' }, 'published Jun 2, 2025'],
  ])('say of a source %j when it was made and read', (dates, words) => {
    expect(whenWords({ title: 'A', ...dates })).toBe(words);
  });

  test('keep entries of one source together', () => {
    const [a, b] = [{ title: 'A' }, { title: 'B' }];
    const groups = bySource([{ n: 1, source: a }, { n: 2, source: b }, { n: 3, source: a }, { n: 4 }]);
    expect(groups.map(({ entries }) => entries.map(({ n }) => n))).toEqual([[1, 3], [2], [4]]);
  });
});
