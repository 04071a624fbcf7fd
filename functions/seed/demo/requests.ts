import { askQuestion, answerQuestion, comment } from '#shared/engagements/discussion-rules.ts';
import { requestInput, type RequestInput } from '#shared/engagements/inputs.ts';
import { answerDecline, answerInterested, markSeen } from '#shared/engagements/invitation-rules.ts';
import type { Engagement, Invitation, SentRequest } from '#shared/engagements/model.ts';
import { recordOutcome, type OutcomeFacts } from '#shared/engagements/outcome-rules.ts';
import type { OutcomeInput } from '#shared/engagements/inputs.ts';
import type { PartnerFacts } from '#shared/engagements/partner-facts.ts';
import { draftRequest, send, withdraw } from '#shared/engagements/rules.ts';
import { authorOf, type Person } from '#shared/kernel/actors.ts';
import type { RequestId, TermId } from '#shared/kernel/ids.ts';
import { millisecondsPerDay, plusMilliseconds, type Day, type Instant } from '#shared/kernel/instants.ts';
import { dollars } from '#shared/kernel/money.ts';
import type { Grade, Program } from '#shared/programs/program.ts';
import { gradeOrder } from '#shared/programs/grades.ts';
import type { History } from '#platform/history.ts';
import {
  recordComment,
  recordEngagement,
  recordInvitation,
  recordQuestion,
  recordRequest,
  recordSummaries,
} from '../../engagements/index.ts';
import { acting } from '../demonstration-person.ts';
import type { Calendar } from './calendar.ts';
import { decided } from './decided.ts';
import type { InventedDistrict } from './districts.ts';
import { madeFor } from './names.ts';
import { askableAreas, type InventedPartner } from './partners.ts';
import { peopleOfDistrict, type DistrictPeople } from './people.ts';
import type { Random } from './random.ts';
import { awardWords, comments, interestedWords, questions, replies, requestWords } from './request-words.ts';

export interface RequestSetting {
  readonly history: History;
  readonly program: Program;
  readonly calendar: Calendar;
}

export interface RequestPlan {
  /** Makes the ids of everything that belongs to the request. */
  readonly slot: string;
  readonly random: Random;
  readonly district: InventedDistrict;
  readonly area: TermId;
  readonly asked: readonly InventedPartner[];
  readonly sentAt: Instant;
  readonly replyBy: Instant;
  /** Room is asked for only where it is known for that time: of the present, not of past years. */
  readonly present: boolean;
}

export interface OpenRequest {
  readonly plan: RequestPlan;
  readonly people: DistrictPeople;
  readonly superintendent: Person;
  readonly lead: Person;
  /** As its last recorded fact left it. */
  request: SentRequest;
  readonly invitations: Map<InventedPartner, Invitation>;
  readonly engagements: Engagement[];
}

/** The grades in words, from the first to the last: `grades 6 to 8`. */
export function gradeWords(grades: readonly Grade[]): string {
  const [first, last] = [grades[0], grades.at(-1)];
  if (first === undefined || last === undefined) return 'all grades';
  return first === last ? `grade ${first}` : `grades ${first} to ${last}`;
}

export function requestContentFor(setting: RequestSetting, plan: RequestPlan): RequestInput {
  const { random, district, area } = plan;
  const { program, calendar } = setting;
  const schools = random.some(district.schools, random.whole(1, Math.min(3, district.schools.length)));
  const covered = gradeOrder.filter((grade) => schools.some((one) => one.grades.includes(grade)));
  const from = covered.length > 5 ? random.whole(0, covered.length - 4) : 0;
  const grades = covered.slice(from, from + random.whole(3, 5));
  const areaName = program.areaSchemes.flatMap((scheme) => scheme.areas).find((one) => one.id === area)?.name ?? area;
  const students = schools.reduce((sum, one) => sum + (one.enrollment?.value ?? 0), 0);
  const high = random.whole(6, 36) * 2_500;
  const [funding] = random.some(
    program.funding.filter((one) => one.active),
    1,
  );
  return requestInput.parse({
    need: requestWords(random, areaName, gradeWords(grades)),
    area,
    schools: schools.map((one) => one.id),
    grades,
    students: Math.max(1, Math.round((students * grades.length) / Math.max(1, covered.length))),
    wantedStart: startDay(plan, calendar, 25, 60),
    budget: { ...(random.chance(0.6) ? { low: dollars(high / 2) } : {}), high: dollars(high) },
    ...(funding !== undefined && random.chance(0.8) ? { funding: funding.id } : {}),
    replyBy: plan.replyBy,
    asked: plan.asked.map((one) => one.id),
  });
}

