import { put, unite, wordsFor, type Bits } from './bits.ts';
import type { MatrixColumns } from './columns.ts';
import type { FacetLayout } from './facets.ts';
import type { PartnerDemand } from './partner-demand.ts';
import type { PartnerSet } from './partner-set.ts';

/** A site where at least this share of the partners works, a region say, is counted as a set of bits. */
const manyPartners = 1 / 16;

/**
 * Where partners work, asked of all of them at once. Most sites are districts: there are many, and
 * few partners work in each, so they are kept as lists.
 */
export class SiteSets {
  readonly #demand: PartnerDemand;
  readonly #count: number;
  readonly #words: number;
  readonly #passing: Bits;
  /** The partners of one site after those of another, and where those of each site begin. */
  readonly #at: Int32Array;
  readonly #begins: Int32Array;
  /** The sites with many partners, and so many numbers for each as a set of partners has. */
  readonly #large: readonly number[];
  readonly #largeSets: Int32Array;
  /** By partner, its other sites, and where those of each partner begin. */
  readonly #small: Int32Array;
  readonly #smallFrom: Int32Array;

  constructor({ partners, sites }: MatrixColumns, demand: PartnerDemand) {
    const { count } = partners;
    const { from, site } = sites;
    this.#demand = demand;
    this.#count = count;
    this.#words = wordsFor(count);
    this.#passing = new Int32Array(this.#words);
    const begins = new Int32Array(sites.siteIds.ids.length + 1);
    for (const one of site) begins[one + 1] = (begins[one + 1] ?? 0) + 1;
    for (let one = 1; one < begins.length; one += 1) begins[one] = (begins[one] ?? 0) + (begins[one - 1] ?? 0);
    this.#begins = begins;
    this.#large = sites.siteIds.ids.flatMap((_, one) => (this.#totalOf(one) >= count * manyPartners ? [one] : []));
    this.#largeSets = new Int32Array(this.#large.length * this.#words);
    const largePlace = new Map(this.#large.map((one, place) => [one, place]));
    this.#at = new Int32Array(site.length);
    this.#small = new Int32Array(site.length);
    this.#smallFrom = new Int32Array(count + 1);
    const next = begins.slice();
    let small = 0;
    for (let partner = 0; partner < count; partner += 1) {
      for (let row = from[partner] ?? 0; row < (from[partner + 1] ?? 0); row += 1) {
        const one = site[row] ?? 0;
        const place = next[one] ?? 0;
        this.#at[place] = partner;
        next[one] = place + 1;
        const large = largePlace.get(one);
        if (large === undefined) {
          this.#small[small] = one;
          small += 1;
        } else {
          const word = large * this.#words + (partner >>> 5);
          this.#largeSets[word] = (this.#largeSets[word] ?? 0) | (1 << partner);
        }
      }
      this.#smallFrom[partner + 1] = small;
    }
  }

  #totalOf(site: number): number {
    return (this.#begins[site + 1] ?? 0) - (this.#begins[site] ?? 0);
  }

  /** The partners that pass; undefined where that is everyone. Holds until the next query. */
  passing(): Bits | undefined {
    const asked = this.#demand.sites;
    if (asked.length === 0) return undefined;
    const passing = this.#passing.fill(0);
    for (const site of asked) {
      const large = this.#large.indexOf(site);
      if (large >= 0) unite(passing, this.#largeSets, large * this.#words);
      else if (site >= 0) {
        const end = this.#begins[site + 1] ?? 0;
        for (let place = this.#begins[site] ?? 0; place < end; place += 1) put(passing, this.#at[place] ?? 0);
      }
    }
    return passing;
  }

  /** Counts, among partners that pass all the rest, how many work at each site. */
  count(partners: PartnerSet, counts: Int32Array, { at }: FacetLayout): void {
    // Where fewer partners are not among them than are, those are taken away from all.
    const others = partners.total * 2 > this.#count;
    for (let site = 0; others && site < this.#begins.length - 1; site += 1)
      counts[at.site + site] = this.#totalOf(site);
    if (others) this.#add(partners.bits, -1, -1, counts, at.site);
    else this.#add(partners.bits, 0, 1, counts, at.site);
    for (const [place, site] of this.#large.entries())
      counts[at.site + site] = partners.count(this.#largeSets, place * this.#words);
  }

  /** Adds `sign` for each small site of each partner whose bit is not that of `inverted`. */
  #add(bits: Bits, inverted: 0 | -1, sign: number, counts: Int32Array, at: number): void {
    const small = this.#small;
    const from = this.#smallFrom;
    for (let word = 0; word < this.#words; word += 1) {
      for (let rest = (bits[word] ?? 0) ^ inverted; rest !== 0; rest &= rest - 1) {
        const partner = word * 32 + 31 - Math.clz32(rest & -rest);
        if (partner >= this.#count) break;
        const end = from[partner + 1] ?? 0;
        for (let place = from[partner] ?? 0; place < end; place += 1) {
          const site = at + (small[place] ?? 0);
          counts[site] = (counts[site] ?? 0) + sign;
        }
      }
    }
  }
}
