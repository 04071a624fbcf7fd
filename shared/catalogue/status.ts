import type { Instant } from '../kernel/instants.ts';
import { isInstant } from '../kernel/iso-text.ts';
import type { Approval, ApprovalStatus } from './model.ts';

/**
 * What an approval's dates say at one instant. Nothing here is stored: the same facts give another
 * answer a millisecond later, and no scheduled job has to run for that.
 */

/** The approvals that the matrix lists unless somebody asks for others. */
export const listedByDefault = ['active', 'conditional', 'published'] as const satisfies readonly ApprovalStatus[];

/** The approvals under which a partner can be sent a request or be awarded one. */
export const askable = ['active', 'conditional'] as const satisfies readonly ApprovalStatus[];

export function isListedByDefault(status: ApprovalStatus): boolean {
  return listedByDefault.some((one) => one === status);
}

export function isAskable(status: ApprovalStatus): boolean {
  return askable.some((one) => one === status);
}

interface Span {
  readonly from: Instant;
  readonly until?: Instant | undefined;
}

/** `until` is the first instant that no longer counts; without it the span stays open. */
function covers(span: Span, at: Instant): boolean {
  return span.from <= at && (span.until === undefined || at < span.until);
}

/**
 * The status of an approval at `at`. The first that holds, in this order: removed,
 * upcoming, lapsed, suspended, published, probation, conditional, active.
 *
 * `ends` is the last instant that counts. A condition binds until it is met, also past its due
 * date: a missed date is a matter for the state, and its silence ends no approval. An approval that
 * was neither granted nor published is not in force yet, so it is upcoming.
 */
export function statusAt(approval: Approval, at: Instant): ApprovalStatus {
  const { removed, granted, ends, probation } = approval;
  if (removed !== undefined && removed.at <= at) return 'removed';
  const isSuspended = approval.suspensions.some((one) => covers(one, at));
  if (granted === undefined && approval.asPublished !== undefined) return isSuspended ? 'suspended' : 'published';
  if (granted === undefined) return 'upcoming';
  if (at < granted) return 'upcoming';
  if (ends !== undefined && at > ends) return 'lapsed';
  if (isSuspended) return 'suspended';
  if (probation !== undefined && covers(probation, at)) return 'probation';
  if (approval.conditions.some((one) => covers({ from: one.from, until: one.metAt }, at))) return 'conditional';
  return 'active';
}

/** Undefined past the year 9999, where dates are written with a sign and no longer sort as text. */
function justAfter(at: Instant): Instant | undefined {
  const next = new Date(Date.parse(at) + 1).toISOString();
  return isInstant(next) ? next : undefined;
}

/**
 * The first instant after `at` at which the status differs from the one at `at`; undefined when the
 * facts known now never change it again.
 */
export function nextStatusChange(approval: Approval, at: Instant): Instant | undefined {
  const spans: readonly (Span | undefined)[] = [
    approval.probation,
    ...approval.suspensions,
    ...approval.conditions.map((one) => ({ from: one.from, until: one.metAt })),
  ];
  const boundaries = [
    approval.removed?.at,
    approval.granted,
    approval.ends === undefined ? undefined : justAfter(approval.ends),
    ...spans.flatMap((span) => [span?.from, span?.until]),
  ];
  const now = statusAt(approval, at);
  return boundaries
    .filter((boundary) => boundary !== undefined)
    .toSorted()
    .find((boundary) => boundary > at && statusAt(approval, boundary) !== now);
}
