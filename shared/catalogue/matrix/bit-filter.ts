import type { MatrixColumns } from './columns.ts';
import { countApprovals, countAreas, countFindings, countOfferings, countPartners } from './count-facets.ts';
import { listedStatus } from './approval-sets.ts';
import { scratchOf, setsOf } from './matrix-sets.ts';
import type { Asked, Found } from './single-pass.ts';

/**
 * The matrix by sets of bits: each thing that is asked gives the set of partners that pass it, the answer
 * is what these have in common, and a facet is counted among those that pass everything but its own word.
 */
export function bitFilter(columns: MatrixColumns, asked: Asked): Found {
  const { demands, state, costs } = asked;
  const sets = setsOf(columns);
  const scratch = scratchOf(columns);
  const { approval, offering, finding, partner, site, values } = sets;
  const { hurdles, tally } = scratch;
  if (offering.read(costs)) values.readCosts(offering);
  if (approval.read(state)) values.readState(approval, offering, state);

  // Approvals and offerings meet in their areas, so only both together fall into words.
  const isSplit = approval.isSplit && offering.isFlat;
  offering.ask(costs);
  hurdles.begin(asked.found);
  approval.addTo(hurdles, isSplit && demands.offering.isDemanded ? offering.inAskedAreas : undefined);
  offering.addTo(hurdles, isSplit);
  finding.addTo(hurdles);
  hurdles.add('record', 'record', partner.passingRecord());
  hurdles.add('capacity', 'capacity', partner.passingCapacity(state));
  hurdles.add('site', 'site', site.passing());
  if (demands.text !== undefined) hurdles.add('text', 'text', { bits: demands.text, from: 0 });
  const total = hurdles.end();
  const isListed = demands.approval.statuses === listedStatus;
  tally.begin(isListed ? values.partners.listed : values.partners.everyone);

  const answer: Found = { total, leftOut: { tier: 0, record: 0, capacity: 0, unpriced: 0 } };
  const counting = { asked, sets, scratch, answer, isSplit };
  countApprovals(counting);
  countAreas(counting);
  countOfferings(counting);
  countFindings(counting);
  countPartners(counting);
  return answer;
}
