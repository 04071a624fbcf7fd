import * as z from 'zod';
import type { OrganizationKind, Role } from '../kernel/actors.ts';
import { organizationId, personId, programId, requestId, type OrganizationId } from '../kernel/ids.ts';
import { instant, millisecondsPerDay, plusMilliseconds, type Instant } from '../kernel/instants.ts';
import type { ApprovalFacts, Facts, JoinFacts, RequestFacts } from './facts.ts';
import { pages } from './pages.ts';

/**
 * What somebody has to do, computed from facts alone. The task list and the mails both ask here, so
 * that they cannot disagree.
 */

/** How long the state's list shows a need that no partner could meet; nobody has to tick it off. */
export const unmetNeedDays = 30;

const ofRequest = { request: requestId, title: z.string() };

/** What is to be done, with what its sentence needs. The words live with the page. */
export const work = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer-request'), ...ofRequest, district: organizationId }),
  z.object({ kind: z.literal('look-at-answers'), ...ofRequest, answers: z.int().min(1), asked: z.int().min(1) }),
  z.object({ kind: z.literal('record-outcome'), ...ofRequest, answers: z.int().min(0), asked: z.int().min(1) }),
  z.object({ kind: z.literal('answer-questions'), ...ofRequest, questions: z.int().min(1) }),
  z.object({ kind: z.literal('look-at-unmet-need'), ...ofRequest, district: organizationId }),
  z.object({ kind: z.literal('decide-join-request'), organization: organizationId, person: personId }),
]);
export type Work = z.infer<typeof work>;
export type TaskKind = Work['kind'];

/** The roles that can do each kind of work, by the rules of the context it belongs to. */
export const taskRoles = {
  'answer-request': ['partner:owner', 'partner:editor'],
  'look-at-answers': ['district:superintendent', 'district:lead'],
  'record-outcome': ['district:superintendent'],
  'answer-questions': ['district:superintendent', 'district:lead'],
  'look-at-unmet-need': ['agency:program-lead', 'agency:liaison'],
  'decide-join-request': ['partner:owner', 'district:superintendent', 'agency:program-lead'],
} as const satisfies Readonly<Record<TaskKind, readonly Role[]>>;

/** As the task list shows it. */
export const taskView = z.object({
  id: z.string(),
  what: work,
  program: programId,
  page: z.string(),
  /** The last instant in which it can be done; absent where there is no deadline. */
  due: instant.optional(),
  since: instant,
});
export type TaskView = z.infer<typeof taskView>;

export interface Task extends TaskView {
  readonly organization: OrganizationId;
  readonly roles: readonly Role[];
  /** Open at every instant from `from` to `until`, both included; without `until` until the facts change. */
  readonly open: { readonly from: Instant; readonly until?: Instant };
}

export function isOpen(task: Task, at: Instant): boolean {
  return task.open.from <= at && (task.open.until === undefined || at <= task.open.until);
}

/** Every task that these facts give somebody, now or at a later instant at which nothing else has to happen. */
export function tasksOf(facts: Facts): readonly Task[] {
  switch (facts.kind) {
    case 'request':
      return facts.ended === undefined ? openRequestTasks(facts) : endedRequestTasks(facts, facts.ended);
    case 'join':
      return joinTasks(facts);
    case 'approval':
      return approvalTasks(facts);
  }
}

function openRequestTasks(facts: RequestFacts): readonly Task[] {
  return [...partnerTasks(facts), ...answerTasks(facts), ...questionTasks(facts)];
}

function partnerTasks(facts: RequestFacts): readonly Task[] {
  const { request, title, district, program, replyBy } = facts;
  const waiting = facts.partners.filter((one) => one.answer === undefined);
  return waiting.map(({ partner }) => ({
    id: `answer-request-${request}`,
    what: { kind: 'answer-request', request, title, district },
    program,
    page: pages.partnerRequest(program, request),
    due: replyBy,
    since: facts.sentAt,
    organization: partner,
    roles: taskRoles['answer-request'],
    open: { from: facts.sentAt, until: replyBy },
  }));
}

/**
 * Answers are looked at as they come; the outcome can wait until all are in or the time is over. From
 * then on the superintendent has the second task in place of the first.
 */
function answerTasks(facts: RequestFacts): readonly Task[] {
  const { request, title, program, replyBy } = facts;
  const answered = facts.partners.flatMap((one) => one.answer?.at ?? []).toSorted();
  const [first, last] = [answered[0], answered.at(-1)];
  const complete = answered.length === facts.partners.length ? last : undefined;
  const counts = { request, title, answers: answered.length, asked: facts.partners.length };
  const base = { program, page: pages.districtRequest(program, request), organization: facts.district };
  const decideFrom = complete !== undefined && complete <= replyBy ? complete : plusMilliseconds(replyBy, 1);
  const decide: Task = {
    ...base,
    id: `record-outcome-${request}`,
    what: { kind: 'record-outcome', ...counts },
    since: decideFrom,
    roles: taskRoles['record-outcome'],
    open: { from: decideFrom },
  };
  if (first === undefined) return [decide];
  const look = { ...base, what: { kind: 'look-at-answers', ...counts } as const, since: first };
  const lead: Task = { ...look, id: `look-at-answers-${request}`, roles: ['district:lead'], open: { from: first } };
  if (complete !== undefined) return [decide, lead];
  const superintendent: Task = {
    ...look,
    id: `look-at-answers-${request}`,
    roles: ['district:superintendent'],
    open: { from: first, until: replyBy },
  };
  return [decide, lead, superintendent];
}

function questionTasks(facts: RequestFacts): readonly Task[] {
  const { request, title, program } = facts;
  const waiting = facts.questions.filter((one) => one.answeredAt === undefined).map((one) => one.askedAt);
  const [since] = waiting.toSorted();
  if (since === undefined) return [];
  return [
    {
      id: `answer-questions-${request}`,
      what: { kind: 'answer-questions', request, title, questions: waiting.length },
      program,
      page: pages.districtRequest(program, request),
      since,
      organization: facts.district,
      roles: taskRoles['answer-questions'],
      open: { from: since },
    },
  ];
}

function endedRequestTasks(facts: RequestFacts, ended: NonNullable<RequestFacts['ended']>): readonly Task[] {
  if (ended.how !== 'none-suitable') return [];
  const { request, title, district, program } = facts;
  return [
    {
      id: `look-at-unmet-need-${request}`,
      what: { kind: 'look-at-unmet-need', request, title, district },
      program,
      page: pages.demand(program),
      since: ended.at,
      organization: facts.agency,
      roles: taskRoles['look-at-unmet-need'],
      open: { from: ended.at, until: plusMilliseconds(ended.at, unmetNeedDays * millisecondsPerDay) },
    },
  ];
}

const headOf = {
  partner: 'partner:owner',
  district: 'district:superintendent',
  agency: 'agency:program-lead',
} as const satisfies Readonly<Record<OrganizationKind, Role>>;

function joinTasks(facts: JoinFacts): readonly Task[] {
  if (facts.decision !== undefined) return [];
  const { organization, person, program, askedAt } = facts;
  return [
    {
      id: `decide-join-request-${person}`,
      what: { kind: 'decide-join-request', organization, person },
      program,
      page: pages.people(organization),
      since: askedAt,
      organization,
      roles: [headOf[facts.organizationKind]],
      open: { from: askedAt },
    },
  ];
}

/** What happens to an approval is told, and asks nothing of the partner here. */
function approvalTasks(_facts: ApprovalFacts): readonly Task[] {
  return [];
}
