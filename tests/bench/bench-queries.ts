import { gradeOrder } from '#shared/programs/grades.ts';
import { statusWords, type MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import { wordsOf } from '#shared/catalogue/matrix/search-words.ts';
import { Random, terms } from './bench-partners.ts';
import { emptyQuery } from '../support/empty-query.ts';

const random = (seed: number) => new Random(seed);

/** One to four words each, all of the kinds that plain items can answer. */
export function filterQueries(count: number, seed = 23): readonly MatrixQuery[] {
  const draw = random(seed);
  const words: readonly (() => Partial<MatrixQuery>)[] = [
    () => ({ area: draw.some(terms.areas, 1, 2) }),
    () => ({ service: draw.some(terms.services, 1, 3) }),
    () => ({ grade: draw.some(gradeOrder, 1, 3) }),
    () => ({ tier: [draw.one(['2', '3'] as const)] }),
    () => ({ population: draw.some(terms.populations, 1, 2) }),
    () => ({ outcome: draw.some(terms.outcomes, 1, 2) }),
    () => ({ max: draw.one([25_000, 50_000, 100_000]) }),
    () => ({ record: [draw.one([50, 60, 70])] }),
    () => ({ capacity: ['now'] }),
    () => ({ site: [`region-${1 + draw.below(8)}`] }),
    () => ({ condition: draw.some(terms.conditions, 1, 2) }),
  ];
  return Array.from({ length: count }, () =>
    draw.some(words, 1, 4).reduce<MatrixQuery>((query, word) => ({ ...query, ...word() }), emptyQuery),
  );
}

/** The first three letters of one or two words of one text, with one or two filters. */
export function textQueries(count: number, texts: readonly string[]): readonly MatrixQuery[] {
  const draw = random(29);
  return filterQueries(count, 31).map((query) => {
    const words = draw.some(wordsOf(draw.one(texts)), 1, 2);
    return { ...query, q: words.map((word) => word.slice(0, 3)).join(' ') };
  });
}

/** What one district fills in once; then it asks one thing after another. */
const scenario: MatrixQuery['scenario'] = { schools: 4, teachers: 130, students: 1_900, days: 18 };

/**
 * What no list of plain values can express: each demands one approval, one offering and one finding that
 * satisfy several words at once, and most a budget that depends on the asked scenario.
 */
export function joinQueries(count: number): readonly MatrixQuery[] {
  const draw = random(37);
  const ofApproval: readonly (() => Partial<MatrixQuery>)[] = [
    () => ({ area: draw.some(terms.areas, 1, 2) }),
    () => ({ area: draw.some(terms.areas, 2, 2), areas: 'all' }),
    () => ({ area: draw.some(terms.areas, 1, 1), status: draw.some(statusWords, 1, 2) }),
  ];
  const ofOffering: readonly (() => Partial<MatrixQuery>)[] = [
    () => ({ service: draw.some(terms.services, 2, 6) }),
    () => ({ grade: draw.some(gradeOrder, 1, 2) }),
    () => ({ condition: draw.some(terms.conditions, 1, 3) }),
    () => ({ unpriced: 'no' }),
  ];
  const ofFinding: readonly (() => Partial<MatrixQuery>)[] = [
    () => ({ tier: draw.one([['3'], ['4'], ['4', 'unknown']] as const) }),
    () => ({ population: draw.some(terms.populations, 1, 3) }),
    () => ({ outcome: draw.some(terms.outcomes, 1, 3) }),
    () => ({ fund: draw.some(terms.funds, 1, 1).map(({ id }) => id) }),
  ];
  return Array.from({ length: count }, () =>
    [
      draw.one(ofApproval),
      ...draw.some(ofOffering, 1, 2),
      ...draw.some(ofFinding, 1, 2),
      () => (draw.chance(0.7) ? { max: draw.one([50_000, 100_000, 250_000]) } : {}),
      () => ({ sort: draw.one(['record', 'cost', 'name'] as const) }),
    ].reduce<MatrixQuery>((query, word) => ({ ...query, ...word() }), { ...emptyQuery, scenario }),
  );
}
