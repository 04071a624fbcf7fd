import type { ApprovalDemand } from './approval-demand.ts';
import { has, put, type Bits } from './bits.ts';
import type { MatrixColumns } from './columns.ts';
import { Tally, type FacetLayout } from './facets.ts';
import type { FindingDemand } from './finding-demand.ts';
import type { OfferingDemand } from './offering-demand.ts';
import type { PartnerDemand } from './partner-demand.ts';
import type { StateAt } from './state-at.ts';
import type { YearCosts } from './year-costs.ts';

/** What a query asks of a partner, in the parts that one approval, one offering, one finding satisfies. */
export interface Demands {
  readonly approval: ApprovalDemand;
  readonly offering: OfferingDemand;
  readonly finding: FindingDemand;
  readonly partner: PartnerDemand;
  /** The partners in which the asked text is found; undefined where none is asked. */
  text: Bits | undefined;
}

/** The groups into which the words of a query fall: a partner has to pass each, and each by itself. */
export const groups = ['approval', 'offering', 'finding', 'record', 'capacity', 'site', 'text'] as const;
export type Group = (typeof groups)[number];

export interface Found {
  total: number;
  readonly leftOut: { tier: number; record: number; capacity: number; unpriced: number };
}

/** What is known beside the demands, and where the answer is written. */
export interface Asked {
  readonly demands: Demands;
  readonly state: StateAt;
  readonly costs: YearCosts;
  readonly layout: FacetLayout;
  /** The counts of all facets, all 0. */
  readonly counts: Int32Array;
  /** The partners that pass everything; empty. */
  readonly found: Bits;
}

/** A way to answer; all of them give the same answer, which tests hold. */
export type Way = (columns: MatrixColumns, asked: Asked) => Found;

const bit: Readonly<Record<Group, number>> = {
  approval: 1,
  offering: 2,
  finding: 4,
  record: 8,
  capacity: 16,
  site: 32,
  text: 64,
};

/** The groups that the partner does not pass, a bit each. */
function failed({ approval, offering, finding, partner, text }: Demands, row: number): number {
  return (
    (approval.passes(row) ? 0 : bit.approval) |
    (offering.passes(row) ? 0 : bit.offering) |
    (finding.passes(row) ? 0 : bit.finding) |
    (partner.passesRecord(row) ? 0 : bit.record) |
    (partner.passesCapacity(row) ? 0 : bit.capacity) |
    (partner.passesSite(row) ? 0 : bit.site) |
    (text === undefined || has(text, row) ? 0 : bit.text)
  );
}

/**
 * The matrix in one pass over its rows: each partner is asked what it passes, and counted in the
 * facets of a group where it passes all the others. For few partners this is as fast as sets of bits,
 * which are not worth making then.
 */
export function singlePass({ partners }: MatrixColumns, { demands, layout, counts, found }: Asked): Found {
  const tally = new Tally(counts);
  const answer: Found = { total: 0, leftOut: { tier: 0, record: 0, capacity: 0, unpriced: 0 } };
  for (let row = 0; row < partners.count; row += 1) {
    const failing = failed(demands, row);
    if (failing === 0) {
      answer.total += 1;
      put(found, row);
    }
    tally.next();
    // Passing all the others is failing at most this one.
    const passesOthers = (group: number): boolean => (failing & ~group) === 0;
    if (passesOthers(bit.approval)) demands.approval.countStatuses(row, tally, layout);
    if (passesOthers(bit.approval | bit.offering)) countAreas(demands, row, tally, layout);
    if (passesOthers(bit.offering)) {
      demands.offering.count(row, tally, layout);
      if (failing !== 0 && !demands.offering.unpricedToo && demands.offering.passesUnpriced(row))
        answer.leftOut.unpriced += 1;
    }
    if (passesOthers(bit.finding)) {
      demands.finding.count(row, tally, layout);
      if (demands.finding.leavesOut && demands.finding.isLeftOut(row)) answer.leftOut.tier += 1;
    }
    if (passesOthers(bit.record)) {
      demands.partner.countRecord(row, tally, layout);
      if (demands.partner.isRecordLeftOut(row)) answer.leftOut.record += 1;
    }
    if (passesOthers(bit.capacity)) {
      demands.partner.countCapacity(row, tally, layout);
      if (demands.partner.isCapacityLeftOut(row)) answer.leftOut.capacity += 1;
    }
    if (passesOthers(bit.site)) demands.partner.countSites(row, tally, layout);
  }
  return answer;
}

/**
 * Counts the areas of a partner that passes all but the approvals and the offerings: an area counts
 * where an approval and, if one is demanded, an offering are for it. With `areas=all` it is added to
 * the asked ones: each of these needs its approval, and the offering any one of them.
 */
function countAreas({ approval, offering }: Demands, row: number, tally: Tally, { at }: FacetLayout): void {
  const isAdded = approval.isAll && approval.areas.length > 0;
  if (isAdded && !approval.passes(row)) return;
  approval.eachArea(row, (area) => {
    if (!offering.isDemanded || offering.fitsIn(row, area, isAdded)) tally.add(at.area + area);
  });
}
