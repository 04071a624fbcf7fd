import { intersect, type Bits } from './bits.ts';
import type { MatrixColumns } from './columns.ts';
import { recordSteps } from './facets.ts';
import { scratchOf, setsOf } from './matrix-sets.ts';
import type { PartnerSet } from './partner-set.ts';
import { groups, type Asked, type Found, type Group } from './single-pass.ts';

/**
 * The matrix by sets of bits: each group gives the set of partners that pass it, the answer is what
 * these have in common, and the facets of a group are counted among those that pass all the others.
 */
export function bitFilter(columns: MatrixColumns, { demands, state, costs, layout, counts, found: all }: Asked): Found {
  const { approval, offering, finding, partner, site } = setsOf(columns);
  const { found, others, added, everyone } = scratchOf(columns);
  const passing: Readonly<Record<Group, Bits | undefined>> = {
    approval: approval.passing(state),
    offering: offering.passing(costs),
    finding: finding.passing(),
    record: partner.passingRecord(),
    capacity: partner.passingCapacity(state),
    site: site.passing(),
    text: demands.text,
  };
  /** Who passes all groups but these. Most words are absent from most queries, and their groups let everyone pass. */
  const passingAllBut = (into: PartnerSet, first?: Group, second?: Group): PartnerSet => {
    let common: Bits | undefined;
    for (const group of groups) {
      const set = group === first || group === second ? undefined : passing[group];
      if (set === undefined) continue;
      if (common !== undefined) intersect(into.bits, common, set);
      common = common === undefined ? set : into.bits;
    }
    if (common !== into.bits) into.bits.set(common ?? everyone);
    return into.read();
  };
  const allBut = (group: Group, second: Group = group): PartnerSet =>
    passing[group] === undefined && passing[second] === undefined ? found : passingAllBut(others, group, second);

  const { total } = passingAllBut(found);
  all.set(found.bits);
  const answer: Found = { total, leftOut: { tier: 0, record: 0, capacity: 0, unpriced: 0 } };

  approval.countStatuses(allBut('approval'), counts, layout);
  const isAdded = demands.approval.isAll && demands.approval.areas.length > 0;
  let forAreas = allBut('approval', demands.offering.isDemanded ? 'offering' : 'approval');
  if (isAdded && passing.approval !== undefined) {
    intersect(added.bits, forAreas.bits, passing.approval);
    forAreas = added.read();
  }
  offering.countAreas(forAreas, approval, isAdded, counts, layout);
  const forOfferings = allBut('offering');
  offering.count(forOfferings, counts, layout);
  if (!demands.offering.unpricedToo) answer.leftOut.unpriced = offering.countUnpricedToo(forOfferings, costs) - total;
  const forFindings = allBut('finding');
  finding.count(forFindings, counts, layout);
  if (demands.finding.leavesOut) answer.leftOut.tier = finding.countLeftOut(forFindings);
  partner.countRecord(allBut('record'), counts, layout);
  if (demands.partner.leavesOutRecord) answer.leftOut.record = counts[layout.at.record + recordSteps.length] ?? 0;
  partner.countCapacity(allBut('capacity'), state, counts, layout);
  if (demands.partner.leavesOutCapacity) answer.leftOut.capacity = counts[layout.at.capacity + 1] ?? 0;
  site.count(allBut('site'), counts, layout);
  return answer;
}
