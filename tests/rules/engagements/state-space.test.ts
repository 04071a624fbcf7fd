import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import type { OrganizationId } from '#shared/kernel/ids.ts';
import { plusMilliseconds, type Instant } from '#shared/kernel/instants.ts';
import { engagementsEvents } from '#shared/engagements/events.ts';
import {
  amendmentInput,
  declineInput,
  interestedInput,
  outcomeInput,
  withdrawalInput,
} from '#shared/engagements/inputs.ts';
import { answerDecline, answerInterested, markSeen } from '#shared/engagements/invitation-rules.ts';
import { invitation, request as requestSchema, type Invitation, type Request } from '#shared/engagements/model.ts';
import { recordOutcome } from '#shared/engagements/outcome-rules.ts';
import { amend, editDraft, send, withdraw } from '#shared/engagements/rules.ts';
import {
  endedStatuses,
  invitationStatus,
  invitationStatuses,
  requestStatus,
  requestStatuses,
  type InvitationStatus,
  type RequestStatus,
} from '#shared/engagements/status.ts';
import {
  aDraft,
  allFacts,
  anInput,
  engagementIds,
  lead,
  ownerOf,
  partners,
  sentAt,
  superintendent,
  terms,
} from './builders.ts';

/** A request with its invitations, as stored, and the facts told so far. */
interface World {
  readonly request: Request;
  readonly invitations: readonly Invitation[];
}

const replyBy = plusMilliseconds(sentAt, 3 * 86_400_000);
const start = { request: aDraft(anInput({ replyBy })), invitations: [] } satisfies World;

