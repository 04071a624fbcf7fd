import { describe, expect, test } from 'vitest';
import { everyRole } from '#shared/kernel/actors.ts';
import { organizationId } from '#shared/kernel/ids.ts';
import { day, endOfDay, plusMilliseconds, zone, type Instant } from '#shared/kernel/instants.ts';
import { answerQuestion, askQuestion } from '#shared/engagements/discussion-rules.ts';
import { answerInput, declineInput, interestedInput } from '#shared/engagements/inputs.ts';
import { answerDecline, answerInterested, markSeen } from '#shared/engagements/invitation-rules.ts';
import type { SentRequest } from '#shared/engagements/model.ts';
import { actRoles } from '#shared/engagements/act-roles.ts';
import { invitationStatus, requestStatus } from '#shared/engagements/status.ts';
import {
  afterReplyBy,
  anInvitation,
  aPerson,
  aQuestion,
  aSentRequest,
  awardedTo,
  birch,
  cancellation,
  cedar,
  interest,
  lead,
  midway,
  noneSuitable,
  ownerOf,
  questionIdOf,
  refusal,
  replyBy,
  sentAt,
  terms,
  withdrawal,
} from './builders.ts';

const offer = interestedInput.parse({ kind: 'interested', price: { low: 5, high: 9 }, start: '2027-03-08' });
const no = declineInput.parse({ kind: 'declined', reason: 'no-capacity', words: 'Not before January.' });
const words = { words: 'How many teachers?' };
const amendmentEntry = { number: 1, at: midway, words: 'w', changes: [{ path: 'students', after: 3 }] };

const ends: Readonly<Record<string, SentRequest>> = {
  awarded: aSentRequest({ outcome: awardedTo(birch) }),
  'awarded elsewhere': aSentRequest({ outcome: awardedTo(cedar) }),
  'none suitable': aSentRequest({ outcome: noneSuitable }),
  cancelled: aSentRequest({ outcome: cancellation }),
  withdrawn: aSentRequest({ withdrawn: withdrawal }),
};

describe('every act of a partner', () => {
  const acts = {
    interested: (request: SentRequest, actor = ownerOf(birch), at: Instant = midway) =>
      answerInterested(request, anInvitation(birch), actor, at, offer, terms),
    decline: (request: SentRequest, actor = ownerOf(birch), at: Instant = midway) =>
      answerDecline(request, anInvitation(birch), actor, at, no, terms),
    ask: (request: SentRequest, actor = ownerOf(birch), at: Instant = midway) =>
      askQuestion(request, anInvitation(birch), actor, at, questionIdOf(1), words, 0),
  };

  for (const [name, act] of Object.entries(acts)) {
    test.each(everyRole)(`${name} by %s`, (role) => {
      const answer = act(aSentRequest(), aPerson(birch, role));
      expect(answer.ok).toBe(role === 'partner:owner' || role === 'partner:editor');
      if (!answer.ok) expect(answer.refusal.code).toBe('not-allowed');
    });

    test(`${name} by another partner is not found`, () => {
      expect(act(aSentRequest(), ownerOf(cedar))).toMatchObject({ refusal: { code: 'not-found' } });
      expect(act(aSentRequest(), ownerOf(organizationId.parse('stranger')))).toMatchObject({
        refusal: { code: 'not-found' },
      });
    });

    test(`${name} holds to the last millisecond of the reply-by`, () => {
      expect(act(aSentRequest(), ownerOf(birch), replyBy).ok).toBe(true);
      expect(act(aSentRequest(), ownerOf(birch), afterReplyBy)).toMatchObject({ refusal: { code: 'wrong-state' } });
    });

    test.each(Object.keys(ends))(`${name} after an end (%s) is refused in words that do not tell which`, (end) => {
      const request = ends[end];
      if (request === undefined) throw new Error(end);
      const answer = act(request);
      expect(answer).toMatchObject({
        refusal: { code: 'wrong-state', message: expect.stringMatching(/^This request has ended/) },
      });
    });
  }

  test('an invitation of another request is a defect', () => {
    const other = anInvitation(birch, { request: 'req_00000000000000bb' });
    expect(() => markSeen(aSentRequest(), other, ownerOf(birch), midway)).toThrow('belongs to');
  });
});

