import type { ListColumn, SiteColumns } from './columns.ts';
import type { Places } from './value-places.ts';

/** 32 sites get a bit each where they have together at least this share of the partners; else they are lists. */
const worthAColumn = 1 / 3;

export interface SitePlaces {
  readonly site: Places;
  /** How many columns of bits there are. */
  readonly columns: number;
  /** By partner, the places of the other sites, and how many such sites there are. */
  readonly rare: ListColumn;
  readonly rareCount: number;
}

/**
 * Where sites stand among the values of partners, those with the most partners first. A column of 32
 * districts in each of which a handful of partners works would be nearly empty.
 * @param first the first column that is free.
 */
export function placesOfSites(
  { from, site, siteIds }: SiteColumns,
  partners: number,
  first: number,
  totalOf: (site: number) => number,
): SitePlaces {
  const bySize = [...siteIds.ids.keys()].sort((a, b) => totalOf(b) - totalOf(a));
  const slots = new Int32Array(bySize.length);
  for (const [rank, one] of bySize.entries()) slots[one] = first * 32 + rank;
  let columns = 0;
  const sum = (column: number): number =>
    bySize.slice(column * 32, column * 32 + 32).reduce((total, one) => total + totalOf(one), 0);
  while (columns * 32 < bySize.length && sum(columns) >= partners * worthAColumn) columns += 1;
  const end = (first + columns) * 32;
  const rareCount = Math.max(0, bySize.length - columns * 32);
  const rareFrom = new Int32Array(rareCount === 0 ? 0 : partners + 1);
  const rare: number[] = [];
  for (let partner = 0; rareCount > 0 && partner < partners; partner += 1) {
    for (let row = from[partner] ?? 0; row < (from[partner + 1] ?? 0); row += 1) {
      const slot = slots[site[row] ?? 0] ?? 0;
      if (slot >= end) rare.push(slot);
    }
    rareFrom[partner + 1] = rare.length;
  }
  // The lists are counted like one more column.
  const all = columns + (rareCount === 0 ? 0 : 1);
  return {
    site: { slots, columns: Array.from({ length: all }, (_, column) => first + column) },
    columns,
    rare: { from: rareFrom, place: Int32Array.from(rare) },
    rareCount,
  };
}
