import { int, type ApprovalColumns, type MatrixColumns } from './columns.ts';
import type { FacetLayout, Tally } from './facets.ts';
import { statusWords, type MatrixQuery } from './query-words.ts';
import type { StateAt } from './state-at.ts';

const anyStatus = 1 << statusWords.indexOf('any');

/**
 * The words `area` and `status`, asked of one partner: one approval has to satisfy both. With
 * `areas=all` every asked area needs an approval of its own.
 */
export class ApprovalDemand {
  /** Places of the asked areas; -1 where no partner has it. */
  areas: readonly number[] = [];
  isAll = false;
  /** A bit for each asked status word. */
  statuses = 0;
  readonly #approvals: ApprovalColumns;
  readonly #isAsked: Uint8Array;
  #answers: Uint16Array = new Uint16Array();

  constructor({ approvals }: MatrixColumns) {
    this.#approvals = approvals;
    this.#isAsked = new Uint8Array(approvals.areaIds.ids.length);
  }

  ask(query: MatrixQuery, state: StateAt): void {
    const { place } = this.#approvals.areaIds;
    this.areas = query.area.length === 0 ? noAreas : query.area.map((id) => place.get(id) ?? -1);
    this.#isAsked.fill(0);
    for (const area of this.areas) if (area >= 0) this.#isAsked[area] = 1;
    this.isAll = query.areas === 'all';
    this.statuses = 0;
    for (const word of query.status) this.statuses |= 1 << statusWords.indexOf(word);
    this.#answers = state.answers;
  }

  /** Whether a partner without any approval can pass. */
  get isFree(): boolean {
    return this.areas.length === 0 && (this.statuses & anyStatus) !== 0;
  }

  passes(partner: number): boolean {
    if (!this.isAll || this.areas.length === 0) return (this.#statusesOf(partner) & this.statuses) !== 0;
    return this.areas.every((area) => (this.#statusesIn(partner, area) & this.statuses) !== 0);
  }

  /** The status words, a bit each, of the approvals in asked areas; of all where no area is asked. */
  #statusesOf(partner: number): number {
    const { from, area } = this.#approvals;
    const end = int(from, partner + 1);
    const everywhere = this.areas.length === 0;
    let words = everywhere ? anyStatus : 0;
    for (let row = int(from, partner); row < end; row += 1) {
      if (everywhere || this.#isAsked[int(area, row)] === 1) words |= this.#answers[row] ?? 0;
    }
    return words;
  }

  #statusesIn(partner: number, wanted: number): number {
    const { from, area } = this.#approvals;
    const end = int(from, partner + 1);
    let words = 0;
    if (wanted < 0) return words;
    for (let row = int(from, partner); row < end; row += 1)
      if (int(area, row) === wanted) words |= this.#answers[row] ?? 0;
    return words;
  }

  /** Counts the partner for each status word under which it would pass. */
  countStatuses(partner: number, tally: Tally, { at }: FacetLayout): void {
    let words = -1;
    if (!this.isAll || this.areas.length === 0) words = this.#statusesOf(partner);
    else for (const area of this.areas) words &= this.#statusesIn(partner, area);
    for (let word = 0; word < statusWords.length; word += 1)
      if (((words >>> word) & 1) === 1) tally.add(at.status + word);
  }

  /** Calls with each area in which the partner has an approval of an asked status. */
  eachArea(partner: number, call: (area: number) => void): void {
    const { from, area } = this.#approvals;
    const end = int(from, partner + 1);
    for (let row = int(from, partner); row < end; row += 1) {
      if (int(area, row) >= 0 && ((this.#answers[row] ?? 0) & this.statuses) !== 0) call(int(area, row));
    }
  }
}

const noAreas: readonly number[] = [];