describe('seen', () => {
  test.each(everyRole)('by %s', (role) => {
    const answer = markSeen(aSentRequest(), anInvitation(birch), aPerson(birch, role), midway);
    expect(answer.ok).toBe(actRoles['mark-seen'].some((one) => one === role));
  });

  test('is recorded once, and again for a new amendment only', () => {
    const first = markSeen(aSentRequest(), anInvitation(birch), ownerOf(birch), midway);
    if (!first.ok || first.value === undefined) throw new Error('not recorded');
    expect(first.value.next).toMatchObject({ seenAt: midway, amendmentSeen: 0 });
    expect(markSeen(aSentRequest(), first.value.next, ownerOf(birch), replyBy)).toEqual({ ok: true, value: undefined });
    const amended = aSentRequest({ amendments: [amendmentEntry] });
    expect(markSeen(amended, first.value.next, ownerOf(birch), replyBy)).toMatchObject({
      value: { next: { seenAt: midway, amendmentSeen: 1 } },
    });
  });

  test.each(Object.keys(ends))('records nothing after an end (%s), and does not fail', (end) => {
    const request = ends[end];
    if (request === undefined) throw new Error(end);
    expect(markSeen(request, anInvitation(birch), ownerOf(birch), midway)).toEqual({ ok: true, value: undefined });
  });
});

describe('answer', () => {
  test('can be changed until the reply-by, and only the first counts as first', () => {
    const first = answerInterested(aSentRequest(), anInvitation(birch), ownerOf(birch), midway, offer, terms);
    if (!first.ok) throw new Error(first.refusal.code);
    expect(first.value).toMatchObject({
      next: { seenAt: midway, answer: { kind: 'interested', price: { low: 5, high: 9 }, words: '', at: midway } },
      fact: { data: { kind: 'interested', first: true, sentAt, area: 'data-use' } },
    });
    const second = answerDecline(aSentRequest(), first.value.next, ownerOf(birch), replyBy, no, terms);
    if (!second.ok) throw new Error(second.refusal.code);
    expect(second.value).toMatchObject({
      next: { seenAt: midway, answer: { kind: 'declined', reason: 'no-capacity', at: replyBy } },
      fact: { reason: 'Not before January.', data: { first: false } },
    });
    expect(second.value.next.answer).not.toHaveProperty('price');
  });

  test('needs every amendment opened', () => {
    const amended = aSentRequest({ amendments: [amendmentEntry] });
    const unread = anInvitation(birch, { seenAt: midway });
    const read = anInvitation(birch, { seenAt: midway, amendmentSeen: 1 });
    expect(answerInterested(amended, unread, ownerOf(birch), midway, offer, terms)).toMatchObject({
      refusal: { code: 'changed-meanwhile' },
    });
    expect(answerDecline(amended, unread, ownerOf(birch), midway, no, terms)).toMatchObject({
      refusal: { code: 'changed-meanwhile' },
    });
    expect(answerInterested(amended, read, ownerOf(birch), midway, offer, terms).ok).toBe(true);
  });

  test('names what is not allowed', () => {
    const past = { ...offer, start: day.parse('2027-01-14') };
    expect(answerInterested(aSentRequest(), anInvitation(birch), ownerOf(birch), midway, past, terms)).toMatchObject({
      refusal: { code: 'invalid', fields: { start: expect.any(String) } },
    });
    const unknown = declineInput.parse({ ...no, reason: 'whim' });
    expect(answerDecline(aSentRequest(), anInvitation(birch), ownerOf(birch), midway, unknown, terms)).toMatchObject({
      refusal: { code: 'invalid', fields: { reason: expect.any(String) } },
    });
    const crossed = answerInput.safeParse({ ...offer, price: { low: 9, high: 5 } });
    expect(crossed.error?.issues[0]).toMatchObject({
      path: ['price', 'high'],
      message: 'The high end of the price is at least its low end.',
    });
  });
});

