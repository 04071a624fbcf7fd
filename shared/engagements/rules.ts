import type { Person } from '../kernel/actors.ts';
import type { Decision } from '../kernel/events.ts';
import type { RequestId, TermId } from '../kernel/ids.ts';
import type { Day, Instant } from '../kernel/instants.ts';
import { showDay } from '../kernel/show-instant.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { roomBefore } from './capacity.ts';
import { contentChanges } from './content-changes.ts';
import { completed, replyBySentence, startSentence, unknownTerms } from './content-rules.ts';
import {
  invitationSent,
  requestAmended,
  requestDrafted,
  requestEdited,
  requestSent,
  requestWithdrawn,
} from './events.ts';
import type { AmendmentInput, RequestInput, WithdrawalInput } from './inputs.ts';
import { amendmentsAtMost } from './limits.ts';
import {
  type Amendment,
  type DraftedRequest,
  type Invitation,
  type Request,
  type RequestContent,
  type RequestTerms,
  type SentRequest,
} from './model.ts';
import type { PartnerFacts } from './partner-facts.ts';
import { districtMay, districtMayOnDraft, districtMayOnSent, type Barred } from './permission.ts';
import { whyRoleNot } from './permitted-acts.ts';

/** What the district does with its request up to the outcome. Nothing here reads a partner's answer. */

/** Begins a draft for the district that the person acts for. The caller brings the new id. */
export function draftRequest(
  actor: Person,
  at: Instant,
  id: RequestId,
  input: RequestInput,
  terms: RequestTerms,
): Result<Decision<DraftedRequest, typeof requestDrafted>, 'not-found' | 'not-allowed' | 'invalid'> {
  const acting = actor.acting;
  const role = whyRoleNot('draft', acting?.roles ?? []);
  if (acting === undefined || role !== undefined) return refuse('not-allowed', role);
  if (acting.program !== terms.id) return refuse('not-found');
  const unknown = unknownTerms(input, terms);
  if (Object.keys(unknown).length > 0) return refuse('invalid', undefined, unknown);
  const next: DraftedRequest = {
    id,
    program: terms.id,
    district: acting.organization,
    draftedAt: at,
    draftedBy: actor.person,
    phase: 'draft',
    content: input,
  };
  const { area } = input;
  return ok({
    next,
    fact: {
      type: requestDrafted.name,
      data: { request: id, district: next.district, ...(area === undefined ? {} : { area }) },
    },
  });
}

/** Replaces the draft's content. Gives `undefined` where nothing changed, so that saving again records nothing. */
export function editDraft(
  request: Request,
  actor: Person,
  at: Instant,
  input: RequestInput,
  terms: RequestTerms,
): Result<Decision<DraftedRequest, typeof requestEdited> | undefined, Barred | 'invalid'> {
  const may = districtMayOnDraft('edit', request, actor, at);
  if (!may.ok) return may;
  const unknown = unknownTerms(input, terms);
  if (Object.keys(unknown).length > 0) return refuse('invalid', undefined, unknown);
  const fields = contentChanges(may.value.content, input).map((change) => change.path);
  if (fields.length === 0) return ok(undefined);
  return ok({
    next: { ...may.value, content: input },
    fact: { type: requestEdited.name, data: { request: request.id, district: request.district, fields } },
  });
}

function fullSentence(partner: PartnerFacts, start: Day): string | undefined {
  const room = roomBefore(partner.capacity, start);
  if (room.has) return undefined;
  const since = room.from === undefined ? '' : `; it has room from ${showDay(room.from)}`;
  return `${partner.name} has no room for a start on ${showDay(start)}${since}.`;
}

type Unaskable = 'approval-inactive' | 'unclaimed' | 'at-capacity';

function unaskable(partner: PartnerFacts, start: Day): { code: Unaskable; sentence: string } | undefined {
  if (!partner.approved) {
    return { code: 'approval-inactive', sentence: `${partner.name} has no active approval in this priority area.` };
  }
  if (!partner.claimed) {
    return {
      code: 'unclaimed',
      sentence: `Nobody from ${partner.name} has an account here yet, so it cannot be sent a request.`,
    };
  }
  const full = fullSentence(partner, start);
  return full === undefined ? undefined : { code: 'at-capacity', sentence: full };
}

