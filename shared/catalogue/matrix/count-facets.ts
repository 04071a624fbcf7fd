import { listedStatus } from './approval-sets.ts';
import { countCommon } from './bit-counts.ts';
import { intersect, unite } from './bit-sets.ts';
import type { Bits } from './bits.ts';
import { recordSteps, tierSteps } from './facets.ts';
import { findingWord, loosestTier } from './finding-demand.ts';
import type { Hurdle } from './hurdles.ts';
import type { MatrixSets, Scratch } from './matrix-sets.ts';
import { statusWords } from './query-words.ts';
import type { Asked, Found } from './single-pass.ts';

/** What facets are counted by, once all hurdles are known. */
export interface Counting {
  readonly asked: Asked;
  readonly sets: MatrixSets;
  readonly scratch: Scratch;
  readonly answer: Found;
  /** Whether the words of approvals and offerings are hurdles by themselves. */
  readonly isSplit: boolean;
}

const anyStatus = statusWords.indexOf('any');

export function countApprovals({ asked, sets, scratch }: Counting): void {
  const { counts, layout } = asked;
  const { hurdles, tally, others } = scratch;
  if (!sets.approval.isSplit) return sets.approval.countStatuses(hurdles.allBut(others, 'approval'), counts, layout);
  tally.among('status').write(sets.values.status, counts, layout.at.status);
  // Where areas are asked, these are partners with an approval in them; where none is, `any` asks for no approval.
  counts[layout.at.status + anyStatus] = tally.size;
}

export function countAreas({ asked, sets, scratch, isSplit }: Counting): void {
  const { demands, counts, layout } = asked;
  const { hurdles, tally, others, added } = scratch;
  const { approval, offering } = demands;
  if (approval.statuses === listedStatus && sets.approval.isSplit && (isSplit || !offering.isDemanded)) {
    const { area, offered } = sets.values;
    tally.among('area').write(offering.isDemanded ? offered : area, counts, layout.at.area);
    return;
  }
  const isAdded = approval.isAll && approval.areas.length > 0;
  const partners = hurdles.allBut(others, 'approval', 'offering');
  const passing = isAdded ? sets.approval.passing() : undefined;
  sets.approval.readAreas(approval.statuses);
  if (passing !== undefined) intersect(added.bits, partners.bits, passing.bits);
  sets.offering.countAreas(passing === undefined ? partners : added.read(), sets.approval, isAdded, counts, layout);
}

export function countOfferings({ asked, sets, scratch, answer, isSplit }: Counting): void {
  const { demands, costs, counts, layout } = asked;
  const { hurdles, tally, others } = scratch;
  const { isDemanded, unpricedToo } = demands.offering;
  const { at } = layout;
  const { offering, values } = sets;
  const areas = offering.inAskedAreas;
  const isOffered =
    areas === undefined || isDemanded || countCommon(hurdles.found, areas.bits, areas.from) === answer.total;
  if (demands.offering.asked === 0 || (isSplit && isOffered)) {
    tally.among('service').write(values.service, counts, at.service);
    tally.among('grade').write(values.grade, counts, at.grade);
    tally.among('condition').write(values.condition, counts, at.condition);
    if (unpricedToo) tally.among('cost').write(values.max, counts, at.max);
    if (hurdles.isAsked('cost')) {
      offering.countCosts(passingOthers(scratch, 'cost'), counts, layout);
    } else tally.write(values.priced, counts, at.unpriced);
  } else {
    offering.count(hurdles.allBut(others, 'offering'), counts, layout);
  }
  if (!unpricedToo)
    answer.leftOut.unpriced = offering.countUnpricedToo(hurdles.allBut(others, 'offering'), costs) - answer.total;
}

export function countFindings({ asked, sets, scratch, answer }: Counting): void {
  const { demands, counts, layout } = asked;
  const { hurdles, tally, others } = scratch;
  const { at } = layout;
  const { finding, values } = sets;
  const { asked: words, leavesOut, required } = demands.finding;
  if (words !== 0 && !finding.isSplit) {
    const partners = hurdles.allBut(others, 'finding');
    finding.count(partners, counts, layout);
    if (leavesOut) answer.leftOut.tier = finding.countLeftOut(partners);
    return;
  }
  tally.among('population').write(values.population, counts, at.population);
  tally.among('outcome').write(values.outcome, counts, at.outcome);
  tally.among('fund');
  for (let fund = 0; fund < required.length; fund += 1) {
    const tier = required[fund] ?? 0;
    // A fund that requires no tier asks for nothing.
    counts[at.fund + fund] = tier === 0 ? tally.size : tally.one(values.fund, tier - 1);
  }
  tally.among('tier').write(values.tier, counts, at.tier);
  const unknown = at.tier + tierSteps.length;
  const known = counts[at.tier + loosestTier - 1] ?? 0;
  if ((words & ~findingWord.tier) === 0) counts[unknown] = tally.size - known;
  if (words === 0) return;
  const partners = hurdles.bitsOfAllBut(others.bits, 'finding');
  if ((words & ~findingWord.tier) !== 0)
    counts[unknown] = finding.countPossible(words & ~findingWord.tier, partners) - known;
  if (leavesOut) answer.leftOut.tier = finding.countPossible(words, partners) - answer.total;
}

export function countPartners({ asked, sets, scratch, answer }: Counting): void {
  const { demands, counts, layout } = asked;
  const { tally } = scratch;
  const { at } = layout;
  sets.partner.countRecord(passingOthers(scratch, 'record'), counts, layout);
  if (demands.partner.leavesOutRecord) answer.leftOut.record = counts[at.record + recordSteps.length] ?? 0;
  tally.among('capacity').write(sets.values.capacity, counts, at.capacity);
  if (demands.partner.leavesOutCapacity) answer.leftOut.capacity = counts[at.capacity + 1] ?? 0;
  tally.among('site').write(sets.values.site, counts, at.site);
}

/** Who passes all hurdles but this one; holds until it is asked again. */
function passingOthers({ hurdles, rest }: Scratch, hurdle: Hurdle): Bits {
  if (!hurdles.failing(hurdle, rest)) return hurdles.found;
  unite(rest, hurdles.found);
  return rest;
}
