import { unite } from './bit-sets.ts';
import { put, wordsFor, type Bits } from './bits.ts';
import type { MatrixColumns } from './columns.ts';
import type { PartnerDemand } from './partner-demand.ts';
import type { RowSet } from './row-sets.ts';

/** A site where at least this share of the partners works, a region say, is kept as a set of bits. */
const manyPartners = 1 / 16;

/**
 * Where partners work, asked of all of them at once. Most sites are districts: there are many, and
 * few partners work in each, so they are kept as lists.
 */
export class SiteSets {
  readonly #demand: PartnerDemand;
  readonly #words: number;
  readonly #passing: RowSet;
  /** The partners of one site after those of another, and where those of each site begin. */
  readonly #at: Int32Array;
  readonly #begins: Int32Array;
  /** By site with many partners, its set. */
  readonly #large: ReadonlyMap<number, Bits>;

  constructor({ partners, sites }: MatrixColumns, demand: PartnerDemand) {
    const { count } = partners;
    const { from, site } = sites;
    this.#demand = demand;
    this.#words = wordsFor(count);
    this.#passing = { bits: new Int32Array(this.#words), from: 0 };
    const begins = new Int32Array(sites.siteIds.ids.length + 1);
    for (const one of site) begins[one + 1] = (begins[one + 1] ?? 0) + 1;
    for (let one = 1; one < begins.length; one += 1) begins[one] = (begins[one] ?? 0) + (begins[one - 1] ?? 0);
    this.#begins = begins;
    this.#at = new Int32Array(site.length);
    const next = begins.slice();
    for (let partner = 0; partner < count; partner += 1) {
      for (let row = from[partner] ?? 0; row < (from[partner + 1] ?? 0); row += 1) {
        const one = site[row] ?? 0;
        const place = next[one] ?? 0;
        this.#at[place] = partner;
        next[one] = place + 1;
      }
    }
    const large = new Map<number, Bits>();
    for (const one of sites.siteIds.ids.keys()) {
      if (this.totalOf(one) < count * manyPartners) continue;
      const bits = new Int32Array(this.#words);
      this.#addTo(bits, one);
      large.set(one, bits);
    }
    this.#large = large;
  }

  totalOf(site: number): number {
    return (this.#begins[site + 1] ?? 0) - (this.#begins[site] ?? 0);
  }

  #addTo(bits: Bits, site: number): void {
    const end = this.#begins[site + 1] ?? 0;
    for (let place = this.#begins[site] ?? 0; place < end; place += 1) put(bits, this.#at[place] ?? 0);
  }

  /** The partners that pass; undefined where that is everyone. Holds until the next query. */
  passing(): RowSet | undefined {
    const asked = this.#demand.sites;
    if (asked.length === 0) return undefined;
    const { bits } = this.#passing;
    bits.fill(0);
    for (const site of asked) {
      const large = this.#large.get(site);
      if (large !== undefined) unite(bits, large);
      else if (site >= 0) this.#addTo(bits, site);
    }
    return this.#passing;
  }
}
