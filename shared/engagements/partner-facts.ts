import type { OrganizationId } from '../kernel/ids.ts';
import type { CapacityFacts } from './capacity.ts';

/** What the catalogue knows of a partner at the instant of the act, in the request's area. */
export interface ApprovalFacts {
  readonly partner: OrganizationId;
  /** As the district knows it: refusals name the partner. */
  readonly name: string;
  /** The approval in the request's area is active or conditional. */
  readonly approved: boolean;
}

export interface PartnerFacts extends ApprovalFacts {
  /** Somebody of the organization has an account, so a request reaches a person. */
  readonly claimed: boolean;
  readonly capacity: CapacityFacts;
}
