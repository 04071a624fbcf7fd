import { both, countOwners, either, owners, type Bits, type RowBits } from './bits.ts';
import type { MatrixColumns } from './columns.ts';
import { perSnapshot } from './per-snapshot.ts';
import { statusWords, type MatrixQuery } from './query-words.ts';
import { approvalPlanes, type StateAt } from './state-at.ts';

/** For each area, the approvals in it; and all approvals. */
const indexOf = perSnapshot((columns) => {
  const { area, areaIds } = columns.approvals;
  const planes = approvalPlanes(columns);
  return {
    nothing: planes.none(),
    areas: planes.byValue(areaIds.ids.length, (row) => [area[row] ?? -1]),
    rows: planes.where(() => true),
  };
});

/**
 * The words `area` and `status`: one approval has to satisfy both. With `areas=all` every asked area
 * needs an approval of its own.
 */
export class ApprovalGroup {
  readonly passes: Bits;
  readonly #everyone: Bits;
  /** By area, the approvals in it. */
  readonly areas: readonly RowBits[];
  readonly #state: StateAt;
  /** The approvals with an asked status. */
  readonly inStatus: RowBits;
  /** Sets of approvals of each of which a partner needs one that has an asked status. */
  readonly #needed: readonly RowBits[];
  /** Whether a partner without any approval can pass. */
  readonly #freely: boolean;

  constructor(columns: MatrixColumns, query: MatrixQuery, state: StateAt, everyone: Bits) {
    const { areas, rows, nothing } = indexOf(columns);
    const asked = query.area.map((id) => areas[columns.approvals.areaIds.place.get(id) ?? -1] ?? nothing);
    const [status = nothing, ...statuses] = query.status.map((word) => state.answering.get(word) ?? nothing);
    const [area, ...more] = asked;
    this.#everyone = everyone;
    this.areas = areas;
    this.#state = state;
    this.inStatus = either(status, ...statuses);
    this.#freely = area === undefined;
    this.#needed = area === undefined ? [rows] : query.areas === 'all' ? asked : [either(area, ...more)];
    this.passes = this.#freely && query.status.includes('any') ? everyone : this.#withApprovals(this.inStatus);
  }

  /** The partners that have every needed approval among `rows`. */
  #withApprovals(rows: RowBits): Bits {
    const [first, ...more] = this.#needed.map((needed) => owners(rows, needed, this.#everyone.length));
    return first === undefined ? this.#everyone : both(first, ...more);
  }

  /** How many of `partners` each status word would let through, were it the only one asked. */
  countStatuses(partners: Bits): readonly number[] {
    return statusWords.map((word) => {
      const rows = this.#state.answering.get(word);
      if (this.#freely && word === 'any') return countOwners(partners, partners, partners);
      const [needed, ...more] = this.#needed;
      if (rows === undefined || needed === undefined) return 0;
      if (more.length === 0) return countOwners(rows, needed, partners);
      return countOwners(partners, this.#withApprovals(rows), partners);
    });
  }
}
