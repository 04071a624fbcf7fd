import { gradeOrder } from '#shared/programs/grades.ts';
import { emptyQuery, type MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import { wordsOf } from '#shared/catalogue/matrix/search-words.ts';
import { Random, terms } from './bench-partners.ts';

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
