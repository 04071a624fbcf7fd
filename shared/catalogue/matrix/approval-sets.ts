import type { ApprovalDemand } from './approval-demand.ts';
import { ones } from './bit-counts.ts';
import { unite, wordsFor, type Bits } from './bits.ts';
import { real, type ApprovalColumns, type MatrixColumns } from './columns.ts';
import type { FacetLayout } from './facets.ts';
import { PartnerSet } from './partner-set.ts';
import { statusWords } from './query-words.ts';
import { RowLayout, RowsAmong, RowSets, scratchRows, uniteRows, type RowSet } from './row-sets.ts';
import type { StateAt } from './state-at.ts';

/** What `ApprovalDemand` asks of one partner, asked of all of them at once. */
export class ApprovalSets {
  /** By area, so many numbers as a set of partners has: those with an approval in it of an asked status. */
  readonly inArea: Int32Array;
  readonly #demand: ApprovalDemand;
  readonly #layout: RowLayout;
  readonly #areas: RowSets;
  readonly #words: number;
  readonly #passing: Bits;
  readonly #among: RowsAmong;
  readonly #scratch: RowSet;
  readonly #everyone: PartnerSet;
  readonly #approvalCount: number;
  #state: StateAt | undefined;
  #statuses: RowSets | undefined;
  #isUsed: readonly boolean[] = [];
  /** The statuses for which `inArea` holds. */
  #statusesInArea = -1;

  constructor({ approvals, partners }: MatrixColumns, demand: ApprovalDemand) {
    const { from, area, areaIds } = approvals;
    const areas = areaIds.ids.length;
    this.#demand = demand;
    this.#layout = new RowLayout(from, (a, b) => approvalDifferences(approvals, a, b));
    this.#areas = new RowSets(this.#layout, areas, (has) => {
      this.#layout.eachRow((row, block, bit) => {
        if ((area[row] ?? 0) >= 0) has(area[row] ?? 0, block, bit);
      });
    });
    this.#words = wordsFor(partners.count);
    this.inArea = new Int32Array(areas * this.#words);
    this.#passing = new Int32Array(this.#words);
    this.#among = new RowsAmong(this.#layout);
    this.#scratch = scratchRows(this.#layout);
    this.#everyone = new PartnerSet(this.#words);
    this.#everyone.bits.fill(-1);
    this.#everyone.read();
    this.#approvalCount = area.length;
  }

  /** The partners that pass; undefined where that is everyone. Holds until the next query. */
  passing(state: StateAt): Bits | undefined {
    this.#read(state);
    const { areas, isAll, isFree } = this.#demand;
    if (isFree) return undefined;
    const passing = this.#passing;
    if (isAll && areas.length > 0) {
      passing.fill(-1);
      for (const area of areas) {
        for (let word = 0; word < this.#words; word += 1)
          passing[word] = (passing[word] ?? 0) & (area < 0 ? 0 : (this.inArea[area * this.#words + word] ?? 0));
      }
      return passing;
    }
    passing.fill(0);
    if (areas.length > 0) {
      for (const area of areas) if (area >= 0) unite(passing, this.inArea, area * this.#words);
    } else {
      this.#eachAskedStatus((status, { owners }) => unite(passing, owners, status * this.#words));
    }
    return passing;
  }

  #eachAskedStatus(call: (status: number, statuses: RowSets) => void): void {
    if (this.#statuses === undefined) return;
    for (let status = 0; status < statusWords.length; status += 1)
      if (((this.#demand.statuses >>> status) & 1) === 1) call(status, this.#statuses);
  }

  #read(state: StateAt): void {
    const { statuses } = this.#demand;
    if (state !== this.#state) {
      this.#statuses = new RowSets(this.#layout, statusWords.length, (has) => {
        this.#layout.eachRow((row, block, bit) => {
          const answers = state.answers[row] ?? 0;
          for (let status = 0; status < statusWords.length; status += 1)
            if (((answers >>> status) & 1) === 1) has(status, block, bit);
        });
      });
      let used = 0;
      for (let row = 0; row < this.#approvalCount; row += 1) used |= state.answers[row] ?? 0;
      this.#isUsed = statusWords.map((_, status) => ((used >>> status) & 1) === 1);
    } else if (statuses === this.#statusesInArea) return;
    this.#state = state;
    this.#statusesInArea = statuses;
    const asked: RowSet[] = [];
    this.#eachAskedStatus((status, { sets }) => asked.push(...sets.slice(status, status + 1)));
    uniteRows(this.#scratch, asked);
    this.#among.set(this.#scratch, this.#everyone);
    for (const [area, rows] of this.#areas.sets.entries()) this.#among.owners(rows, this.inArea, area * this.#words);
  }

  /** Counts, among partners that pass all the rest, how many each status word would let pass. */
  countStatuses(partners: PartnerSet, counts: Int32Array, { at }: FacetLayout): void {
    const statuses = this.#statuses;
    if (statuses === undefined) return;
    const { areas, isAll } = this.#demand;
    const everyStatus = areas.length === 0;
    if (!everyStatus) {
      uniteRows(
        this.#scratch,
        areas.map((area) => this.#areas.of(area)),
      );
      this.#among.set(this.#scratch, partners);
    }
    for (const [status, rows] of statuses.sets.entries()) {
      const place = at.status + status;
      if (everyStatus && statusWords[status] === 'any') counts[place] = partners.total;
      else if (this.#isUsed[status] !== true) counts[place] = 0;
      else if (everyStatus) counts[place] = partners.count(statuses.owners, status * this.#words);
      else if (isAll && areas.length > 1) counts[place] = this.#countInAll(partners, rows);
      else counts[place] = this.#among.count(rows);
    }
  }

  /** How many have in every asked area an approval that is among `rows`. */
  #countInAll({ words, used, bits }: PartnerSet, rows: RowSet): number {
    const { start } = this.#layout;
    let count = 0;
    for (let index = 0; index < used; index += 1) {
      const word = words[index] ?? 0;
      let all = bits[word] ?? 0;
      for (const area of this.#demand.areas) {
        const inArea = this.#areas.of(area);
        let owner = 0;
        for (let block = start[word] ?? 0; block < (start[word + 1] ?? 0) && inArea !== undefined; block += 1)
          owner |= (rows.bits[rows.from + block] ?? 0) & (inArea.bits[inArea.from + block] ?? 0);
        all &= owner;
      }
      count += ones(all);
    }
    return count;
  }
}

/** Approvals with the same dates have the same status, whenever it is. */
function approvalDifferences({ area, granted, ends, published, spans }: ApprovalColumns, a: number, b: number): number {
  const sameDates =
    real(granted, a) === real(granted, b) &&
    real(ends, a) === real(ends, b) &&
    (published[a] ?? 0) === (published[b] ?? 0) &&
    (spans.from[a] ?? 0) === (spans.from[a + 1] ?? 0) &&
    (spans.from[b] ?? 0) === (spans.from[b + 1] ?? 0);
  return ((area[a] ?? 0) === (area[b] ?? 0) ? 0 : 1) | (sameDates ? 0 : 2);
}
