import { wordsOf } from '#shared/catalogue/matrix/search-words.ts';
import type { FlatItem } from '../flat-items.ts';
import { countInOnePass, type Peer } from './peer.ts';

/** No library: `Array.filter` over plain objects. */
export function plain(items: readonly FlatItem[]): Peer {
  const words = new Map(items.map((item) => [item, wordsOf(item.text)]));
  return {
    name: 'plain objects',
    search: (query) => {
      const asked = wordsOf(query.q);
      const found =
        asked.length === 0
          ? items
          : items.filter((item) => asked.every((word) => words.get(item)?.some((one) => one.startsWith(word))));
      return countInOnePass(found, query);
    },
  };
}
