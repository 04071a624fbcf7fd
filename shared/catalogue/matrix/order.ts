import { has, lowest, type Bits } from './bits.ts';
import { int, real, type MatrixColumns } from './columns.ts';
import { byName, nameRank } from './name-order.ts';
import type { OfferingDemand } from './offering-demand.ts';
import type { MatrixQuery } from './query-words.ts';
import type { Relevance } from './search.ts';

/** The found partners' order: by these keys, ascending, then by name and id. */
type Keys = (partner: number) => number;

/**
 * The found partners from place `first` up to, not including, `end` of the asked order. Only as much
 * is put in order as is asked for.
 * @param relevance of a text; undefined where none is asked.
 */
export function inOrder(
  found: Bits,
  total: number,
  [first, end]: readonly [number, number],
  columns: MatrixColumns,
  { sort }: MatrixQuery,
  offering: OfferingDemand,
  relevance: Relevance | undefined,
): readonly number[] {
  const last = Math.min(end, total);
  if (first >= last) return [];
  // Rows are stored in the order of the record.
  if (sort === 'record') return walked(first, last, (take) => eachPlace(found, take));
  if (sort === 'cost') return smallest(found, first, last, columns, (partner) => offering.lowestCost(partner));
  if (sort === 'relevance' && relevance !== undefined)
    return smallest(found, first, last, columns, (partner) => -relevance.of(partner));
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

/** The `last` smallest without the first ones. Never are more than twice as many kept and put in order. */
function smallest(found: Bits, first: number, last: number, columns: MatrixColumns, key: Keys): readonly number[] {
  const rank = nameRank(columns);
  const keys = new Float64Array(columns.partners.count);
  const order = (a: number, b: number): number => real(keys, a) - real(keys, b) || int(rank, a) - int(rank, b);
  const best: number[] = [];
  let worst: number | undefined;
  const cut = (): void => {
    best.sort(order).splice(last);
    worst = best[last - 1];
  };
  eachPlace(found, (partner) => {
    keys[partner] = key(partner);
    if (worst === undefined || order(partner, worst) < 0) best.push(partner);
    if (best.length >= last * 2) cut();
    return true;
  });
  cut();
  return best.slice(first);
}
