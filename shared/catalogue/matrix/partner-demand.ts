import { int, type MatrixColumns, type PartnerColumns, type SiteColumns } from './columns.ts';
import { has } from './bits.ts';
import { recordSteps, type FacetLayout, type Tally } from './facets.ts';
import type { MatrixQuery } from './query-words.ts';
import type { StateAt } from './state-at.ts';

/** The words that look at a partner as a whole, asked of one: `record`, `capacity` and `site`. */
export class PartnerDemand {
  /** The lowest percentage asked for; 101 where only `unknown` is, undefined where the word is not asked. */
  leastPercent: number | undefined;
  unknownRecordToo = false;
  asksCapacity = false;
  roomNowToo = false;
  unknownRoomToo = false;
  /** Places of the asked sites; -1 where no partner works. */
  sites: readonly number[] = [];
  readonly #partners: PartnerColumns;
  readonly #columns: SiteColumns;
  #state: StateAt | undefined;

  constructor({ partners, sites }: MatrixColumns) {
    this.#partners = partners;
    this.#columns = sites;
  }

  ask(query: MatrixQuery, state: StateAt): void {
    const { place } = this.#columns.siteIds;
    let least = nobody;
    for (const one of query.record) if (one !== 'unknown') least = Math.min(least, one);
    this.leastPercent = query.record.length === 0 ? undefined : least;
    this.unknownRecordToo = query.record.includes('unknown');
    this.asksCapacity = query.capacity.length > 0;
    this.roomNowToo = query.capacity.includes('now');
    this.unknownRoomToo = query.capacity.includes('unknown');
    this.sites = query.site.map((id) => place.get(id) ?? -1);
    this.#state = state;
  }

  /** The lower bound reaches the lowest percentage asked for, or is unknown and that is asked for too. */
  passesRecord(partner: number): boolean {
    if (this.leastPercent === undefined) return true;
    const percent = int(this.#partners.lowerPercent, partner);
    return percent < 0 ? this.unknownRecordToo : percent >= this.leastPercent;
  }

  /** Whether the partner would pass only once `record=unknown` is added. */
  isRecordLeftOut(partner: number): boolean {
    return this.leavesOutRecord && int(this.#partners.lowerPercent, partner) < 0;
  }

  get leavesOutRecord(): boolean {
    return this.leastPercent !== undefined && this.leastPercent !== nobody && !this.unknownRecordToo;
  }

  /** Room at the instant that is asked for. */
  passesCapacity(partner: number): boolean {
    if (!this.asksCapacity || this.#state === undefined) return true;
    const { roomNow, roomUnknown } = this.#state;
    return (this.roomNowToo && has(roomNow, partner)) || (this.unknownRoomToo && has(roomUnknown, partner));
  }

  /** Whether the partner would pass only once `capacity=unknown` is added. */
  isCapacityLeftOut(partner: number): boolean {
    return this.leavesOutCapacity && this.#state !== undefined && has(this.#state.roomUnknown, partner);
  }

  get leavesOutCapacity(): boolean {
    return this.asksCapacity && !this.unknownRoomToo;
  }

  /** The partner works in one of the asked districts or regions. */
  passesSite(partner: number): boolean {
    if (this.sites.length === 0) return true;
    const { from, site } = this.#columns;
    const end = int(from, partner + 1);
    for (let row = int(from, partner); row < end; row += 1) if (this.sites.includes(int(site, row))) return true;
    return false;
  }

  countRecord(partner: number, tally: Tally, { at }: FacetLayout): void {
    const percent = int(this.#partners.lowerPercent, partner);
    if (percent < 0) tally.add(at.record + recordSteps.length);
    for (let step = 0; step < recordSteps.length; step += 1)
      if (percent >= (recordSteps[step] ?? 0)) tally.add(at.record + step);
  }

  countCapacity(partner: number, tally: Tally, { at }: FacetLayout): void {
    if (this.#state === undefined) return;
    if (has(this.#state.roomNow, partner)) tally.add(at.capacity);
    if (has(this.#state.roomUnknown, partner)) tally.add(at.capacity + 1);
  }

  countSites(partner: number, tally: Tally, { at }: FacetLayout): void {
    const { from, site } = this.#columns;
    const end = int(from, partner + 1);
    for (let row = int(from, partner); row < end; row += 1) tally.add(at.site + int(site, row));
  }
}

/** Above every percentage. */
const nobody = 101;
