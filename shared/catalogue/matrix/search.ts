import SearchableMap from 'minisearch/SearchableMap';
import { int, type MatrixColumns } from './columns.ts';
import type { MatrixTexts } from './decode-texts.ts';
import { compareText, wordsOf } from './search-words.ts';

/** What a query word counts by the best place in which it is found. */
export const weights = { name: 8, summary: 3, elsewhere: 1 } as const;

/** More than any weight: a word's number and what it counts go into one number. */
const weightBase = 16;

/** A word that no listing has, with the words that are nearest to it. */
export interface Similar {
  readonly word: string;
  readonly found: readonly string[];
}

/** Where a text was found; holds until the next text is searched for. */
export interface Relevance {
  /** The rows in which every word was found, in any order. */
  readonly rows: readonly number[];
  /** What was searched for in place of words that nobody has. */
  readonly similar: readonly Similar[];
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

function indexOf({ partners }: MatrixColumns, texts: MatrixTexts): SearchIndex {
  /** By word, its number: words are numbered as they come. */
  const numbers = new Map<string, number>();
  /** By number, in how many rows the word is, and the last of them. */
  const rowsOf: number[] = [];
  const lastRow: number[] = [];
  const numberOf = (word: string): number => {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    numbers.set(word, rowsOf.length);
    rowsOf.push(0);
    lastRow.push(-1);
    return rowsOf.length - 1;
  };
  /** Of each row, which words it has and what they count: the first place of a word is its best. */
  const entries: number[] = [];
  const ends: number[] = [];
  const note = (number: number, row: number, weight: number): void => {
    if (lastRow[number] === row) return;
    lastRow[number] = row;
    rowsOf[number] = (rowsOf[number] ?? 0) + 1;
    entries.push(number * weightBase + weight);
  };
  const { count, names } = partners;
  const { summaries, words: furtherWords, from: furtherFrom, place: furtherPlace } = texts;
  const furtherNumbers = furtherWords.map(numberOf);
  for (let row = 0; row < count; row += 1) {
    for (const word of wordsOf(names.at(row))) note(numberOf(word), row, weights.name);
    for (const word of wordsOf(summaries[row] ?? '')) note(numberOf(word), row, weights.summary);
    const end = int(furtherFrom, row + 1);
    for (let entry = int(furtherFrom, row); entry < end; entry += 1)
      note(furtherNumbers[int(furtherPlace, entry)] ?? 0, row, weights.elsewhere);
    ends.push(entries.length);
  }

  const words = [...numbers.keys()].sort(compareText);
  const from = new Int32Array(words.length + 1);
  /** By number, where the next row of the word goes. */
  const next = new Int32Array(words.length);
  for (const [place, word] of words.entries()) {
    const number = numberOf(word);
    next[number] = int(from, place);
    from[place + 1] = int(from, place) + (rowsOf[number] ?? 0);
  }
  const rows = new Int32Array(entries.length);
  const weightOf = new Uint8Array(entries.length);
  for (let row = 0, entry = 0; row < count; row += 1) {
    for (const end = ends[row] ?? 0; entry < end; entry += 1) {
      const packed = entries[entry] ?? 0;
      const number = Math.floor(packed / weightBase);
      const place = int(next, number);
      next[number] = place + 1;
      rows[place] = row;
      weightOf[place] = packed % weightBase;
    }
  }
  return { words, from, rows, weights: weightOf };
}

/**
 * How many letters of a word may be missing, added or others, where nobody has the word: see
 * docs/decisions/0016-minisearch-finds-the-nearest-words.md.
 */
function lettersAmiss(word: string): number {
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
}

/** Gives the places of the words that are nearest to one that nobody has: all those with the fewest letters amiss. */
function spellingOf(words: readonly string[]): (word: string) => readonly number[] {
  const places = new SearchableMap<number>();
  for (const [place, word] of words.entries()) places.set(word, place);
  return (asked) => {
    let least = lettersAmiss(asked);
    let nearest: number[] = [];
    if (least === 0) return nearest;
    for (const [place, amiss] of places.fuzzyGet(asked, least).values()) {
      if (amiss < least) {
        least = amiss;
        nearest = [];
      }
      if (amiss === least) nearest.push(place);
    }
    return nearest.sort((a, b) => a - b);
  };
}

/**
 * What finds a text in the partners of a snapshot: every word has to begin a word of name, summary or
 * further text. It counts 8 when one in the name begins so, else 3 for the summary, else 1; the words'
 * counts are added. In place of a word that begins none of anybody, the words nearest to it are searched for.
 * Undefined where the text has no words. The index is made when somebody first searches; filtering alone never
 * pays for it.
 */
export function searchIn(columns: MatrixColumns, texts: MatrixTexts): (text: string) => Relevance | undefined {
  // Once the index is made, the search keeps no text.
  let source: SearchIndex | MatrixTexts = texts;
  /** By row, how many words of a text were found in it so far, on top of a number for each text. */
  const matched = new Float64Array(columns.partners.count);
  const sums = new Int32Array(columns.partners.count);
  /** By row, what the word counts that was found last. */
  const last = new Uint8Array(columns.partners.count);
  let turn = 0;
  let nearestTo: ReturnType<typeof spellingOf> | undefined;

  /**
   * Adds the rows that have the word and had all words before, and not yet another for the same one. A row that had
   * those stands at the number `before`, and then at the next.
   */
  function addRowsWith(
    { from, rows, weights: counts }: SearchIndex,
    word: number,
    { before, isFirst }: { readonly before: number; readonly isFirst: boolean },
    found: number[],
  ): void {
    const end = from[word + 1] ?? 0;
    for (let entry = from[word] ?? 0; entry < end; entry += 1) {
      const row = rows[entry] ?? 0;
      const weight = counts[entry] ?? 0;
      const now = matched[row] ?? 0;
      if (now === before + 1) {
        // It had another word for the same one: the better place counts.
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

  return (text) => {
    const asked = [...new Set(wordsOf(text))];
    if (asked.length === 0) return undefined;
    const index = 'rows' in source ? source : indexOf(columns, source);
    source = index;
    const { words } = index;
    turn += asked.length + 1;
    let rows: number[] = [];
    const similar: Similar[] = [];
    for (const [place, beginning] of asked.entries()) {
      const having = { before: turn + place, isFirst: place === 0 };
      const found: number[] = [];
      const first = firstNotBefore(words, beginning);
      for (let word = first; words[word]?.startsWith(beginning) === true; word += 1)
        addRowsWith(index, word, having, found);
      if (words[first]?.startsWith(beginning) !== true) {
        nearestTo ??= spellingOf(words);
        const nearest = nearestTo(beginning);
        for (const word of nearest) addRowsWith(index, word, having, found);
        if (nearest.length > 0) similar.push({ word: beginning, found: nearest.map((word) => words[word] ?? '') });
      }
      rows = found;
    }
    return { rows, similar, of: (row) => sums[row] ?? 0 };
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
