import { has, lowest, type Bits } from './bits.ts';
import { int, type MatrixColumns } from './columns.ts';
import { byName, nameRank } from './name-order.ts';
import type { OfferingDemand } from './offering-demand.ts';
import type { MatrixQuery } from './query-words.ts';

/** The found partners' order: by these keys, ascending, then by name and id. */
type Keys = (partner: number) => number;

/**
 * The found partners from place `first` up to, not including, `end` of the asked order. Only as much
 * is put in order as is asked for.
 * @param relevance by partner, for a text; undefined where none is asked.
 */
export function inOrder(
  found: Bits,
  total: number,
  [first, end]: readonly [number, number],
  columns: MatrixColumns,
  { sort }: MatrixQuery,
  offering: OfferingDemand,
  relevance: Int32Array | undefined,
): readonly number[] {
  const last = Math.min(end, total);
  if (first >= last) return [];
  // Rows are stored in the order of the record.
  if (sort === 'record') return walked(first, last, (take) => eachPlace(found, take));
  if (sort === 'cost') return smallest(found, first, last, columns, (partner) => offering.lowestCost(partner));
  if (sort === 'relevance' && relevance !== undefined)
    return smallest(found, first, last, columns, (partner) => -int(relevance, partner));
  return walked(first, last, (take) => {
    for (const partner of byName(columns)) if (has(found, partner) && !take(partner)) return;
  });
}

/** The places of the bits, ascending, until `take` has enough. */
function eachPlace(bits: Bits, take: (place: number) => boolean): void {
  for (let word = 0; word < bits.length; word += 1) {
    for (let rest = bits[word] ?? 0; rest !== 0; rest &= rest - 1) if (!take(word * 32 + lowest(rest))) return;
  }
}

function walked(first: number, last: number, walk: (take: (partner: number) => boolean) => void): readonly number[] {
  const page: number[] = [];
  let passed = 0;
  walk((partner) => {
    if (passed >= first) page.push(partner);
    passed += 1;
    return passed < last;
  });
  return page;
}

/** The `last` smallest, kept in a heap with the largest of them on top, so that most are compared once. */
function smallest(found: Bits, first: number, last: number, columns: MatrixColumns, key: Keys): readonly number[] {
  const rank = nameRank(columns);
  const heap: { readonly partner: number; readonly key: number }[] = [];
  const comesAfter = (a: { partner: number; key: number }, b: { partner: number; key: number }): boolean =>
    a.key === b.key ? int(rank, a.partner) > int(rank, b.partner) : a.key > b.key;
  const sink = (start: number): void => {
    for (let place = start; ;) {
      let largest = place;
      for (const child of [place * 2 + 1, place * 2 + 2]) {
        const [one, other] = [heap[child], heap[largest]];
        if (one !== undefined && other !== undefined && comesAfter(one, other)) largest = child;
      }
      const [here, there] = [heap[place], heap[largest]];
      if (largest === place || here === undefined || there === undefined) return;
      heap[place] = there;
      heap[largest] = here;
      place = largest;
    }
  };
  eachPlace(found, (partner) => {
    const entry = { partner, key: key(partner) };
    const [top] = heap;
    if (heap.length < last) {
      heap.push(entry);
      if (heap.length === last) for (let place = (last >>> 1) - 1; place >= 0; place -= 1) sink(place);
    } else if (top !== undefined && comesAfter(top, entry)) {
      heap[0] = entry;
      sink(0);
    }
    return true;
  });
  return heap
    .sort((a, b) => (comesAfter(a, b) ? 1 : -1))
    .slice(first)
    .map(({ partner }) => partner);
}