/** Every asked partner must be askable; each that is not is named at its place, the first gives the code. */
function allAskable(content: RequestContent, partners: readonly PartnerFacts[]): Result<RequestContent, Unaskable> {
  const barred = content.asked.flatMap((id, place) => {
    const facts = partners.find((one) => one.partner === id);
    const found =
      facts === undefined
        ? { code: 'approval-inactive' as const, sentence: `There is no approved partner ${id} in this priority area.` }
        : unaskable(facts, content.wantedStart);
    return found === undefined ? [] : [{ ...found, path: `asked.${place}` }];
  });
  const [first] = barred;
  if (first === undefined) return ok(content);
  return refuse(first.code, first.sentence, Object.fromEntries(barred.map((one) => [one.path, one.sentence])));
}

/** A sent request and one invitation for each asked partner: one transaction. */
export interface Sending {
  readonly request: Decision<SentRequest, typeof requestSent>;
  readonly invitations: readonly Decision<Invitation, typeof invitationSent>[];
}

/** @param partners facts of the asked partners, read at `at` in the request's area. */
export function send(
  request: Request,
  actor: Person,
  at: Instant,
  partners: readonly PartnerFacts[],
  terms: RequestTerms,
): Result<Sending, Barred | 'invalid' | Unaskable> {
  const may = districtMayOnDraft('send', request, actor, at);
  if (!may.ok) return may;
  const complete = completed(may.value.content, at, terms);
  if (!complete.ok) return complete;
  const content = complete.value;
  const askable = allAskable(content, partners);
  if (!askable.ok) return askable;
  const { id, program, district, draftedAt, draftedBy } = may.value;
  const { area, asked, need, replyBy, schools, grades, students, wantedStart, budget, funding } = content;
  return ok({
    request: {
      next: { id, program, district, draftedAt, draftedBy, phase: 'sent', content, sentAt: at, amendments: [] },
      fact: {
        type: requestSent.name,
        data: {
          request: id,
          district,
          area,
          title: need.title,
          partners: asked,
          schools: schools.length,
          grades,
          ...(students === undefined ? {} : { students }),
          wantedStart,
          ...(budget === undefined ? {} : { budget }),
          ...(funding === undefined ? {} : { funding }),
          replyBy,
        },
      },
    },
    invitations: asked.map((partner) => ({
      next: { request: id, partner, district, program, sentAt: at, amendmentSeen: 0 },
      fact: { type: invitationSent.name, data: { request: id, district, partner, area, title: need.title, replyBy } },
    })),
  });
}

/** A stored item may hold 100 kB; the rest is kept for the outcome, so that a request can always end. */
const amendedBytesAtMost = 60_000;

function amended(content: RequestContent, input: AmendmentInput): RequestContent {
  const { students, budget, ...kept } = content;
  const nextStudents = input.students === undefined ? students : (input.students ?? undefined);
  const nextBudget = input.budget === undefined ? budget : (input.budget ?? undefined);
  return {
    ...kept,
    need: { ...content.need, words: input.needWords ?? content.need.words },
    schools: input.schools ?? content.schools,
    grades: input.grades ?? content.grades,
    wantedStart: input.wantedStart ?? content.wantedStart,
    replyBy: input.replyBy ?? content.replyBy,
    ...(nextStudents === undefined ? {} : { students: nextStudents }),
    ...(nextBudget === undefined ? {} : { budget: nextBudget }),
  };
}

function refusedAmendment(
  before: RequestContent,
  after: RequestContent,
  at: Instant,
  terms: RequestTerms,
): Readonly<Record<string, string>> | undefined {
  const fields: Record<string, string> = {};
  const start = after.wantedStart === before.wantedStart ? undefined : startSentence(after.wantedStart, at, terms);
  if (start !== undefined) fields.wantedStart = start;
  if (after.replyBy !== before.replyBy) {
    const reply =
      after.replyBy < before.replyBy ? 'The reply-by can only be moved later.' : replyBySentence(after.replyBy, at, 0);
    if (reply !== undefined) fields.replyBy = reply;
  }
  return Object.keys(fields).length === 0 ? undefined : fields;
}

