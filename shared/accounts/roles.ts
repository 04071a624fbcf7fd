import { rolesOf, type OrganizationKind, type Role } from '../kernel/actors.ts';
import type { ProgramId } from '../kernel/ids.ts';
import type { Organization } from './model.ts';

/** The role that is in charge of an organization: it invites, approves, changes roles and removes. */
export const headRole = {
  partner: 'partner:owner',
  district: 'district:superintendent',
  agency: 'agency:program-lead',
} as const satisfies Record<OrganizationKind, Role>;

/** Every role that is in charge somewhere, for the routes that ask for one. */
export const headRoles: readonly Role[] = Object.values(headRole);

export function isRoleOf(kind: OrganizationKind, role: Role): boolean {
  return rolesOf[kind].some((word) => role === `${kind}:${word}`);
}

/** The program in which an organization's roles hold; a partner's hold in every program. */
export function programOf(organization: Organization): ProgramId | undefined {
  return organization.kind === 'partner' ? undefined : organization.program;
}

/** The program whose lead answers for bringing the organization in. */
export function stewardOf(organization: Organization): ProgramId {
  return organization.kind === 'partner' ? organization.introducedBy : organization.program;
}
