import type { OrganizationKind, Role } from '#shared/kernel/actors.ts';

interface RoleWords {
  readonly name: string;
  /** What somebody in it does here. */
  readonly does: string;
}

export const roleWords: Readonly<Record<Role, RoleWords>> = {
  'district:superintendent': {
    name: 'Superintendent',
    does: 'Decides: records the outcome of requests, and manages the people of the district.',
  },
  'district:lead': { name: 'Lead', does: 'Writes, sends and amends requests and answers questions about them.' },
  'district:committee': { name: 'Committee member', does: 'Reads requests and answers, and comments on them.' },
  'district:viewer': { name: 'Viewer', does: 'Reads requests and answers.' },
  'partner:owner': {
    name: 'Owner',
    does: 'Answers requests, edits the listing and manages the people of the partner.',
  },
  'partner:editor': { name: 'Editor', does: 'Answers requests and edits the listing.' },
  'partner:reporter': { name: 'Reporter', does: 'Reads requests and reports on engagements.' },
  'partner:viewer': { name: 'Viewer', does: 'Reads requests and answers.' },
  'agency:program-lead': {
    name: 'Program lead',
    does: 'Runs the program: decides on approvals and manages the people of the agency.',
  },
  'agency:screener': { name: 'Screener', does: 'Checks that applications are complete.' },
  'agency:reviewer': { name: 'Reviewer', does: 'Reviews applications.' },
  'agency:chair': { name: 'Chair', does: 'Leads the reviewers of a case to a recommendation.' },
  'agency:determiner': { name: 'Determiner', does: 'Decides on approvals.' },
  'agency:liaison': { name: 'Liaison', does: 'Works with districts and their partners.' },
  'agency:plan-manager': { name: 'Plan manager', does: 'Looks after improvement plans.' },
  'agency:network-coordinator': { name: 'Network coordinator', does: 'Runs the networks and their events.' },
  'agency:auditor': { name: 'Auditor', does: 'Reads everything and changes nothing.' },
};

/** The names of roles as one line: `Lead, Viewer`. */
export function roleNames(roles: readonly Role[]): string {
  return roles.map((role) => roleWords[role].name).join(', ');
}

/** The roles of a kind of organization, to choose from. */
export function roleOptions(kind: OrganizationKind): readonly { value: string; label: string; hint: string }[] {
  return Object.entries(roleWords)
    .filter(([role]) => role.startsWith(`${kind}:`))
    .map(([role, { name, does }]) => ({ value: role, label: name, hint: does }));
}

export const kindWords: Readonly<Record<OrganizationKind, string>> = {
  district: 'District',
  partner: 'Partner',
  agency: 'State agency',
};
