import type { MatrixColumns } from './columns.ts';
import { perSnapshot } from './per-snapshot.ts';
import { compareText, wordsOf } from './search-words.ts';

/**
 * Rows by name, then id. Names are compared by their folded letters, not by a locale, so that every
 * machine agrees. Worked out when somebody first asks for an order that needs it.
 */
export const byName = perSnapshot(({ partners }: MatrixColumns): Int32Array => {
  const keys = Array.from({ length: partners.count }, (_, row) => ({
    row,
    name: wordsOf(partners.names.at(row)).join(' '),
    id: partners.ids.at(row),
  }));
  return Int32Array.from(
    keys.sort((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id)),
    (key) => key.row,
  );
});

/** The place of each row in `byName`. */
export const nameRank = perSnapshot((columns: MatrixColumns): Int32Array => {
  const rank = new Int32Array(columns.partners.count);
  for (const [place, row] of byName(columns).entries()) rank[row] = place;
  return rank;
});
