import { ApprovalSets } from './approval-sets.ts';
import { wordsFor } from './bits.ts';
import type { MatrixColumns } from './columns.ts';
import { demandsOf } from './demands.ts';
import { FacetTally } from './facet-tally.ts';
import { FindingSets } from './finding-sets.ts';
import { Hurdles } from './hurdles.ts';
import { MatrixValues } from './matrix-values.ts';
import { OfferingSets } from './offering-sets.ts';
import { PartnerSet } from './partner-set.ts';
import { PartnerSets } from './partner-sets.ts';
import { perSnapshot } from './per-snapshot.ts';
import { SiteSets } from './site-sets.ts';

/** The sets of bits of a snapshot, made when a query first needs them. */
export const setsOf = perSnapshot((columns: MatrixColumns) => {
  const { approval, offering, finding, partner } = demandsOf(columns);
  const sets = {
    approval: new ApprovalSets(columns, approval),
    offering: new OfferingSets(columns, offering),
    finding: new FindingSets(columns, finding),
    partner: new PartnerSets(columns, partner),
    site: new SiteSets(columns, partner),
  };
  const values = new MatrixValues(columns, sets.offering, sets.finding, (site) => sets.site.totalOf(site));
  return { ...sets, values };
});

/** What a query writes and the next one writes over. */
export const scratchOf = perSnapshot((columns: MatrixColumns) => {
  const { count } = columns.partners;
  const hurdles = new Hurdles(count);
  return {
    hurdles,
    tally: new FacetTally(setsOf(columns).values.partners, hurdles, count),
    others: new PartnerSet(wordsFor(count)),
    added: new PartnerSet(wordsFor(count)),
    rest: new Int32Array(wordsFor(count)),
  };
});

export type MatrixSets = ReturnType<typeof setsOf>;
export type Scratch = ReturnType<typeof scratchOf>;
