import type { OrganizationId, ProgramId, RequestId } from '../kernel/ids.ts';

/** The pages that notices and tasks lead to, as paths of the one public address. */
export const pages = {
  districtRequest: (program: ProgramId, request: RequestId) => `/${program}/requests/${request}`,
  partnerRequest: (program: ProgramId, request: RequestId) => `/${program}/invitations/${request}`,
  demand: (program: ProgramId) => `/${program}/demand`,
  partner: (program: ProgramId, partner: OrganizationId) => `/${program}/partners/${partner}`,
  people: (organization: OrganizationId) => `/account/organizations/${organization}`,
  account: () => '/account',
} as const;
