import itemsjs from 'itemsjs';
import { askedOf, flatWords, type FlatItem } from '../flat-items.ts';
import { noCounts, pageSize, type Peer } from './peer.ts';

/** https://github.com/itemsapi/itemsjs: sets of bits for each value, and facets that leave their own filter out. */
export function itemsJs(items: readonly FlatItem[]): Peer {
  const index = itemsjs(items, {
    sortings: { record: { field: ['lower', 'plainName', 'id'], order: ['desc', 'asc', 'asc'] } },
    aggregations: Object.fromEntries(flatWords.map((word) => [word, { size: 1_000, conjunction: false }])),
  });
  return {
    name: 'itemsjs',
    search: (query) => {
      const { data, pagination } = index.search({
        per_page: pageSize,
        page: 1,
        sort: 'record',
        filters: askedOf(query),
      });
      const counts = noCounts();
      for (const word of flatWords)
        for (const { key, doc_count } of data.aggregations[word]?.buckets ?? []) counts[word].set(key, doc_count);
      return { ids: data.items.map((item) => item.id), total: pagination.total, counts };
    },
  };
}