/**
 * Changes a sent request for all invited partners alike, while they can still reply.
 * @param partners facts of the invited partners that have not declined; read only where the start moves,
 *   earlier or later, so that nobody is asked for a start without room: the limit is one for a school year.
 */
export function amend(
  request: Request,
  actor: Person,
  at: Instant,
  input: AmendmentInput,
  partners: readonly PartnerFacts[],
  terms: RequestTerms,
): Result<Decision<SentRequest, typeof requestAmended>, Barred | 'invalid' | 'at-capacity' | 'too-large'> {
  const may = districtMayOnSent('amend', request, actor, at);
  if (!may.ok) return may;
  const before = may.value;
  const content = amended(before.content, input);
  const changes = contentChanges(before.content, content);
  if (changes.length === 0) return refuse('invalid', 'An amendment changes at least one field; nothing was changed.');
  const fields = refusedAmendment(before.content, content, at, terms);
  if (fields !== undefined) return refuse('invalid', undefined, fields);
  if (content.wantedStart !== before.content.wantedStart) {
    const full = partners
      .map((one) => fullSentence(one, content.wantedStart))
      .find((sentence) => sentence !== undefined);
    if (full !== undefined) return refuse('at-capacity', full, { wantedStart: full });
  }
  if (before.amendments.length >= amendmentsAtMost) {
    return refuse(
      'too-large',
      `A request is amended at most ${amendmentsAtMost} times. Withdraw it and send a new one.`,
    );
  }
  const entry: Amendment = { number: before.amendments.length + 1, at, words: input.words, changes };
  const next: SentRequest = { ...before, content, amendments: [...before.amendments, entry] };
  if (new TextEncoder().encode(JSON.stringify(next)).length > amendedBytesAtMost) {
    return refuse('too-large', 'The amendments of this request are too long to keep. Withdraw it and send a new one.');
  }
  return ok({
    next,
    fact: {
      type: requestAmended.name,
      reason: input.words,
      data: {
        request: request.id,
        district: request.district,
        area: content.area,
        partners: content.asked,
        number: entry.number,
        fields: changes.map((change) => change.path),
        replyBy: content.replyBy,
        wantedStart: content.wantedStart,
      },
    },
  });
}

/** The name of a coded reason, or undefined where the program has no such reason for this act. */
export function reasonName(
  terms: RequestTerms,
  list: 'decline' | 'noneSuitable' | 'cancel' | 'withdraw',
  reason: TermId,
): string | undefined {
  return terms.reasons[list].find((one) => one.id === reason)?.name;
}

/** Takes a draft or a sent request back before any outcome. */
export function withdraw(
  request: Request,
  actor: Person,
  at: Instant,
  input: WithdrawalInput,
  terms: RequestTerms,
): Result<Decision<Request, typeof requestWithdrawn>, Barred | 'invalid'> {
  const may = districtMay('withdraw', request, actor, at);
  if (!may.ok) return may;
  const name = reasonName(terms, 'withdraw', input.reason);
  if (name === undefined) {
    return refuse('invalid', undefined, { reason: 'Choose one of the reasons for withdrawing a request.' });
  }
  const withdrawn = {
    at,
    by: actor.person,
    reason: input.reason,
    ...(input.words === undefined ? {} : { words: input.words }),
  };
  const { area } = request.content;
  return ok({
    next: { ...request, withdrawn },
    fact: {
      type: requestWithdrawn.name,
      reason: input.words ?? name,
      data: {
        request: request.id,
        district: request.district,
        ...(area === undefined ? {} : { area }),
        partners: request.phase === 'sent' ? request.content.asked : [],
        reason: input.reason,
      },
    },
  });
}
