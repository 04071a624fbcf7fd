import { isDeepStrictEqual } from 'node:util';
import { encodeSnapshot } from '#shared/catalogue/matrix/encode-snapshot.ts';
import { bitFilter } from '#shared/catalogue/matrix/bit-filter.ts';
import { filter } from '#shared/catalogue/matrix/filter.ts';
import { gradeOrder } from '#shared/programs/grades.ts';
import { emptyQuery, type MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import { decodeSnapshot } from '#shared/catalogue/matrix/snapshot.ts';
import { at, benchPartners, meta, Random, terms } from './bench-partners.ts';
import { flatIndex, flatWords } from './flat-items.ts';

/** The engine beside itemsjs: the same partners, the same queries, the same answers, turn by turn. */
export interface Contest {
  /** One sentence for each query that the two answer differently. */
  readonly differences: readonly string[];
  /** Times the engine's time that itemsjs took, one a round. */
  readonly ratios: readonly number[];
  /** Mean milliseconds a query, one a round. */
  readonly engine: readonly number[];
  readonly itemsjs: readonly number[];
}

/** Rounds that do not count: the compiler is still at work on both sides. */
const warmUp = 8;

export function contest({
  partners: count,
  queries,
  rounds,
  repeats,
}: {
  partners: number;
  queries: number;
  rounds: number;
  repeats: number;
}): Contest {
  const snapshot = encodeSnapshot(benchPartners(count, { seed: 7, alike: true }), meta);
  const columns = decodeSnapshot(JSON.parse(JSON.stringify(snapshot)));
  const byId = new Map(benchPartners(count, { seed: 7, alike: true }).map((one) => [String(one.id), one]));
  const index = flatIndex(columns.partners.ids.flatMap((id) => byId.get(id) ?? []));
  const asked = benchQueries(queries);

  const ask = {
    engine: (query: MatrixQuery) => filter(columns, query, { at, terms }, { way: bitFilter }),
    itemsjs: (query: MatrixQuery) => index.search(query),
  };
  const differences = asked.flatMap((query) => difference(query, ask.engine(query), ask.itemsjs(query)));

  const random = new Random(11);
  const time = (search: (query: MatrixQuery) => unknown): number => {
    const order = Array.from({ length: repeats }, () => random.shuffled(asked)).flat();
    const start = performance.now();
    for (const query of order) search(query);
    return (performance.now() - start) / order.length;
  };
  const timed = Array.from({ length: warmUp + rounds }, () => {
    const result = { engine: 0, itemsjs: 0 };
    for (const name of random.shuffled(['engine', 'itemsjs'] as const)) result[name] = time(ask[name]);
    return result;
  }).slice(warmUp);
  return {
    differences,
    ratios: timed.map((round) => round.itemsjs / round.engine),
    engine: timed.map((round) => round.engine),
    itemsjs: timed.map((round) => round.itemsjs),
  };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** One to four words each, all of the kinds that flat items can answer. */
export function benchQueries(count: number): readonly MatrixQuery[] {
  const random = new Random(23);
  const words: readonly (() => Partial<MatrixQuery>)[] = [
    () => ({ area: random.some(terms.areas, 1, 2) }),
    () => ({ service: random.some(terms.services, 1, 3) }),
    () => ({ grade: random.some(gradeOrder, 1, 3) }),
    () => ({ tier: [random.one(['2', '3'] as const)] }),
    () => ({ population: random.some(terms.populations, 1, 2) }),
    () => ({ outcome: random.some(terms.outcomes, 1, 2) }),
    () => ({ max: random.one([25_000, 50_000, 100_000]) }),
    () => ({ record: [random.one([50, 60, 70])] }),
    () => ({ capacity: ['now'] }),
    () => ({ site: [`region-${1 + random.below(8)}`] }),
    () => ({ condition: random.some(terms.conditions, 1, 2) }),
  ];
  return Array.from({ length: count }, () =>
    random.some(words, 1, 4).reduce<MatrixQuery>((query, word) => ({ ...query, ...word() }), emptyQuery),
  );
}

function difference(
  query: MatrixQuery,
  ours: ReturnType<typeof filter>,
  theirs: ReturnType<ReturnType<typeof flatIndex>['search']>,
): readonly string[] {
  const counted = (facet: Readonly<Record<string, number>>): [string, number][] =>
    Object.entries(facet)
      .filter(([, total]) => total > 0)
      .toSorted();
  const facets = ours.facets.byValue;
  const wrong = flatWords.filter((word) => {
    const buckets = theirs.data.aggregations[word]?.buckets ?? [];
    const expected = Object.fromEntries(buckets.map((bucket) => [bucket.key, bucket.doc_count]));
    const { unknown: _unknown, ...known } = facets[word];
    return !isDeepStrictEqual(counted(word === 'tier' ? known : facets[word]), counted(expected));
  });
  const same =
    wrong.length === 0 &&
    ours.total === theirs.pagination.total &&
    isDeepStrictEqual(
      ours.ids,
      theirs.data.items.map((item) => item.id),
    );
  return same
    ? []
    : [`${JSON.stringify(query)}: ${ours.total} and ${theirs.pagination.total} partners; facets ${wrong.join(', ')}.`];
}