function startDay({ random, sentAt }: RequestPlan, calendar: Calendar, least: number, most: number): Day {
  return calendar.dayOf(plusMilliseconds(sentAt, random.whole(least, most) * millisecondsPerDay));
}

function factsOf(partner: InventedPartner, plan: RequestPlan): PartnerFacts {
  return {
    partner: partner.id,
    name: partner.name,
    approved: askableAreas(partner, plan.sentAt).includes(plan.area),
    claimed: partner.claimed,
    capacity: { ...(plan.present ? { stated: partner.content.capacity } : {}), engagements: [] },
  };
}

/** Drafts and sends a request; nobody has opened it yet. */
export function sendInvented(setting: RequestSetting, plan: RequestPlan): OpenRequest {
  const { history, program } = setting;
  const { random, sentAt } = plan;
  const people = peopleOfDistrict(program, plan.district.index);
  const [superintendent, lead] = [
    acting(people.superintendent, plan.district.district.id),
    acting(people.lead, plan.district.district.id),
  ];
  const id: RequestId = madeFor.request(program.id, plan.slot);
  const draftedAt = plusMilliseconds(sentAt, -Math.round((0.2 + 3 * random.share()) * millisecondsPerDay));
  const draft = decided(draftRequest(lead, draftedAt, id, requestContentFor(setting, plan), program));
  recordRequest(history, draft, draftedAt, authorOf(lead));
  const sender = random.chance(0.5) ? lead : superintendent;
  const sending = decided(
    send(
      draft.next,
      sender,
      sentAt,
      plan.asked.map((one) => factsOf(one, plan)),
      program,
    ),
  );
  recordRequest(history, sending.request, sentAt, authorOf(sender));
  const invitations = new Map<InventedPartner, Invitation>();
  for (const [place, invitation] of sending.invitations.entries()) {
    recordInvitation(history, invitation, sentAt, authorOf(sender));
    const partner = plan.asked[place];
    if (partner !== undefined) invitations.set(partner, invitation.next);
  }
  return { plan, people, superintendent, lead, request: sending.request.next, invitations, engagements: [] };
}

function invitationOf(open: OpenRequest, partner: InventedPartner): Invitation {
  const found = open.invitations.get(partner);
  if (found === undefined) throw new Error(`${partner.id} was not asked in ${open.request.id}.`);
  return found;
}

export function seeInvented(
  { history }: RequestSetting,
  open: OpenRequest,
  partner: InventedPartner,
  at: Instant,
): void {
  const seen = decided(markSeen(open.request, invitationOf(open, partner), partner.owner, at));
  if (seen === undefined) return;
  recordInvitation(history, seen, at, authorOf(partner.owner));
  open.invitations.set(partner, seen.next);
}

export type InventedAnswer = 'interested' | 'declined' | 'none';

/** The partner opens the request, and answers it unless it stays silent. */
export function answerInvented(
  setting: RequestSetting,
  open: OpenRequest,
  partner: InventedPartner,
  kind: InventedAnswer,
  at: Instant,
): void {
  const { history, program, calendar } = setting;
  const { random } = open.plan;
  const { request } = open;
  if (kind === 'none' && random.chance(0.4)) return;
  seeInvented(setting, open, partner, at);
  if (kind === 'none') return;
  const answeredAt = plusMilliseconds(at, random.whole(10, 200) * 60_000);
  const invitation = invitationOf(open, partner);
  const high = (request.content.budget?.high ?? dollars(40_000)) / 100;
  const low = Math.round((high * (0.6 + 0.35 * random.share())) / 500) * 500;
  const decision =
    kind === 'interested'
      ? answerInterested(
          request,
          invitation,
          partner.owner,
          answeredAt,
          {
            kind,
            price: { low: dollars(low), high: dollars(low + random.whole(0, 12) * 500) },
            start: random.chance(0.7) ? request.content.wantedStart : startDay(open.plan, calendar, 60, 80),
            words: random.pick(interestedWords),
          },
          program,
        )
      : answerDecline(
          request,
          invitation,
          partner.owner,
          answeredAt,
          { kind, reason: random.pick(program.reasons.decline).id },
          program,
        );
  const answered = decided(decision);
  recordInvitation(history, answered, answeredAt, authorOf(partner.owner));
  open.invitations.set(partner, answered.next);
}

