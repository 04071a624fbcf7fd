import type { Role } from '../kernel/actors.ts';
import { draftRoles } from './draft-roles.ts';

/** Who may do what with a request. `draft` begins one, so no status limits it. */
export const actRoles = {
  read: ['district:superintendent', 'district:lead', 'district:committee', 'district:viewer'],
  draft: draftRoles,
  edit: ['district:superintendent', 'district:lead'],
  send: ['district:superintendent', 'district:lead'],
  amend: ['district:superintendent', 'district:lead'],
  withdraw: ['district:superintendent', 'district:lead'],
  'answer-question': ['district:superintendent', 'district:lead'],
  comment: ['district:superintendent', 'district:lead', 'district:committee'],
  'record-outcome': ['district:superintendent'],
  'mark-seen': ['partner:owner', 'partner:editor', 'partner:reporter', 'partner:viewer'],
  answer: ['partner:owner', 'partner:editor'],
  ask: ['partner:owner', 'partner:editor'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Act = keyof typeof actRoles;
