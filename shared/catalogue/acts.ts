import type { Role } from '../kernel/actors.ts';
import type { ApprovalStatus } from './model.ts';

/**
 * Who may do what to a listing and to an approval, and in which status, as data: the rules decide by
 * these tables, and a page reads them to show a button or to say why it is off.
 */
export type ListingAct = 'create' | 'save-draft' | 'discard-draft' | 'publish-draft';

export type ApprovalAct =
  | 'grant'
  | 'set-condition'
  | 'meet-condition'
  | 'put-on-probation'
  | 'end-probation'
  | 'suspend'
  | 'lift-suspension'
  | 'end'
  | 'renew';

/** The roles in the partner's own organization, or in the program's agency, that may do each act. */
export const listingRoles = {
  create: ['agency:program-lead'],
  'save-draft': ['partner:owner', 'partner:editor'],
  'discard-draft': ['partner:owner', 'partner:editor'],
  'publish-draft': ['partner:owner', 'partner:editor'],
} as const satisfies Readonly<Record<ListingAct, readonly Role[]>>;

/** The roles in the program's agency that may do any act on an approval. */
export const approvalRoles = ['agency:program-lead', 'agency:determiner'] as const satisfies readonly Role[];

/** The statuses in which each act may be done. Where there is no approval yet, it can only be granted. */
export const allowedIn = {
  grant: ['published', 'lapsed', 'removed'],
  'set-condition': ['upcoming', 'active', 'conditional', 'probation', 'suspended'],
  'meet-condition': ['upcoming', 'conditional', 'probation', 'suspended'],
  'put-on-probation': ['active', 'conditional'],
  'end-probation': ['probation'],
  suspend: ['active', 'conditional', 'probation', 'published'],
  'lift-suspension': ['suspended'],
  end: ['upcoming', 'active', 'conditional', 'probation', 'suspended', 'published'],
  renew: ['active', 'conditional', 'probation'],
} as const satisfies Readonly<Record<ApprovalAct, readonly ApprovalStatus[]>>;

const standing = {
  upcoming: 'This approval has not begun yet.',
  active: 'This approval is active.',
  conditional: 'This approval is active with a condition.',
  probation: 'This approval is on probation.',
  suspended: 'This approval is suspended.',
  lapsed: 'This approval has ended.',
  removed: 'This approval was taken away.',
  published: 'This approval is known only from a published list, without its dates.',
} as const satisfies Readonly<Record<ApprovalStatus, string>>;

const needs = {
  grant: 'A new one can be granted once no other is in force or about to begin.',
  'set-condition': 'A condition can be set on an approval that was granted here and is not over.',
  'meet-condition': 'Only a condition that binds can be marked as met.',
  'put-on-probation': 'Probation can begin while an approval is active.',
  'end-probation': 'There is no probation to end.',
  suspend: 'It can be suspended while it is in force.',
  'lift-suspension': 'There is no suspension to lift.',
  end: 'There is nothing left to end.',
  renew: 'It can be renewed while it is active or on probation; otherwise a new one is granted.',
} as const satisfies Readonly<Record<ApprovalAct, string>>;

/** Why an act cannot be done in this status, in sentences for the page; undefined when it can. */
export function whyNot(act: ApprovalAct, status: ApprovalStatus | undefined): string | undefined {
  if (status === undefined) return act === 'grant' ? undefined : 'There is no approval in this area yet.';
  const statuses: readonly ApprovalStatus[] = allowedIn[act];
  return statuses.includes(status) ? undefined : `${standing[status]} ${needs[act]}`;
}

/** The same for an approval whose area no source shows: whatever is new is granted in an area. */
export function whyNotWithoutArea(act: ApprovalAct, status: ApprovalStatus | undefined): string | undefined {
  return act === 'grant' ? 'A new approval is granted in a priority area, so not here.' : whyNot(act, status);
}
