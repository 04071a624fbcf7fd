import { narrowest, type IntColumn, type MatrixColumns } from './columns.ts';
import { partOf, refuse, rowsIn } from './snapshot.ts';

/** What listings say in words, by row. */
export interface MatrixTexts {
  readonly summaries: readonly string[];
  /** The further words that partners are found by; those of name and summary are not repeated. */
  readonly words: readonly string[];
  /** By row, where its places begin, with the end of the last one behind. */
  readonly from: IntColumn;
  /** Places in `words`. */
  readonly place: IntColumn;
}

/**
 * Reads the texts of a snapshot.
 * @throws Error, in one sentence, for files that are not the texts of these columns.
 */
export function decodeTexts(
  { summaries, text }: { readonly summaries: unknown; readonly text: unknown },
  { program, builtAt, partners }: MatrixColumns,
): MatrixTexts {
  const of = { program, builtAt };
  const file = partOf(text, 'text', of);
  const words = file.text('words').split(' ');
  const part = file.part('partnerWords');
  const from = part.starts('of', partners.count);
  const place = part.ints('step', rowsIn(from), [0, words.length]);
  for (let row = 0; row < partners.count; row += 1) {
    const first = from[row] ?? 0;
    const end = from[row + 1] ?? 0;
    for (let entry = first + 1; entry < end; entry += 1) place[entry] = (place[entry] ?? 0) + (place[entry - 1] ?? 0);
    if (end > first && (place[end - 1] ?? 0) >= words.length) refuse('partnerWords.step leaves the words');
  }
  return {
    summaries: partOf(summaries, 'summaries', of).texts('summaries', partners.count),
    words,
    from,
    place: narrowest(place, words.length),
  };
}
