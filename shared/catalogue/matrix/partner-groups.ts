import { countBoth, either, emptyBits, placesIn, put, wordsFor, type Bits } from './bits.ts';
import { int, partsOf, type MatrixColumns } from './columns.ts';
import { perSnapshot } from './per-snapshot.ts';
import type { MatrixQuery } from './query-words.ts';
import type { StateAt } from './state-at.ts';

/** The words that look at a partner as a whole: `record`, `capacity` and `site`. */

/** The steps of the facet of `record`, whole percent. */
export const recordSteps = [50, 60, 70, 80, 90] as const;

function partnersWhere({ partners }: MatrixColumns, test: (partner: number) => boolean): Bits {
  const bits = emptyBits(wordsFor(partners.count));
  for (let partner = 0; partner < partners.count; partner += 1) if (test(partner)) put(bits, partner);
  return bits;
}

const recordIndex = perSnapshot((columns) => ({
  unknown: partnersWhere(columns, (partner) => int(columns.partners.lowerPercent, partner) < 0),
  steps: recordSteps.map((step) => withRecord(columns, step)),
}));

function withRecord(columns: MatrixColumns, least: number): Bits {
  return partnersWhere(columns, (partner) => int(columns.partners.lowerPercent, partner) >= least);
}

/** The lower bound reaches the lowest percentage asked for, or is unknown and that is asked for too. */
export class RecordGroup {
  readonly passes: Bits;
  /** Partners that pass only once `record=unknown` is added; undefined where no record is asked, or it is added. */
  readonly leftOut: Bits | undefined;
  readonly #index: ReturnType<typeof recordIndex>;

  constructor(columns: MatrixColumns, { record }: MatrixQuery, everyone: Bits) {
    const index = recordIndex(columns);
    const percents = record.filter((one) => one !== 'unknown');
    const least = Math.min(...percents);
    const step = recordSteps.findIndex((one) => one === least);
    const known = percents.length === 0 ? [] : [index.steps[step] ?? withRecord(columns, least)];
    const unknown = record.includes('unknown') ? [index.unknown] : [];
    const [first, ...more] = [...known, ...unknown];
    this.#index = index;
    this.passes = first === undefined ? everyone : either(first, ...more);
    this.leftOut = known.length > 0 && unknown.length === 0 ? index.unknown : undefined;
  }

  count(partners: Bits) {
    const { steps, unknown } = this.#index;
    return { steps: steps.map((step) => countBoth(step, partners)), unknown: countBoth(unknown, partners) };
  }
}

/** Room at the instant that is asked for. */
export class CapacityGroup {
  readonly passes: Bits;
  /** Partners that pass only once `capacity=unknown` is added; undefined where no room is asked, or it is added. */
  readonly leftOut: Bits | undefined;
  readonly #state: StateAt;

  constructor({ capacity }: MatrixQuery, state: StateAt, everyone: Bits) {
    const [first, ...more] = capacity.map((word) => (word === 'now' ? state.roomNow : state.roomUnknown));
    this.#state = state;
    this.passes = first === undefined ? everyone : either(first, ...more);
    this.leftOut = first !== undefined && !capacity.includes('unknown') ? state.roomUnknown : undefined;
  }

  count(partners: Bits) {
    return { now: countBoth(this.#state.roomNow, partners), unknown: countBoth(this.#state.roomUnknown, partners) };
  }
}

/** By site, the partners that work there. */
const siteIndex = perSnapshot(({ sites, partners }) => {
  const nobody = emptyBits(wordsFor(partners.count));
  const bits = sites.siteIds.ids.map(() => emptyBits(wordsFor(partners.count)));
  for (let partner = 0; partner < partners.count; partner += 1) {
    for (const row of partsOf(sites.from, partner)) {
      const works = bits[int(sites.site, row)];
      if (works !== undefined) put(works, partner);
    }
  }
  return { bits, nobody };
});

/** The partner works in one of the asked districts or regions. */
export class SiteGroup {
  readonly passes: Bits;
  readonly #sites: MatrixColumns['sites'];

  constructor(columns: MatrixColumns, { site }: MatrixQuery, everyone: Bits) {
    const { bits, nobody } = siteIndex(columns);
    const [first, ...more] = site.map((id) => bits[columns.sites.siteIds.place.get(id) ?? -1] ?? nobody);
    this.#sites = columns.sites;
    this.passes = first === undefined ? everyone : either(first, ...more);
  }

  /** There are many sites and few of each partner, so here the partners are gone through. */
  count(partners: Bits): Int32Array {
    const { from, site, siteIds } = this.#sites;
    const counts = new Int32Array(siteIds.ids.length);
    for (const partner of placesIn(partners)) {
      const end = int(from, partner + 1);
      for (let row = int(from, partner); row < end; row += 1) {
        const place = int(site, row);
        counts[place] = int(counts, place) + 1;
      }
    }
    return counts;
  }
}
