import type { Role } from '../kernel/actors.ts';
import type { Decision } from '../kernel/events.ts';
import type { EngagementId, OrganizationId, PersonId, ProgramId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instants.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { resultConfirmed } from './events.ts';
import { mostGoals, type AgreedGoal, type Results } from './model.ts';

/** The roles that can speak for each side on a result. */
export const confirmable = {
  partner: ['partner:owner', 'partner:editor', 'partner:reporter'],
  district: ['district:superintendent', 'district:lead'],
} as const satisfies Readonly<Record<'partner' | 'district', readonly Role[]>>;

/** One side's word on a result: who gave it, for whom, in which role, when. */
export interface Confirmation {
  readonly person: PersonId;
  readonly organization: OrganizationId;
  readonly role: Role;
  readonly at: Instant;
}

export interface ResultInput {
  readonly engagement: EngagementId;
  readonly program: ProgramId;
  readonly partner: OrganizationId;
  readonly district: OrganizationId;
  readonly goal: AgreedGoal;
  readonly met: boolean;
  /** Absent for a side that has not confirmed. */
  readonly confirmedBy: { readonly partner?: Confirmation; readonly district?: Confirmation };
}

function speaksFor(side: keyof typeof confirmable, given: Confirmation, organization: OrganizationId): boolean {
  const roles: readonly Role[] = confirmable[side];
  return given.organization === organization && roles.includes(given.role);
}

/**
 * Records that both sides confirmed whether one goal was met. Refuses
 * - `wrong-state` until both sides have confirmed, or once the engagement has `mostGoals` results,
 * - `not-allowed` for a person of another organization, another role, or one person for both sides,
 * - `already-exists` for a goal that has a result: a confirmed result is not written over.
 */
export function confirmResult(
  results: Results | undefined,
  input: ResultInput,
  at: Instant,
): Result<Decision<Results, typeof resultConfirmed>, 'wrong-state' | 'not-allowed' | 'already-exists'> {
  const { engagement, program, partner, district, met } = input;
  const goal = { id: input.goal.id, words: input.goal.words };
  const before = results ?? { engagement, program, partner, district, confirmed: [] };
  if (
    before.engagement !== engagement ||
    before.program !== program ||
    before.partner !== partner ||
    before.district !== district
  ) {
    throw new Error(`The results of ${before.engagement} were read for another engagement or other sides.`);
  }
  const sides = input.confirmedBy;
  if (sides.partner === undefined || sides.partner.at > at) {
    return refuse('wrong-state', 'The partner has not confirmed this result yet.');
  }
  if (sides.district === undefined || sides.district.at > at) {
    return refuse('wrong-state', 'The district has not confirmed this result yet.');
  }
  if (!speaksFor('partner', sides.partner, partner) || !speaksFor('district', sides.district, district)) {
    return refuse('not-allowed', 'A result is confirmed by one person of the partner and one of the district.');
  }
  if (sides.partner.person === sides.district.person) {
    return refuse('not-allowed', 'The two sides of a result are confirmed by two different people.');
  }
  if (before.confirmed.some((one) => one.goal.id === goal.id)) {
    return refuse('already-exists', 'This goal has a confirmed result already.');
  }
  if (before.confirmed.length >= mostGoals) {
    return refuse('wrong-state', `An engagement has results for at most ${mostGoals} goals.`);
  }
  return ok({
    next: { ...before, confirmed: [...before.confirmed, { goal, met, at }] },
    fact: {
      type: 'impact.result-confirmed',
      data: {
        engagement,
        program,
        partner,
        district,
        goal,
        met,
        number: before.confirmed.length + 1,
        confirmedBy: {
          partner: { person: sides.partner.person, at: sides.partner.at },
          district: { person: sides.district.person, at: sides.district.at },
        },
      },
    },
  });
}
