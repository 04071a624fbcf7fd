import type { Approval, ApprovalStatus } from '#shared/catalogue/model.ts';
import {
  endApproval,
  grantApproval,
  meetCondition,
  putOnProbation,
  renewApproval,
  setCondition,
  suspend,
} from '#shared/catalogue/approval-rules.ts';
import { authorOf, type Person } from '#shared/kernel/actors.ts';
import type { Decision } from '#shared/kernel/events.ts';
import { termId, type OrganizationId, type TermId } from '#shared/kernel/ids.ts';
import { plusMilliseconds, millisecondsPerDay, type Instant } from '#shared/kernel/instants.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import type { History } from '#platform/history.ts';
import { recordApproval } from '../../catalogue/index.ts';
import type { Calendar } from './calendar.ts';
import { decided } from './decided.ts';
import type { Random } from './random.ts';

export type InventedStatus = Exclude<ApprovalStatus, 'published'>;

export interface ApprovalPlan {
  readonly partner: OrganizationId;
  readonly area: TermId;
  /** What the approval's facts say now. */
  readonly status: InventedStatus;
  /** How many terms came before the one that is in force, or that ended last: at least one, for the next may not have begun. */
  readonly earlierTerms: number;
  readonly history: History;
  readonly program: Program;
  readonly calendar: Calendar;
  /** Of the agency. */
  readonly actor: Person;
  readonly random: Random;
}

interface Act {
  readonly at: Instant;
  readonly decide: (before: Approval, at: Instant) => Result<Decision<Approval>>;
}

/** When the partner came onto the list in this area: the June before its first term. */
export function firstGrant(plan: Pick<ApprovalPlan, 'status' | 'earlierTerms' | 'calendar'>): Instant {
  const { status, earlierTerms, calendar } = plan;
  if (status === 'upcoming') return calendar.ago(16);
  return plusMilliseconds(
    calendar.startOfTerm(lastTerm(plan.status, calendar) - 1 - earlierTerms),
    -19 * millisecondsPerDay,
  );
}

/** The year in which the last term ends. */
function lastTerm(status: InventedStatus, calendar: Calendar): number {
  return status === 'lapsed' ? calendar.lastTermEnded : calendar.termEnds;
}

/** Grants the approval, renews it each year and brings it to its present status, all by the rules. */
export function recordApprovalHistory(plan: ApprovalPlan): Approval {
  const { history, program, actor, calendar, status, partner, area } = plan;
  const by = authorOf(actor);
  const at = firstGrant(plan);
  const ends = lastTerm(status, calendar);
  const term =
    status === 'upcoming'
      ? {
          granted: calendar.startOf(calendar.dayOf(calendar.ago(-45))),
          ends: calendar.endOfTerm(calendar.termEnds + 1),
        }
      : {
          granted: calendar.startOfTerm(ends - 1 - plan.earlierTerms),
          ends: calendar.endOfTerm(ends - plan.earlierTerms),
        };
  let approval = recordApproval(
    history,
    decided(grantApproval(undefined, actor, at, { partner, area, ...term }, program)),
    at,
    by,
  );
  const acts = [
    ...(status === 'upcoming' ? [] : renewals(plan, ends)),
    ...earlierCondition(plan, ends),
    ...presentActs(plan),
  ];
  for (const act of acts.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    approval = recordApproval(history, decided(act.decide(approval, act.at)), act.at, by);
  }
  return approval;
}

/** In May of each year in which a term ends and another follows. */
function renewals({ calendar, random, actor, earlierTerms }: ApprovalPlan, ends: number): readonly Act[] {
  return Array.from({ length: earlierTerms }, (_, place) => {
    const year = ends - earlierTerms + place;
    const end = calendar.endOfTerm(year);
    const until = calendar.endOfTerm(year + 1);
    return {
      at: calendar.working(
        random,
        plusMilliseconds(end, -56 * millisecondsPerDay),
        plusMilliseconds(end, -42 * millisecondsPerDay),
      ),
      decide: (before, at) => renewApproval(before, actor, at, until),
    };
  });
}

const conditions = [
  'Send the report on results of the last school year.',
  'Publish a price for each offering.',
  'Name a second person who can lead engagements.',
  'Give the agency a study of results that is not older than five years.',
] as const;

/** Some were approved with a condition at first and met it the same winter. */
function earlierCondition(
  { calendar, random, actor, status, earlierTerms }: ApprovalPlan,
  ends: number,
): readonly Act[] {
  if (status === 'upcoming' || earlierTerms === 0 || !random.chance(0.25)) return [];
  const start = calendar.startOfTerm(ends - 1 - earlierTerms);
  const [set, met] = [calendar.after(random, start, 20, 80), calendar.after(random, start, 110, 200)];
  const text = random.pick(conditions);
  return [
    {
      at: set,
      decide: (before, at) => setCondition(before, actor, at, { text, due: calendar.after(random, set, 100, 140) }),
    },
    { at: met, decide: (before, at) => meetCondition(before, actor, at, 0) },
  ];
}

/** Reasons by which a state would act against a partner; any of the program's where it has none of these. */
function reasonFor(program: Program, random: Random, fitting: readonly string[]): TermId {
  const found = program.reasons.approval.filter((one) => fitting.includes(one.id));
  return termId.parse(random.pick(found.length > 0 ? found : program.reasons.approval).id);
}

const suspending = ['reporting-overdue', 'financial-capacity', 'conduct', 'evidence-missing'];
const ending = ['results-below-agreed', 'law-or-contract', 'at-partners-wish', 'merged-or-closed'];

function presentActs(plan: ApprovalPlan): readonly Act[] {
  const { calendar, random, actor, program, status } = plan;
  // A suspended or removed approval is not renewed, so these come after the last May.
  const lately = calendar.ago(random.whole(1, 9) + random.share());
  switch (status) {
    case 'conditional': {
      const at = calendar.after(random, calendar.ago(110), 1, 90);
      const input = { text: random.pick(conditions), due: calendar.ago(-random.whole(10, 90)) };
      return [{ at, decide: (before, moment) => setCondition(before, actor, moment, input) }];
    }
    case 'probation': {
      const input = {
        words: 'Results fell short in two engagements; the agency looks again after half a year.',
        ...(random.chance(0.6) ? { until: calendar.ago(-random.whole(30, 150)) } : {}),
      };
      return [{ at: lately, decide: (before, at) => putOnProbation(before, actor, at, input) }];
    }
    case 'suspended': {
      const input = {
        reason: reasonFor(program, random, suspending),
        ...(random.chance(0.5) ? { until: calendar.ago(-random.whole(20, 60)) } : {}),
      };
      return [{ at: lately, decide: (before, at) => suspend(before, actor, at, input, program) }];
    }
    case 'removed': {
      const input = { reason: reasonFor(program, random, ending) };
      return [{ at: lately, decide: (before, at) => endApproval(before, actor, at, input, program) }];
    }
    case 'active':
    case 'lapsed':
    case 'upcoming':
      return [];
  }
}
