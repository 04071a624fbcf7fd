import type { MatrixColumns } from './columns.ts';
import type { FurtherWords } from './decode-text.ts';
import { compareText, wordsOf } from './search-words.ts';

/** What a query word counts by the best place in which it is found. */
export const weights = { name: 8, summary: 3, elsewhere: 1 } as const;

interface SearchIndex {
  /** Ascending by code unit, so that all words with one beginning stand together. */
  readonly words: readonly string[];
  /** By word, the weight of its best place in each row that has it. */
  readonly rows: readonly ReadonlyMap<number, number>[];
}

function indexOf({ partners }: MatrixColumns, words: FurtherWords): SearchIndex {
  const found = new Map<string, Map<number, number>>();
  const note = (words: readonly string[], row: number, weight: number): void => {
    for (const word of words) {
      const rows = found.get(word) ?? new Map<number, number>();
      found.set(word, rows);
      rows.set(row, Math.max(weight, rows.get(row) ?? 0));
    }
  };
  const { count, names, summaries } = partners;
  for (let row = 0; row < count; row += 1) {
    note(wordsOf(names[row] ?? ''), row, weights.name);
    note(wordsOf(summaries[row] ?? ''), row, weights.summary);
    note(words[row] ?? [], row, weights.elsewhere);
  }
  const sorted = [...found].sort(([a], [b]) => compareText(a, b));
  return { words: sorted.map(([word]) => word), rows: sorted.map(([, rows]) => rows) };
}

/**
 * What finds a text in the partners of a snapshot. Its index is made when somebody first searches;
 * filtering alone never pays for it.
 */
export function searchIn(columns: MatrixColumns, words: FurtherWords): (text: string) => Int32Array | undefined {
  let index: SearchIndex | undefined;
  return (text) => relevanceOf((index ??= indexOf(columns, words)), columns.partners.count, text);
}

/**
 * By partner, how well the text is found; 0 where one of its words is not. Every word has to begin a
 * word of name, summary or further text. It counts 8 when one in the name begins so, else 3 for the
 * summary, else 1; the words' counts are added. Undefined where the text has no words.
 */
function relevanceOf(index: SearchIndex, count: number, text: string): Int32Array | undefined {
  const asked = [...new Set(wordsOf(text))];
  if (asked.length === 0) return undefined;
  const found = asked.map((word) => bestPlaces(index, word, count));
  return Int32Array.from({ length: count }, (_, row) => {
    let sum = 0;
    for (const best of found) {
      const weight = best[row] ?? 0;
      if (weight === 0) return 0;
      sum += weight;
    }
    return sum;
  });
}

function bestPlaces({ words, rows }: SearchIndex, beginning: string, count: number): Int32Array {
  const best = new Int32Array(count);
  for (let place = firstNotBefore(words, beginning); words[place]?.startsWith(beginning) === true; place += 1) {
    for (const [row, weight] of rows[place] ?? []) best[row] = Math.max(best[row] ?? 0, weight);
  }
  return best;
}

function firstNotBefore(words: readonly string[], wanted: string): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((words[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