describe('questions', () => {
  test('an answer stands', () => {
    const answer = answerQuestion(aSentRequest(), aQuestion(1, birch), lead, midway, words);
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(answer.value.fact.data).not.toHaveProperty('partner');
    expect(answerQuestion(aSentRequest(), answer.value.next, lead, midway, words)).toMatchObject({
      refusal: { code: 'wrong-state', message: expect.stringContaining('Amend the request') },
    });
  });
});

describe('status of an invitation', () => {
  const seen = { seenAt: midway };
  test.each([
    ['sent', {}, aSentRequest(), midway],
    ['seen', seen, aSentRequest(), midway],
    ['interested', { ...seen, answer: interest }, aSentRequest(), midway],
    ['interested', { ...seen, answer: interest }, aSentRequest(), afterReplyBy],
    ['declined', { ...seen, answer: refusal }, aSentRequest(), afterReplyBy],
    ['lapsed', {}, aSentRequest(), afterReplyBy],
    ['lapsed', seen, aSentRequest(), afterReplyBy],
    ['lapsed', seen, aSentRequest({ outcome: { ...noneSuitable, at: afterReplyBy } }), afterReplyBy],
    ['lapsed', seen, aSentRequest({ withdrawn: { ...withdrawal, at: afterReplyBy } }), afterReplyBy],
    ['not-awarded', seen, aSentRequest({ outcome: noneSuitable }), afterReplyBy],
    ['not-awarded', { ...seen, answer: interest }, aSentRequest({ outcome: awardedTo(cedar) }), midway],
    ['awarded', { ...seen, answer: interest }, aSentRequest({ outcome: awardedTo(cedar, birch) }), midway],
    ['declined', { ...seen, answer: refusal }, aSentRequest({ outcome: awardedTo(cedar) }), midway],
    ['withdrawn', seen, aSentRequest({ withdrawn: withdrawal }), afterReplyBy],
    ['withdrawn', { ...seen, answer: interest }, aSentRequest({ outcome: cancellation }), midway],
    ['declined', { ...seen, answer: refusal }, aSentRequest({ withdrawn: withdrawal }), midway],
  ] as const)('%s', (status, changes, request, at) => {
    expect(invitationStatus(anInvitation(birch, changes), request, at)).toBe(status);
  });

  test.each(['America/New_York', 'Pacific/Honolulu'])(
    'lapses one millisecond after the last day ends in %s',
    (name) => {
      // March 14, 2027 is the day on which New York's clocks go forward and Honolulu's do not.
      const closes = endOfDay(day.parse('2027-03-14'), zone.parse(name));
      expect(closes).toBe(name === 'America/New_York' ? '2027-03-15T03:59:59.999Z' : '2027-03-15T09:59:59.999Z');
      const base = aSentRequest();
      const request = { ...base, content: { ...base.content, replyBy: closes } };
      const at = (milliseconds: number) => plusMilliseconds(closes, milliseconds);
      const status = (milliseconds: number) => invitationStatus(anInvitation(birch), request, at(milliseconds));
      expect([status(-1), status(0), status(1)]).toEqual(['sent', 'sent', 'lapsed']);
      expect([-1, 0, 1].map((ms) => requestStatus(request, at(ms)))).toEqual(['open', 'open', 'closed']);
      const answered = [-1, 0, 1].map(
        (ms) =>
          answerDecline(request, anInvitation(birch), ownerOf(birch), at(ms), no, { ...terms, zone: zone.parse(name) })
            .ok,
      );
      expect(answered).toEqual([true, true, false]);
    },
  );
});
