import type { Role } from '../kernel/actors.ts';
import { actRoles, type Act } from './act-roles.ts';
import type { PartnerPhase, RequestStatus } from './status.ts';

export type ActOnRequest = Exclude<Act, 'draft'>;
/** A partner's page knows only its own phase, never how a request ended for others. */
export type ActStatus = RequestStatus | PartnerPhase;

/** In which statuses each act is possible. From every status but an end, `withdraw` leads to one. */
export const actStatuses = {
  read: ['draft', 'open', 'closed', 'awarded', 'none-suitable', 'cancelled', 'withdrawn', 'ended'],
  edit: ['draft'],
  send: ['draft'],
  amend: ['open'],
  withdraw: ['draft', 'open', 'closed'],
  'answer-question': ['open', 'closed'],
  comment: ['draft', 'open', 'closed'],
  'record-outcome': ['open', 'closed'],
  'mark-seen': ['open', 'closed'],
  answer: ['open'],
  ask: ['open'],
} as const satisfies Record<ActOnRequest, readonly ActStatus[]>;

const statusClause: Readonly<Record<ActStatus, string>> = {
  draft: 'This request has not been sent yet',
  open: 'This request has been sent and partners can still reply',
  closed: 'The time to reply to this request is over',
  awarded: 'This request has been awarded',
  'none-suitable': 'It was recorded that no partner suits this request',
  cancelled: 'This request was cancelled',
  withdrawn: 'This request was withdrawn',
  ended: 'This request has ended',
};

const actClause: Readonly<Record<ActOnRequest, string>> = {
  read: 'it cannot be read',
  edit: 'its draft can no longer be changed',
  send: 'it cannot be sent',
  amend: 'it cannot be amended',
  withdraw: 'it cannot be withdrawn',
  'answer-question': 'questions about it cannot be answered',
  comment: 'nobody can comment on it',
  'record-outcome': 'no outcome can be recorded',
  'mark-seen': 'opening it is not recorded',
  answer: 'it cannot be answered',
  ask: 'no question can be asked',
};

const roleWords: Readonly<Partial<Record<Role, string>>> = {
  'district:superintendent': 'the superintendent',
  'district:lead': 'a lead',
  'district:committee': 'a committee member',
  'district:viewer': 'a viewer',
  'partner:owner': 'an owner',
  'partner:editor': 'an editor',
  'partner:reporter': 'a reporter',
  'partner:viewer': 'a viewer',
};

/** Why none of these roles may do the act, in a sentence; undefined where one of them may. */
export function whyRoleNot(act: Act, roles: readonly Role[]): string | undefined {
  const wanted: readonly Role[] = actRoles[act];
  if (roles.some((one) => wanted.includes(one))) return undefined;
  const names = wanted.map((one) => roleWords[one] ?? one);
  const side = wanted.some((one) => one.startsWith('partner:')) ? 'partner' : 'district';
  return `Only ${new Intl.ListFormat('en-US', { type: 'disjunction' }).format(names)} of the ${side} can do this.`;
}

/** Why the act is not possible now, in a sentence; undefined where it is. */
export function whyStatusNot(act: ActOnRequest, status: ActStatus): string | undefined {
  const allowed: readonly ActStatus[] = actStatuses[act];
  return allowed.includes(status) ? undefined : `${statusClause[status]}, so ${actClause[act]}.`;
}

/** Why a button is off, in a sentence; undefined where it is on. */
export function whyNot(act: ActOnRequest, status: ActStatus, roles: readonly Role[]): string | undefined {
  return whyRoleNot(act, roles) ?? whyStatusNot(act, status);
}
