import { Index } from 'flexsearch';
import { wordsOf } from '#shared/catalogue/matrix/search-words.ts';
import type { FlatItem } from '../flat-items.ts';
import { countInOnePass, type Peer } from './peer.ts';

/** https://github.com/nextapps-de/flexsearch: searches texts; filters and facets are counted over what it finds. */
export function flexSearch(items: readonly FlatItem[]): Peer {
  const index = new Index({ tokenize: 'forward', encode: (text: string) => [...new Set(wordsOf(text))] });
  for (const [place, { text }] of items.entries()) index.add(place, text);
  return {
    name: 'flexsearch',
    search: (query) => {
      if (query.q === '') return countInOnePass(items, query);
      const found = index.search(query.q, { limit: items.length });
      const places = found.map(Number).sort((a, b) => a - b);
      return countInOnePass(
        places.flatMap((place) => items[place] ?? []),
        query,
      );
    },
  };
}
