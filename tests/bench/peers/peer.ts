import type { MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import { askedOf, flatWords, type FlatItem, type FlatWord } from '../flat-items.ts';

/** What every peer is asked for: the first page by track record, how many there are, and every facet's counts. */
export interface PeerAnswer {
  readonly ids: readonly string[];
  readonly total: number;
  /** By word and value; a value that is not there counts 0. */
  readonly counts: Readonly<Record<FlatWord, ReadonlyMap<string, number>>>;
}

export interface Peer {
  readonly name: string;
  search(query: MatrixQuery): PeerAnswer;
}

export const pageSize = 20;

export function noCounts(): Record<FlatWord, Map<string, number>> {
  return {
    area: new Map(),
    condition: new Map(),
    service: new Map(),
    grade: new Map(),
    tier: new Map(),
    population: new Map(),
    outcome: new Map(),
    max: new Map(),
    record: new Map(),
    capacity: new Map(),
    site: new Map(),
    status: new Map(),
  };
}

/**
 * Filters and counts in one pass over items that stand in the order of the answer: what is left to do by
 * hand around a library that only searches, and the plain way without any.
 */
export function countInOnePass(items: Iterable<FlatItem>, query: MatrixQuery): PeerAnswer {
  const asked = Object.entries(askedOf(query)).map(([word, values]) => ({ word, values: new Set(values) }));
  const counts = noCounts();
  const ids: string[] = [];
  let total = 0;
  for (const item of items) {
    let failed: string | undefined;
    let fails = 0;
    for (const { word, values } of asked) {
      if (valuesOf(item, word).some((value) => values.has(value))) continue;
      failed = word;
      fails += 1;
      if (fails > 1) break;
    }
    if (fails === 0) {
      total += 1;
      if (ids.length < pageSize) ids.push(item.id);
    }
    if (fails > 1) continue;
    for (const word of flatWords) {
      if (failed !== undefined && word !== failed) continue;
      for (const value of item[word]) counts[word].set(value, (counts[word].get(value) ?? 0) + 1);
    }
  }
  return { ids, total, counts };
}

function valuesOf(item: FlatItem, word: string): readonly string[] {
  const known = flatWords.find((one) => one === word);
  return known === undefined ? [] : item[known];
}
