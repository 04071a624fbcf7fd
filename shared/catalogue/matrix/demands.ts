import { ApprovalDemand } from './approval-demand.ts';
import { FindingDemand } from './finding-demand.ts';
import { OfferingDemand } from './offering-demand.ts';
import { PartnerDemand } from './partner-demand.ts';
import { perSnapshot } from './per-snapshot.ts';
import type { Demands } from './single-pass.ts';

/** What queries of one snapshot ask, kept from one to the next instead of being made for each. */
export const demandsOf = perSnapshot((columns): Demands => ({
  approval: new ApprovalDemand(columns),
  offering: new OfferingDemand(columns),
  finding: new FindingDemand(columns),
  partner: new PartnerDemand(columns),
  text: undefined,
}));
