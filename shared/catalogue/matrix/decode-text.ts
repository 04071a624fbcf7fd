import type { MatrixColumns } from './columns.ts';
import { partOf, refuse, rowsIn } from './snapshot.ts';

/** By partner, the further words that it is found by; those of name and summary are not repeated. */
export type FurtherWords = readonly (readonly string[])[];

/**
 * Reads the words of a snapshot.
 * @throws Error, in one sentence, for a file that is not the text of these columns.
 */
export function decodeText(json: unknown, { program, builtAt, partners }: MatrixColumns): FurtherWords {
  const file = partOf(json, 'text', { program, builtAt });
  const dictionary = file.text('words').split(' ');
  const part = file.part('partnerWords');
  const from = part.starts('of', partners.count);
  const steps = part.ints('step', rowsIn(from), [0, dictionary.length]);
  return Array.from({ length: partners.count }, (_, row) => {
    let place = 0;
    return Array.from(
      steps.subarray(from[row], from[row + 1]),
      (step) => dictionary[(place += step)] ?? refuse('partnerWords.step leaves the words'),
    );
  });
}
