import type { MatrixColumns } from './columns.ts';
import { partOf, refuse, rowsIn } from './snapshot.ts';

/** The further words that partners are found by; those of name and summary are not repeated. */
export interface FurtherWords {
  readonly words: readonly string[];
  /** By row, where its places begin, with the end of the last one behind. */
  readonly from: Int32Array;
  /** Places in `words`. */
  readonly place: Int32Array;
}

/**
 * Reads the words of a snapshot.
 * @throws Error, in one sentence, for a file that is not the text of these columns.
 */
export function decodeText(json: unknown, { program, builtAt, partners }: MatrixColumns): FurtherWords {
  const file = partOf(json, 'text', { program, builtAt });
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
  return { words, from, place };
}