const partner = fc.constantFrom(...partners);
const act = fc.oneof(
  fc.record({ do: fc.constant('edit' as const), students: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ do: fc.constant('send' as const) }),
  fc.record({
    do: fc.constant('amend' as const),
    days: fc.integer({ min: 0, max: 4 }),
    students: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({ do: fc.constant('withdraw' as const) }),
  fc.record({ do: fc.constant('see' as const), partner }),
  fc.record({ do: fc.constant('interested' as const), partner }),
  fc.record({ do: fc.constant('decline' as const), partner }),
  fc.record({ do: fc.constant('award' as const), partner }),
  fc.record({ do: fc.constant('none-suitable' as const) }),
  fc.record({ do: fc.constant('cancel' as const) }),
);
type Step = typeof act extends fc.Arbitrary<infer T> ? T : never;
const steps = fc.array(fc.record({ act, hours: fc.integer({ min: 0, max: 30 }) }), { minLength: 1, maxLength: 14 });

const reason = withdrawalInput.parse({ reason: 'need-changed' });
const offer = interestedInput.parse({ kind: 'interested', price: { low: 1, high: 2 }, start: '2027-09-01' });
const no = declineInput.parse({ kind: 'declined', reason: 'no-capacity' });

/** Every fact is of its declared type and can be written as JSON. */
function told(fact: { type: string; data: unknown }): void {
  const type = engagementsEvents.find((one) => one.name === fact.type);
  expect(type?.data.parse(fact.data)).toEqual(fact.data);
  expect(z.json().safeParse(fact.data).success).toBe(true);
}

function own(world: World, of: OrganizationId): Invitation | undefined {
  return world.invitations.find((one) => one.partner === of);
}

function withInvitation(world: World, next: Invitation): World {
  return { ...world, invitations: world.invitations.map((one) => (one.partner === next.partner ? next : one)) };
}

function outcome(world: World, input: unknown, at: Instant): World {
  const facts = { invitations: world.invitations, partners: allFacts, engagements: engagementIds(1) };
  const answer = recordOutcome(world.request, superintendent, at, outcomeInput.parse(input), facts, terms);
  if (!answer.ok) return world;
  told(answer.value.request.fact);
  for (const one of answer.value.engagements) told(one.fact);
  return { ...world, request: answer.value.request.next };
}

function answerOf(world: World, step: Extract<Step, { partner: OrganizationId }>, at: Instant): World {
  const mine = own(world, step.partner);
  if (mine === undefined || world.request.phase === 'draft') return world;
  const actor = ownerOf(step.partner);
  const answer =
    step.do === 'see'
      ? markSeen(world.request, mine, actor, at)
      : step.do === 'interested'
        ? answerInterested(world.request, mine, actor, at, offer, terms)
        : answerDecline(world.request, mine, actor, at, no, terms);
  if (!answer.ok || answer.value === undefined) return world;
  told(answer.value.fact);
  return withInvitation(world, answer.value.next);
}

function stepped(world: World, step: Step, at: Instant): World {
  switch (step.do) {
    case 'edit': {
      const answer = editDraft(world.request, lead, at, anInput({ replyBy, students: step.students }), terms);
      if (!answer.ok || answer.value === undefined) return world;
      told(answer.value.fact);
      return { ...world, request: answer.value.next };
    }
    case 'send': {
      const answer = send(world.request, lead, at, allFacts, terms);
      if (!answer.ok) return world;
      told(answer.value.request.fact);
      for (const one of answer.value.invitations) told(one.fact);
      return { request: answer.value.request.next, invitations: answer.value.invitations.map((one) => one.next) };
    }
    case 'amend': {
      const until = world.request.content.replyBy ?? replyBy;
      const input = amendmentInput.parse({
        words: 'w',
        students: step.students,
        replyBy: plusMilliseconds(until, step.days * 86_400_000),
      });
      const answer = amend(world.request, lead, at, input, allFacts, terms);
      if (!answer.ok) return world;
      told(answer.value.fact);
      return { ...world, request: answer.value.next };
    }
    case 'withdraw': {
      const answer = withdraw(world.request, lead, at, reason, terms);
      if (!answer.ok) return world;
      told(answer.value.fact);
      return { ...world, request: answer.value.next };
    }
    case 'award':
      return outcome(world, { kind: 'awarded', awards: [{ partner: step.partner }] }, at);
    case 'none-suitable':
      return outcome(world, { kind: 'none-suitable', reasons: ['too-costly'] }, at);
    case 'cancel':
      return outcome(world, { kind: 'cancelled', reason: 'money-gone' }, at);
    case 'see':
    case 'interested':
    case 'decline':
      return answerOf(world, step, at);
  }
}

const ends: readonly RequestStatus[] = endedStatuses;

function statusOf(world: World, of: Invitation, at: Instant): InvitationStatus {
  if (world.request.phase === 'draft') throw new Error('A draft has no invitations.');
  return invitationStatus(of, world.request, at);
}

/** Lapsed and the four that follow from the request's end; a refusal is one only once the time is over. */
function isEndOfInvitation(world: World, status: InvitationStatus, at: Instant): boolean {
  if (['lapsed', 'withdrawn', 'awarded', 'not-awarded'].includes(status)) return true;
  return status === 'declined' && requestStatus(world.request, at) !== 'open';
}

test('from every reachable state a request can end, and no end is ever left', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(steps, (sequence) => {
      let world: World = start;
      let at = sentAt;
      for (const { act: step, hours } of sequence) {
        const later = plusMilliseconds(at, hours * 3_600_000);
        const before = world;
        world = stepped(before, step, later);
        requestSchema.parse(world.request);
        z.array(invitation).parse(world.invitations);
        const status = requestStatus(world.request, later);
        reached.add(status);
        if (ends.includes(requestStatus(before.request, later))) expect(world).toEqual(before);
        if (!ends.includes(status)) {
          const ended = withdraw(world.request, superintendent, later, reason, terms);
          expect(ended.ok && requestStatus(ended.value.next, later)).toBe('withdrawn');
          if (status !== 'draft') {
            expect(requestStatus(stepped(world, { do: 'cancel' }, later).request, later)).toBe('cancelled');
            expect(requestStatus(stepped(world, { do: 'none-suitable' }, later).request, later)).toBe('none-suitable');
          }
        }
        for (const was of before.invitations) {
          const then = statusOf(before, was, at);
          const is = own(world, was.partner);
          if (is === undefined) throw new Error('An invitation was lost.');
          reached.add(`invitation ${statusOf(world, is, later)}`);
          if (isEndOfInvitation(before, then, at)) expect(statusOf(world, is, later)).toBe(then);
        }
        at = later;
      }
    }),
    { numRuns: 1200, seed: 20270111 },
  );
  expect([...reached].sort()).toEqual(
    [...requestStatuses, ...invitationStatuses.map((one) => `invitation ${one}`)].sort(),
  );
});

test('a request nobody touches any more is open for a stated time only', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      let world: World = start;
      let at = sentAt;
      for (const { act: step, hours } of sequence) {
        at = plusMilliseconds(at, hours * 3_600_000);
        world = stepped(world, step, at);
      }
      const muchLater = plusMilliseconds(at, 181 * 86_400_000);
      expect(requestStatus(world.request, muchLater)).not.toBe('open');
      for (const one of world.invitations) expect(['sent', 'seen']).not.toContain(statusOf(world, one, muchLater));
    }),
  );
});

test('what one partner does never changes another’s invitation, in whatever order they act', () => {
  const sent = stepped(start, { do: 'send' }, sentAt);
  const partnerSteps = fc.array(
    fc.record({
      act: fc.record({ do: fc.constantFrom('see' as const, 'interested' as const, 'decline' as const), partner }),
      minutes: fc.integer({ min: 0, max: 5000 }),
    }),
    { maxLength: 20 },
  );
  const play = (sequence: readonly { act: Step; minutes: number }[]) =>
    sequence.reduce((world, one) => stepped(world, one.act, plusMilliseconds(sentAt, one.minutes * 60_000)), sent);
  fc.assert(
    fc.property(partnerSteps, (sequence) => {
      const together = play(sequence);
      for (const each of partners) {
        const alone = play(sequence.filter((one) => one.act.partner === each));
        expect(own(together, each)).toEqual(own(alone, each));
      }
      expect(together.request).toEqual(sent.request);
    }),
  );
});
