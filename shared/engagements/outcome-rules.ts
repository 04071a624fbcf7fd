import type { Person } from '../kernel/actors.ts';
import type { Decision, Fact } from '../kernel/events.ts';
import type { EngagementId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instants.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { engagementCreated, outcomeRecorded } from './events.ts';
import type { OutcomeInput } from './inputs.ts';
import type { Award, Engagement, Invitation, Outcome, Request, RequestTerms, SentRequest } from './model.ts';
import type { ApprovalFacts } from './partner-facts.ts';
import { assertSameRequest, districtMayOnSent, type Barred } from './permission.ts';
import { reasonName } from './rules.ts';

type Created = Decision<Engagement, typeof engagementCreated>;

/** The ended request and the engagements that its award creates: one transaction. */
export interface RecordedOutcome {
  readonly request: Decision<SentRequest, typeof outcomeRecorded>;
  readonly engagements: readonly Created[];
}

/** What the rule must be told. An outcome other than an award reads the invitations only. */
export interface OutcomeFacts {
  /** All invitations of the request. */
  readonly invitations: readonly Invitation[];
  /** The awarded partners' approvals, read at `at` in the request's area. */
  readonly partners: readonly ApprovalFacts[];
  /** One new id for each award, in the order of the awards. */
  readonly engagements: readonly EngagementId[];
}

type Unrecordable = Barred | 'invalid' | 'approval-inactive';

/**
 * Ends a request, before or after the reply-by. Room is not asked again: a partner that answered with a
 * start has said so itself.
 */
export function recordOutcome(
  request: Request,
  actor: Person,
  at: Instant,
  input: OutcomeInput,
  facts: OutcomeFacts,
  terms: RequestTerms,
): Result<RecordedOutcome, Unrecordable> {
  const may = districtMayOnSent('record-outcome', request, actor, at);
  if (!may.ok) return may;
  for (const one of facts.invitations) assertSameRequest(request, one);
  const base = { at, by: actor.person, ...(input.words === undefined ? {} : { words: input.words }) };
  switch (input.kind) {
    case 'awarded':
      return awarded(may.value, at, input, base, facts);
    case 'none-suitable': {
      const names = input.reasons.map((reason) => reasonName(terms, 'noneSuitable', reason));
      const known = names.filter((name) => name !== undefined);
      if (known.length < names.length) {
        return refuse('invalid', undefined, { reasons: 'Choose reasons from the list of the program.' });
      }
      const outcome: Outcome = { kind: 'none-suitable', ...base, reasons: input.reasons };
      const data = { kind: outcome.kind, ...outcomeData(may.value, facts), reasons: input.reasons };
      return ok({ request: ended(may.value, outcome, data, input.words ?? known.join('; ')), engagements: [] });
    }
    case 'cancelled': {
      const name = reasonName(terms, 'cancel', input.reason);
      if (name === undefined) {
        return refuse('invalid', undefined, { reason: 'Choose one of the reasons for cancelling a request.' });
      }
      const outcome: Outcome = { kind: 'cancelled', ...base, reason: input.reason };
      const data = { kind: outcome.kind, ...outcomeData(may.value, facts), reason: input.reason };
      return ok({ request: ended(may.value, outcome, data, input.words ?? name), engagements: [] });
    }
  }
}

function outcomeData(request: SentRequest, facts: OutcomeFacts) {
  return {
    request: request.id,
    district: request.district,
    area: request.content.area,
    title: request.content.need.title,
    sentAt: request.sentAt,
    partners: request.content.asked,
    interested: facts.invitations.filter((one) => one.answer?.kind === 'interested').map((one) => one.partner),
  };
}

function ended(
  request: SentRequest,
  outcome: Outcome,
  data: Fact<typeof outcomeRecorded>['data'],
  reason: string | undefined,
): Decision<SentRequest, typeof outcomeRecorded> {
  return {
    next: { ...request, outcome },
    fact: { type: outcomeRecorded.name, data, ...(reason === undefined ? {} : { reason: reason.slice(0, 4000) }) },
  };
}

function awarded(
  request: SentRequest,
  at: Instant,
  input: Extract<OutcomeInput, { kind: 'awarded' }>,
  base: Pick<Outcome, 'at' | 'by' | 'words'>,
  facts: OutcomeFacts,
): Result<RecordedOutcome, 'invalid' | 'approval-inactive'> {
  const awards: Award[] = [];
  const engagements: Created[] = [];
  for (const [place, { partner, words }] of input.awards.entries()) {
    const path = `awards.${place}.partner`;
    const answer = facts.invitations.find((one) => one.partner === partner)?.answer;
    const approval = facts.partners.find((one) => one.partner === partner);
    if (answer?.kind !== 'interested') {
      const sentence = `${approval?.name ?? partner} has not answered that it is interested, so it cannot be awarded.`;
      return refuse('invalid', sentence, { [path]: sentence });
    }
    if (approval?.approved !== true) {
      const sentence = `${approval?.name ?? partner} has no active approval in this priority area.`;
      return refuse('approval-inactive', sentence, { [path]: sentence });
    }
    const id = facts.engagements[place];
    if (id === undefined) throw new Error(`No id was given for the engagement with ${partner}.`);
    awards.push({ partner, engagement: id, ...(words === undefined ? {} : { words }) });
    engagements.push(created(request, partner, id, answer.start, words, at));
  }
  const outcome: Outcome = { kind: 'awarded', ...base, awards };
  const data = {
    kind: outcome.kind,
    ...outcomeData(request, facts),
    awards: awards.map(({ partner, engagement }) => ({ partner, engagement })),
  };
  return ok({ request: ended(request, outcome, data, base.words), engagements });
}

function created(
  request: SentRequest,
  partner: Engagement['partner'],
  id: EngagementId,
  start: Engagement['start'],
  part: string | undefined,
  at: Instant,
): Created {
  const { district, program } = request;
  const { area } = request.content;
  return {
    next: {
      id,
      request: request.id,
      partner,
      district,
      program,
      area,
      ...(part === undefined ? {} : { part }),
      start,
      agreedAt: at,
    },
    fact: {
      type: engagementCreated.name,
      data: { engagement: id, request: request.id, partner, district, area, start },
    },
  };
}
