import type { MatrixColumns } from './columns.ts';
import type { FurtherWords } from './decode-text.ts';
import { compareText, wordsOf } from './search-words.ts';

/** What a query word counts by the best place in which it is found. */
export const weights = { name: 8, summary: 3, elsewhere: 1 } as const;

/** Where a text was found; holds until the next text is searched for. */
export interface Relevance {
  /** The rows in which every word was found, in any order. */
  readonly rows: readonly number[];
  /** How well the text fits one of these rows. */
  of(row: number): number;
}

/** Words with the rows that have them, one word after another. */
interface SearchIndex {
  /** Ascending by code unit, so that all words with one beginning stand together. */
  readonly words: readonly string[];
  /** By word, where its rows begin, with the end of the last one behind. */
  readonly from: Int32Array;
  readonly rows: Int32Array;
  /** The weight of the best place in the row. */
  readonly weights: Uint8Array;
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
  const from = new Int32Array(sorted.length + 1);
  for (const [place, [, rows]] of sorted.entries()) from[place + 1] = (from[place] ?? 0) + rows.size;
  return {
    words: sorted.map(([word]) => word),
    from,
    rows: Int32Array.from(sorted.flatMap(([, rows]) => [...rows.keys()])),
    weights: Uint8Array.from(sorted.flatMap(([, rows]) => [...rows.values()])),
  };
}

/**
 * What finds a text in the partners of a snapshot: every word has to begin a word of name, summary or
 * further text. It counts 8 when one in the name begins so, else 3 for the summary, else 1; the words'
 * counts are added. Undefined where the text has no words. The index is made when somebody first
 * searches; filtering alone never pays for it.
 */
export function searchIn(columns: MatrixColumns, words: FurtherWords): (text: string) => Relevance | undefined {
  let index: SearchIndex | undefined;
  /** By row, how many words of a text were found in it so far, on top of a number for each text. */
  const matched = new Float64Array(columns.partners.count);
  const sums = new Int32Array(columns.partners.count);
  /** By row, what the word counts that was found last. */
  const last = new Uint8Array(columns.partners.count);
  let turn = 0;

  /**
   * The rows that have a word that begins so and had all words before. A row that had them stands at the
   * number `before`, and then at the next.
   */
  function rowsWith(
    { words, from, rows, weights: counts }: SearchIndex,
    beginning: string,
    { before, isFirst }: { readonly before: number; readonly isFirst: boolean },
  ): number[] {
    const found: number[] = [];
    for (let word = firstNotBefore(words, beginning); words[word]?.startsWith(beginning) === true; word += 1) {
      const end = from[word + 1] ?? 0;
      for (let entry = from[word] ?? 0; entry < end; entry += 1) {
        const row = rows[entry] ?? 0;
        const weight = counts[entry] ?? 0;
        const now = matched[row] ?? 0;
        if (now === before + 1) {
          // It had another word that begins so: the better place counts.
          const more = weight - (last[row] ?? 0);
          if (more <= 0) continue;
          sums[row] = (sums[row] ?? 0) + more;
        } else if (isFirst || now === before) {
          sums[row] = isFirst ? weight : (sums[row] ?? 0) + weight;
          matched[row] = before + 1;
          found.push(row);
        } else continue;
        last[row] = weight;
      }
    }
    return found;
  }

  return (text) => {
    const asked = [...new Set(wordsOf(text))];
    if (asked.length === 0) return undefined;
    index ??= indexOf(columns, words);
    turn += asked.length + 1;
    let rows: number[] = [];
    for (const [place, beginning] of asked.entries()) {
      rows = rowsWith(index, beginning, { before: turn + place, isFirst: place === 0 });
    }
    return { rows, of: (row) => sums[row] ?? 0 };
  };
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
