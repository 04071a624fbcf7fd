import { countOf, ones } from './bit-counts.ts';
import { unite } from './bit-sets.ts';
import { put, wordsFor, type Bits } from './bits.ts';
import type { MatrixColumns } from './columns.ts';
import { recordSteps, type FacetLayout } from './facets.ts';
import type { PartnerDemand } from './partner-demand.ts';
import type { RowSet } from './row-sets.ts';
import type { StateAt } from './state-at.ts';

/** What `PartnerDemand` asks of the record and the capacity of one partner, asked of all of them at once. */
export class PartnerSets {
  readonly #demand: PartnerDemand;
  readonly #recordUnknown: Bits;
  /** Rows stand in the order of the record: so many of the first reach each percentage, from 0 to 100. */
  readonly #reaching: Int32Array;
  readonly #passingRecord: RowSet;
  readonly #passingCapacity: RowSet;

  constructor({ partners }: MatrixColumns, demand: PartnerDemand) {
    this.#demand = demand;
    const words = wordsFor(partners.count);
    this.#recordUnknown = new Int32Array(words);
    this.#reaching = new Int32Array(102);
    for (let partner = 0; partner < partners.count; partner += 1) {
      const percent = partners.lowerPercent[partner] ?? 0;
      if (percent < 0) put(this.#recordUnknown, partner);
      else this.#reaching[percent] = partner + 1;
    }
    for (let percent = 100; percent >= 0; percent -= 1)
      this.#reaching[percent] = Math.max(this.#reaching[percent] ?? 0, this.#reaching[percent + 1] ?? 0);
    this.#passingRecord = { bits: new Int32Array(words), from: 0 };
    this.#passingCapacity = { bits: new Int32Array(words), from: 0 };
  }

  /** The partners whose record passes; undefined where that is everyone. */
  passingRecord(): RowSet | undefined {
    const { leastPercent, unknownRecordToo } = this.#demand;
    if (leastPercent === undefined) return undefined;
    const { bits } = this.#passingRecord;
    fillFirst(bits, this.#reaching[leastPercent] ?? 0);
    if (unknownRecordToo) unite(bits, this.#recordUnknown);
    return this.#passingRecord;
  }

  passingCapacity(state: StateAt): RowSet | undefined {
    const { asksCapacity, roomNowToo, unknownRoomToo } = this.#demand;
    if (!asksCapacity) return undefined;
    const bits = this.#passingCapacity.bits.fill(0);
    if (roomNowToo) unite(bits, state.roomNow);
    if (unknownRoomToo) unite(bits, state.roomUnknown);
    return this.#passingCapacity;
  }

  /** Counts, among partners that pass all the rest, how many reach each step, and of how many no record is known. */
  countRecord(partners: Bits, counts: Int32Array, { at }: FacetLayout): void {
    let words = 0;
    let count = 0;
    // From the highest step down, so that one walk along the partners passes the end of each.
    for (let step = recordSteps.length - 1; step >= -1; step -= 1) {
      const reaching = this.#reaching[recordSteps[step] ?? 0] ?? 0;
      const last = reaching >>> 5;
      count += countOf(partners, words, last);
      words = last;
      const rest = reaching % 32 === 0 ? 0 : ones((partners[last] ?? 0) & ((1 << (reaching % 32)) - 1));
      if (step >= 0) counts[at.record + step] = count + rest;
      // Those without a known record stand behind all others.
      else counts[at.record + recordSteps.length] = countOf(partners, last) - rest;
    }
  }
}

/** Writes the first `count` bits and no others. */
function fillFirst(bits: Bits, count: number): void {
  bits.fill(0);
  bits.fill(-1, 0, count >>> 5);
  if (count % 32 !== 0) bits[count >>> 5] = (1 << (count % 32)) - 1;
}