/** A partner asks; where `answeredAt` is given, the district answers then. */
export function askInvented(
  { history, program }: RequestSetting,
  open: OpenRequest,
  partner: InventedPartner,
  at: Instant,
  answeredAt?: Instant,
): void {
  const { random, slot } = open.plan;
  const words = random.pick(questions);
  const id = madeFor.question(program.id, slot, partner.id);
  const asked = decided(askQuestion(open.request, invitationOf(open, partner), partner.owner, at, id, { words }, 0));
  recordQuestion(history, program.id, asked, at, authorOf(partner.owner));
  if (answeredAt === undefined) return;
  const reply = { words: replies[questions.indexOf(words)] ?? random.pick(replies) };
  const answered = decided(answerQuestion(open.request, asked.next, open.lead, answeredAt, reply));
  recordQuestion(history, program.id, answered, answeredAt, authorOf(open.lead));
}

export function commentInvented({ history, program }: RequestSetting, open: OpenRequest, at: Instant): void {
  const { random, slot } = open.plan;
  const id = madeFor.comment(program.id, slot, at);
  const said = decided(comment(open.request, open.superintendent, at, id, { words: random.pick(comments) }, 0));
  recordComment(history, program.id, said, at, authorOf(open.superintendent));
}

export type InventedEnd =
  | { readonly kind: 'awarded'; readonly winners: readonly InventedPartner[] }
  | { readonly kind: 'none-suitable' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'withdrawn' };

/** Ends the request; an award creates engagements, in the order of the winners. */
export function endInvented(
  { history, program }: RequestSetting,
  open: OpenRequest,
  end: InventedEnd,
  at: Instant,
): void {
  const { random, slot, area } = open.plan;
  const { request, superintendent } = open;
  const by = authorOf(superintendent);
  if (end.kind === 'withdrawn') {
    const reason = random.pick(program.reasons.withdraw).id;
    const withdrawn = decided(withdraw(request, superintendent, at, { reason }, program));
    recordRequest(history, withdrawn, at, by);
    if (withdrawn.next.phase === 'sent') open.request = withdrawn.next;
    return;
  }
  const winners = end.kind === 'awarded' ? end.winners : [];
  const facts: OutcomeFacts = {
    invitations: [...open.invitations.values()],
    partners: winners.map((one) => ({
      partner: one.id,
      name: one.name,
      approved: askableAreas(one, at).includes(area),
    })),
    engagements: winners.map((one) => madeFor.engagement(program.id, slot, one.id)),
  };
  const outcome = decided(
    recordOutcome(request, superintendent, at, outcomeInputOf(program, random, end), facts, program),
  );
  recordRequest(history, outcome.request, at, by);
  open.request = outcome.request.next;
  for (const created of outcome.engagements) {
    recordEngagement(history, created, at, by);
    open.engagements.push(created.next);
  }
}

/** Puts a request into the lists that show it, once nothing more is invented of it. */
export function listInvented({ history }: RequestSetting, open: OpenRequest): void {
  const { asked, district } = open.plan;
  const names = new Map(asked.map((one) => [one.id, one.name]));
  recordSummaries(history, open.request, [...open.invitations.values()], open.engagements, {
    district: district.district.name,
    partner: (id) => names.get(id) ?? id,
  });
}

function outcomeInputOf(
  program: Program,
  random: Random,
  end: Exclude<InventedEnd, { kind: 'withdrawn' }>,
): OutcomeInput {
  switch (end.kind) {
    case 'awarded': {
      const parts = ['The elementary schools.', 'The middle and high schools.', 'Training of principals.'];
      const split = end.winners.length > 1;
      const awards = end.winners.map(({ id }, place) => ({
        partner: id,
        ...(split ? { words: parts[place] ?? 'The rest.' } : {}),
      }));
      return { kind: 'awarded', awards, ...(random.chance(0.6) ? { words: random.pick(awardWords) } : {}) };
    }
    case 'none-suitable':
      return {
        kind: end.kind,
        reasons: random.some(program.reasons.noneSuitable, random.whole(1, 2)).map((one) => one.id),
      };
    case 'cancelled':
      return { kind: end.kind, reason: random.pick(program.reasons.cancel).id };
  }
}
