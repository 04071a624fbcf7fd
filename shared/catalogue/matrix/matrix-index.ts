import { ApprovalDemand } from './approval-demand.ts';
import { ApprovalSets } from './approval-sets.ts';
import { allOf, wordsFor } from './bits.ts';
import type { MatrixColumns } from './columns.ts';
import { FindingDemand } from './finding-demand.ts';
import { FindingSets } from './finding-sets.ts';
import { OfferingDemand } from './offering-demand.ts';
import { OfferingSets } from './offering-sets.ts';
import { PartnerSet } from './partner-set.ts';
import { PartnerDemand } from './partner-demand.ts';
import { PartnerSets } from './partner-sets.ts';
import { perSnapshot } from './per-snapshot.ts';
import { SiteSets } from './site-sets.ts';
import type { Demands } from './single-pass.ts';

/** What queries of one snapshot ask, kept from one to the next so that asking allocates nothing. */
export const demandsOf = perSnapshot((columns): Demands => ({
  approval: new ApprovalDemand(columns),
  offering: new OfferingDemand(columns),
  finding: new FindingDemand(columns),
  partner: new PartnerDemand(columns),
  text: undefined,
}));

/** The sets of bits of a snapshot, made when a query first needs them. */
export const setsOf = perSnapshot((columns) => {
  const { approval, offering, finding, partner } = demandsOf(columns);
  return {
    approval: new ApprovalSets(columns, approval),
    offering: new OfferingSets(columns, offering),
    finding: new FindingSets(columns, finding),
    partner: new PartnerSets(columns, partner),
    site: new SiteSets(columns, partner),
  };
});

/** Sets of partners that a query writes and the next one writes over. */
export const scratchOf = perSnapshot(({ partners }: MatrixColumns) => {
  const words = wordsFor(partners.count);
  return {
    found: new PartnerSet(words),
    others: new PartnerSet(words),
    added: new PartnerSet(words),
    text: new Int32Array(words),
    everyone: allOf(partners.count),
  };
});
