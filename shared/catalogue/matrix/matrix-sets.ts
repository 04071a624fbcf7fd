import { ApprovalSets } from './approval-sets.ts';
import { allOf, wordsFor } from './bits.ts';
import type { MatrixColumns } from './columns.ts';
import { demandsOf } from './demands.ts';
import { FindingSets } from './finding-sets.ts';
import { OfferingSets } from './offering-sets.ts';
import { PartnerSet } from './partner-set.ts';
import { PartnerSets } from './partner-sets.ts';
import { perSnapshot } from './per-snapshot.ts';
import { SiteSets } from './site-sets.ts';

/** The sets of bits of a snapshot, made when a query first needs them. */
export const setsOf = perSnapshot((columns: MatrixColumns) => {
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
    everyone: allOf(partners.count),
  };
});
