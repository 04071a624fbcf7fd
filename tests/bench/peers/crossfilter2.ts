import crossfilter from 'crossfilter2';
import { askedOf, flatWords, type FlatItem } from '../flat-items.ts';
import { noCounts, pageSize, type Peer } from './peer.ts';

/** https://github.com/crossfilter/crossfilter: each group observes every filter but its own. */
export function crossFilter(items: readonly FlatItem[]): Peer {
  const all = crossfilter(items.map((item, place) => ({ ...item, place })));
  const order = all.dimension((item) => -item.place);
  const words = flatWords.map((word) => {
    const dimension = all.dimension((item) => [...item[word]], true);
    return { word, dimension, group: dimension.group().reduceCount() };
  });
  const everyone = all.groupAll().reduceCount();
  return {
    name: 'crossfilter2',
    search: (query) => {
      const asked = askedOf(query);
      for (const { word, dimension } of words) {
        const values = asked[word];
        if (values === undefined) dimension.filterAll();
        else dimension.filterFunction((value) => values.includes(value));
      }
      const counts = noCounts();
      for (const { word, group } of words)
        for (const { key, value } of group.all()) counts[word].set(String(key), Number(value));
      return { ids: order.top(pageSize).map((item) => item.id), total: Number(everyone.value()), counts };
    },
  };
}
