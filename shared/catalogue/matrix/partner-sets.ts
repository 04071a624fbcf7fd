import { ones } from './bit-counts.ts';
import { put, unite, wordsFor, type Bits } from './bits.ts';
import type { MatrixColumns } from './columns.ts';
import { recordSteps, type FacetLayout } from './facets.ts';
import type { PartnerSet } from './partner-set.ts';
import type { PartnerDemand } from './partner-demand.ts';
import type { StateAt } from './state-at.ts';

/** What `PartnerDemand` asks of the record and the capacity of one partner, asked of all of them at once. */
export class PartnerSets {
  readonly #demand: PartnerDemand;
  readonly #recordUnknown: Bits;
  /** Rows stand in the order of the record: so many of the first reach each percentage, from 0 to 100. */
  readonly #reaching: Int32Array;
  readonly #passingRecord: Bits;
  readonly #passingCapacity: Bits;

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
    this.#passingRecord = new Int32Array(words);
    this.#passingCapacity = new Int32Array(words);
  }

  /** The partners whose record passes; undefined where that is everyone. */
  passingRecord(): Bits | undefined {
    const { leastPercent, unknownRecordToo } = this.#demand;
    if (leastPercent === undefined) return undefined;
    const passing = this.#passingRecord;
    fillFirst(passing, this.#reaching[leastPercent] ?? 0);
    if (unknownRecordToo) unite(passing, this.#recordUnknown);
    return passing;
  }

  passingCapacity(state: StateAt): Bits | undefined {
    const { asksCapacity, roomNowToo, unknownRoomToo } = this.#demand;
    if (!asksCapacity) return undefined;
    const passing = this.#passingCapacity.fill(0);
    if (roomNowToo) unite(passing, state.roomNow);
    if (unknownRoomToo) unite(passing, state.roomUnknown);
    return passing;
  }

  countRecord(partners: PartnerSet, counts: Int32Array, { at }: FacetLayout): void {
    const { bits, words, used, total } = partners;
    let index = 0;
    let count = 0;
    // From the highest step down, so that one walk along the partners passes the end of each.
    for (let step = recordSteps.length - 1; step >= -1; step -= 1) {
      const reaching = this.#reaching[recordSteps[step] ?? 0] ?? 0;
      const last = reaching >>> 5;
      for (; index < used && (words[index] ?? 0) < last; index += 1) count += ones(bits[words[index] ?? 0] ?? 0);
      const rest =
        index < used && (words[index] ?? 0) === last ? ones((bits[last] ?? 0) & ((1 << (reaching % 32)) - 1)) : 0;
      if (step >= 0) counts[at.record + step] = count + rest;
      // Those without a known record stand behind all others.
      else counts[at.record + recordSteps.length] = total - count - rest;
    }
  }

  countCapacity(partners: PartnerSet, state: StateAt, counts: Int32Array, { at }: FacetLayout): void {
    counts[at.capacity] = partners.count(state.roomNow);
    counts[at.capacity + 1] = partners.count(state.roomUnknown);
  }
}

/** Writes the first `count` bits and no others. */
function fillFirst(bits: Bits, count: number): void {
  bits.fill(0);
  bits.fill(-1, 0, count >>> 5);
  if (count % 32 !== 0) bits[count >>> 5] = (1 << (count % 32)) - 1;
}
