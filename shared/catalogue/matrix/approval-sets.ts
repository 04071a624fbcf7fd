import type { ApprovalDemand } from './approval-demand.ts';
import { ones } from './bit-counts.ts';
import { intersect, unite } from './bit-sets.ts';
import { lowest, wordsFor } from './bits.ts';
import { int, type ApprovalColumns, type MatrixColumns } from './columns.ts';
import type { FacetLayout } from './facets.ts';
import type { Hurdles } from './hurdles.ts';
import { PartnerSet } from './partner-set.ts';
import { statusWords } from './query-words.ts';
import { intersectRows, RowLayout, RowsAmong, RowSets, scratchRows, uniteRows, type RowSet } from './row-sets.ts';
import type { StateAt } from './state-at.ts';

/** What a query asks that says nothing of the status: only who is listed by default. */
export const listedStatus = 1 << statusWords.indexOf('active');

/** What `ApprovalDemand` asks of one partner, asked of all of them at once. */
export class ApprovalSets {
  /** By area, so many numbers as a set of partners has: those with an approval in it of an asked status. */
  readonly inArea: Int32Array;
  /** By status word, as many numbers each: those with an approval that answers to it. */
  owners: Int32Array = new Int32Array();
  readonly #demand: ApprovalDemand;
  readonly #layout: RowLayout;
  readonly #areas: RowSets;
  readonly #words: number;
  readonly #passing: RowSet;
  readonly #inAsked: RowSet;
  readonly #joint: RowSet;
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
    this.#passing = { bits: new Int32Array(this.#words), from: 0 };
    this.#inAsked = scratchRows(this.#layout);
    this.#joint = scratchRows(this.#layout);
    this.#among = new RowsAmong(this.#layout);
    this.#scratch = scratchRows(this.#layout);
    this.#everyone = new PartnerSet(this.#words);
    this.#everyone.bits.fill(-1);
    this.#everyone.read();
    this.#approvalCount = area.length;
  }

  /** Whether status and area can be asked one after the other, since one approval of a partner stands for all. */
  get isSplit(): boolean {
    const { areas, isAll } = this.#demand;
    return areas.length === 0 || (this.#layout.isFlat && !isAll);
  }

  /**
   * Adds what is asked of approvals, after `read`.
   * @param offered the partners who offer something in the asked areas, where that is asked of everyone.
   */
  addTo(hurdles: Hurdles, offered: RowSet | undefined): void {
    const { areas, isFree } = this.#demand;
    if (!this.isSplit) {
      hurdles.add('approval', 'approval', this.passing());
      return;
    }
    if (!isFree) hurdles.add('status', 'approval', this.#ofAskedStatus());
    if (areas.length === 0) return;
    uniteRows(
      this.#inAsked,
      areas.map((area) => this.#areas.of(area)),
    );
    if (offered === undefined) {
      hurdles.add('area', 'approval', this.#inAsked);
    } else {
      intersectRows(this.#joint, this.#inAsked, offered);
      hurdles.addAreas(this.#inAsked, offered, this.#joint);
    }
  }

  /** Those with an approval of an asked status, whatever its area. */
  #ofAskedStatus(): RowSet {
    const { bits } = this.#passing;
    bits.fill(0);
    this.#eachAskedStatus((status) => unite(bits, this.owners, status * this.#words));
    return this.#passing;
  }

  /** The partners that pass; undefined where that is everyone. Holds until the next query. */
  passing(): RowSet | undefined {
    const { areas, isAll, isFree, statuses } = this.#demand;
    if (isFree) return undefined;
    if (areas.length === 0) return this.#ofAskedStatus();
    this.readAreas(statuses);
    const { bits } = this.#passing;
    bits.fill(isAll ? -1 : 0);
    for (const area of areas) {
      if (!isAll && area >= 0) unite(bits, this.inArea, area * this.#words);
      else if (isAll && area >= 0) intersect(bits, bits, this.inArea, area * this.#words);
      else if (isAll) bits.fill(0);
    }
    return this.#passing;
  }

  #eachAskedStatus(call: (status: number) => void): void {
    for (let rest = this.#demand.statuses; rest !== 0; rest &= rest - 1) call(lowest(rest));
  }

  /** Takes over what the dates say; whether that is something else than before. */
  read(state: StateAt): boolean {
    if (state === this.#state) return false;
    this.#state = state;
    this.#statusesInArea = -1;
    const statuses = new RowSets(this.#layout, statusWords.length, (has) => {
      this.#layout.eachRow((row, block, bit) => {
        const answers = state.answers[row] ?? 0;
        for (let status = 0; status < statusWords.length; status += 1)
          if (((answers >>> status) & 1) === 1) has(status, block, bit);
      });
    });
    this.#statuses = statuses;
    this.owners = statuses.owners;
    let used = 0;
    for (let row = 0; row < this.#approvalCount; row += 1) used |= state.answers[row] ?? 0;
    this.#isUsed = statusWords.map((_, status) => ((used >>> status) & 1) === 1);
    return true;
  }

  /** Makes `inArea` hold for these statuses. */
  readAreas(statuses: number): void {
    if (statuses === this.#statusesInArea) return;
    this.#statusesInArea = statuses;
    const asked: (RowSet | undefined)[] = [];
    for (let rest = statuses; rest !== 0; rest &= rest - 1) asked.push(this.#statuses?.of(lowest(rest)));
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
    int(granted.places, a) === int(granted.places, b) &&
    int(ends.places, a) === int(ends.places, b) &&
    int(published, a) === int(published, b) &&
    haveSameSpans(spans, a, b);
  return ((area[a] ?? 0) === (area[b] ?? 0) ? 0 : 1) | (sameDates ? 0 : 2);
}

function haveSameSpans({ from, kind, begins, until }: ApprovalColumns['spans'], a: number, b: number): boolean {
  const first = from[a] ?? 0;
  const other = from[b] ?? 0;
  const count = (from[a + 1] ?? 0) - first;
  if ((from[b + 1] ?? 0) - other !== count) return false;
  for (let span = 0; span < count; span += 1) {
    const same =
      int(kind, first + span) === int(kind, other + span) &&
      int(begins.places, first + span) === int(begins.places, other + span) &&
      int(until.places, first + span) === int(until.places, other + span);
    if (!same) return false;
  }
  return true;
}
