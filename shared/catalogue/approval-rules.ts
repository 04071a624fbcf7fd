import { holds, type Actor, type Author } from '../kernel/actors.ts';
import type { Decision, EventType } from '../kernel/events.ts';
import type { OrganizationId, TermId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instants.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { areasInUse, areasOf } from '../programs/areas.ts';
import type { Area, Program } from '../programs/program.ts';
import { approvalRoles, whyNot, whyNotWithoutArea, type ApprovalAct } from './acts.ts';
import type {
  approvalConditionMet,
  approvalConditionSet,
  approvalEnded,
  approvalEntered,
  approvalGranted,
  approvalProbationEnded,
  approvalPutOnProbation,
  approvalRenewed,
  approvalSuspended,
  approvalSuspensionLifted,
} from './events.ts';
import type { Approval } from './model.ts';
import { statusAt } from './status.ts';

/**
 * What the state decides about one approval. Every rule refuses `not-allowed` to other roles,
 * `not-found` to the agency of another program, `wrong-state` where `whyNot` of `acts.ts` gives a
 * sentence, and `invalid` for an input that cannot be, with a sentence for the field.
 *
 * An approval's words and reasons are public: they stand in the change log.
 */

type Code = 'not-allowed' | 'not-found' | 'wrong-state' | 'invalid';
type Decided<T extends EventType, C extends Code | 'already-exists' = Code> = Result<Decision<Approval, T>, C>;

/** How many conditions, and how many suspensions, `approval` of the model can hold. */
const mostEntries = 20;

function invalid(field: string, sentence: string) {
  return refuse('invalid', sentence, { [field]: sentence });
}

function refusedTo(actor: Actor, program: Program['id']) {
  if (!holds(actor, ...approvalRoles)) return refuse('not-allowed');
  const theirs = actor.kind === 'person' && actor.acting?.program === program;
  return theirs ? undefined : refuse('not-found');
}

/** The refusal for this actor, act and instant, if there is one. */
function refused(act: ApprovalAct, approval: Approval, actor: Actor, at: Instant) {
  const stranger = refusedTo(actor, approval.program);
  if (stranger !== undefined) return stranger;
  const reason = whyNot(act, statusAt(approval, at));
  return reason === undefined ? undefined : refuse('wrong-state', reason);
}

/** Notes when the state decided last, so that a page can cite that decision for what it shows. */
function decidedAt(at: Instant, next: Approval): Approval {
  return { ...next, decidedAt: at };
}

function named(approval: Approval) {
  return { partner: approval.partner, ...(approval.area === undefined ? {} : { area: approval.area }) };
}

function isOneOf(areas: readonly Area[], area: TermId): boolean {
  return areas.some((one) => one.id === area);
}

function unknownArea(program: Program) {
  return invalid('area', `Choose one of the priority areas that ${program.name} uses.`);
}

function isReason(program: Program, reason: TermId): boolean {
  return program.reasons.approval.some((one) => one.id === reason);
}

const chooseReason = 'Choose one of the reasons on the list.';
const laterThanNow = 'Choose a date that is still to come.';

export interface PublishedApproval {
  readonly partner: OrganizationId;
  readonly area?: TermId;
  readonly asPublished: NonNullable<Approval['asPublished']>;
  readonly source?: NonNullable<Approval['source']>;
}

/**
 * Enters an approval that a published list shows. An import does this as a part of the system.
 * Refuses `already-exists` where this partner has an approval in this area.
 */
export function enterPublishedApproval(
  existing: Approval | undefined,
  by: Actor | Extract<Author, { kind: 'system' }>,
  input: PublishedApproval,
  program: Program,
): Decided<typeof approvalEntered, Code | 'already-exists'> {
  const stranger = by.kind === 'system' ? undefined : refusedTo(by, program.id);
  if (stranger !== undefined) return stranger;
  if (existing !== undefined) return refuse('already-exists', 'This partner has an approval in this area already.');
  if (input.area !== undefined && !isOneOf(areasOf(program), input.area)) return unknownArea(program);
  const { partner, area, asPublished, source } = input;
  const next: Approval = {
    program: program.id,
    partner,
    ...(area === undefined ? {} : { area }),
    asPublished,
    ...(source === undefined ? {} : { source }),
    conditions: [],
    suspensions: [],
  };
  return ok({ next, fact: { type: 'catalogue.approval-entered', data: { ...named(next), asPublished } } });
}

export interface Grant {
  readonly partner: OrganizationId;
  /** Undefined where the published list did not show it: a new approval is then refused. */
  readonly area: TermId | undefined;
  /** The first instant of the approval. */
  readonly granted: Instant;
  /** The last instant that counts. */
  readonly ends: Instant;
}

/**
 * Grants an approval, anew where an earlier one is over. It may begin before today only where there
 * was none, so that no grant makes an end or a removal look as if it had not been. What was only
 * published is replaced at once, so that the partner does not leave the list until a later beginning.
 */
export function grantApproval(
  existing: Approval | undefined,
  actor: Actor,
  at: Instant,
  input: Grant,
  program: Program,
): Decided<typeof approvalGranted> {
  const { partner, area, granted, ends } = input;
  const stranger = refusedTo(actor, program.id);
  if (stranger !== undefined) return stranger;
  const status = existing === undefined ? undefined : statusAt(existing, at);
  if (area === undefined) return refuse('wrong-state', whyNotWithoutArea('grant', status));
  const reason = whyNot('grant', status);
  if (reason !== undefined) return refuse('wrong-state', reason);
  if (!isOneOf(areasInUse(program), area)) return unknownArea(program);
  if (ends < granted) return invalid('ends', 'An approval ends after it begins.');
  if (ends <= at) return invalid('ends', laterThanNow);
  if (status === 'published' && granted > at) {
    return invalid('granted', 'This partner is listed already, so the approval begins today or earlier.');
  }
  if ((status === 'lapsed' || status === 'removed') && granted < at) {
    return invalid('granted', 'The approval before this one is over, so a new one begins today or later.');
  }
  const next = decidedAt(at, {
    program: program.id,
    partner,
    area,
    granted,
    ends,
    ...(existing?.asPublished === undefined ? {} : { asPublished: existing.asPublished }),
    conditions: [],
    suspensions: [],
  });
  return ok({ next, fact: { type: 'catalogue.approval-granted', data: { partner, area, granted, ends } } });
}

/** Sets a condition that binds from now until it is met, also past `due`. */
export function setCondition(
  approval: Approval,
  actor: Actor,
  at: Instant,
  input: { readonly text: string; readonly due?: Instant },
): Decided<typeof approvalConditionSet> {
  const no = refused('set-condition', approval, actor, at);
  if (no !== undefined) return no;
  if (input.due !== undefined && input.due <= at) return invalid('due', laterThanNow);
  const due = input.due === undefined ? {} : { due: input.due };
  const condition = approval.conditions.length;
  if (condition >= mostEntries) return refuse('wrong-state', `An approval has at most ${mostEntries} conditions.`);
  return ok({
    next: decidedAt(at, { ...approval, conditions: [...approval.conditions, { text: input.text, from: at, ...due }] }),
    fact: { type: 'catalogue.approval-condition-set', data: { ...named(approval), condition, ...due } },
  });
}

/** Marks a condition as met from now on. `condition` is its position, from 0. */
export function meetCondition(
  approval: Approval,
  actor: Actor,
  at: Instant,
  condition: number,
): Decided<typeof approvalConditionMet> {
  const no = refused('meet-condition', approval, actor, at);
  if (no !== undefined) return no;
  const given = approval.conditions[condition];
  if (given === undefined) return refuse('not-found', 'This approval has no such condition.');
  if (given.metAt !== undefined) return refuse('wrong-state', 'This condition was marked as met already.');
  return ok({
    next: decidedAt(at, { ...approval, conditions: approval.conditions.with(condition, { ...given, metAt: at }) }),
    fact: { type: 'catalogue.approval-condition-met', data: { ...named(approval), condition } },
  });
}

/** Puts the approval on probation from now, until the instant given or until that is ended. */
export function putOnProbation(
  approval: Approval,
  actor: Actor,
  at: Instant,
  input: { readonly until?: Instant; readonly words?: string },
): Decided<typeof approvalPutOnProbation> {
  const no = refused('put-on-probation', approval, actor, at);
  if (no !== undefined) return no;
  const until = input.until === undefined ? {} : { until: input.until };
  if (input.until !== undefined && input.until <= at) return invalid('until', laterThanNow);
  return ok({
    next: decidedAt(at, { ...approval, probation: { from: at, ...until } }),
    fact: {
      type: 'catalogue.approval-put-on-probation',
      data: { ...named(approval), ...until },
      ...(input.words === undefined ? {} : { reason: input.words }),
    },
  });
}

export function endProbation(approval: Approval, actor: Actor, at: Instant): Decided<typeof approvalProbationEnded> {
  const no = refused('end-probation', approval, actor, at);
  if (no !== undefined) return no;
  const from = approval.probation?.from ?? at;
  return ok({
    next: decidedAt(at, { ...approval, probation: { from, until: at } }),
    fact: { type: 'catalogue.approval-probation-ended', data: named(approval) },
  });
}

/** Suspends the approval from now, until the instant given or until that is lifted. */
export function suspend(
  approval: Approval,
  actor: Actor,
  at: Instant,
  input: { readonly reason: TermId; readonly words?: string; readonly until?: Instant },
  program: Program,
): Decided<typeof approvalSuspended> {
  const no = refused('suspend', approval, actor, at);
  if (no !== undefined) return no;
  const { reason, words } = input;
  const until = input.until === undefined ? {} : { until: input.until };
  if (!isReason(program, reason)) return invalid('reason', chooseReason);
  if (input.until !== undefined && input.until <= at) return invalid('until', laterThanNow);
  if (approval.suspensions.length >= mostEntries) {
    return refuse('wrong-state', `An approval that was suspended ${mostEntries} times can only be ended.`);
  }
  return ok({
    next: decidedAt(at, { ...approval, suspensions: [...approval.suspensions, { from: at, ...until, reason }] }),
    fact: {
      type: 'catalogue.approval-suspended',
      data: { ...named(approval), reason, ...until },
      ...(words === undefined ? {} : { reason: words }),
    },
  });
}

/** Lifts every suspension that holds now. */
export function liftSuspension(
  approval: Approval,
  actor: Actor,
  at: Instant,
): Decided<typeof approvalSuspensionLifted> {
  const no = refused('lift-suspension', approval, actor, at);
  if (no !== undefined) return no;
  const suspensions = approval.suspensions.map((one) =>
    one.from <= at && (one.until === undefined || at < one.until) ? { ...one, until: at } : one,
  );
  return ok({
    next: decidedAt(at, { ...approval, suspensions }),
    fact: { type: 'catalogue.approval-suspension-lifted', data: named(approval) },
  });
}

/** Takes the approval away from now on, for a coded reason. */
export function endApproval(
  approval: Approval,
  actor: Actor,
  at: Instant,
  input: { readonly reason: TermId; readonly words?: string },
  program: Program,
): Decided<typeof approvalEnded> {
  const no = refused('end', approval, actor, at);
  if (no !== undefined) return no;
  const { reason, words } = input;
  if (!isReason(program, reason)) return invalid('reason', chooseReason);
  return ok({
    next: decidedAt(at, { ...approval, removed: { at, reason, ...(words === undefined ? {} : { words }) } }),
    fact: {
      type: 'catalogue.approval-ended',
      data: { ...named(approval), reason },
      ...(words === undefined ? {} : { reason: words }),
    },
  });
}

/** Moves the end of an approval that is in force to a later instant; conditions and probation stay. */
export function renewApproval(
  approval: Approval,
  actor: Actor,
  at: Instant,
  ends: Instant,
): Decided<typeof approvalRenewed> {
  const no = refused('renew', approval, actor, at);
  if (no !== undefined) return no;
  if (approval.ends === undefined) return refuse('wrong-state', 'This approval has no end, so it needs no renewal.');
  if (ends <= approval.ends) return invalid('ends', 'A renewed approval ends later than it did before.');
  return ok({
    next: decidedAt(at, { ...approval, ends }),
    fact: { type: 'catalogue.approval-renewed', data: { ...named(approval), ends } },
  });
}
