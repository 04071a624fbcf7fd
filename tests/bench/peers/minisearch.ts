import MiniSearch from 'minisearch';
import { wordsOf } from '#shared/catalogue/matrix/search-words.ts';
import type { FlatItem } from '../flat-items.ts';
import { countInOnePass, type Peer } from './peer.ts';

/** https://github.com/lucaong/minisearch: searches texts; filters and facets are counted over what it finds. */
export function miniSearch(items: readonly FlatItem[]): Peer {
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: (text) => [...wordsOf(text)],
  });
  index.addAll(items.map(({ text }, id) => ({ id, text })));
  return {
    name: 'minisearch',
    search: (query) => {
      if (query.q === '') return countInOnePass(items, query);
      const found = index.search(query.q, { prefix: true, combineWith: 'AND' });
      const places = found.map(({ id }) => Number(id)).sort((a, b) => a - b);
      return countInOnePass(
        places.flatMap((place) => items[place] ?? []),
        query,
      );
    },
  };
}
