import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { organizationId } from '#shared/kernel/ids.ts';
import { plusMilliseconds } from '#shared/kernel/instants.ts';
import { comment, type Invitation, type Question, type SentRequest } from '#shared/engagements/model.ts';
import { districtRequest, districtView, partnerRequest, partnerView } from '#shared/engagements/views.ts';
import {
  afterReplyBy,
  anInput,
  anInvitation,
  aQuestion,
  aSentRequest,
  awardedTo,
  birch,
  cancellation,
  cedar,
  interest,
  maple,
  midway,
  noneSuitable,
  refusal,
  replyBy,
  superintendent,
  theRequest,
  withdrawal,
} from './builders.ts';

const amendmentEntry = { number: 1, at: midway, words: 'w', changes: [{ path: 'students', before: 4, after: 3 }] };

describe('what a partner sees', () => {
  test('its own side, the amendments and anonymous questions', () => {
    const request = aSentRequest({ amendments: [amendmentEntry], outcome: awardedTo(cedar, birch) });
    const own = anInvitation(birch, { seenAt: midway, answer: interest });
    const answered = { answer: { at: midway, by: superintendent.person, words: 'Forty.' } };
    const view = partnerView(request, own, [aQuestion(2, birch), aQuestion(1, cedar, answered)], midway);
    expect(partnerRequest.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      status: 'awarded',
      phase: 'ended',
      endedAt: midway,
      award: { words: 'Part 2' },
      amendments: [{ number: 1, unread: true }],
      answer: interest,
    });
    expect(view.questions).toEqual([
      {
        id: 'que_0000000000000001',
        at: midway,
        words: 'Question 1?',
        yours: false,
        answer: { at: midway, words: 'Forty.' },
      },
      { id: 'que_0000000000000002', at: midway, words: 'Question 2?', yours: true },
    ]);
    expect(JSON.stringify(view)).not.toContain(cedar);
    expect(JSON.stringify(view)).not.toContain('Part 1');
  });

  test('the coded reason of a withdrawal or cancellation, not its words', () => {
    const own = anInvitation(birch);
    const withdrawn = partnerView(aSentRequest({ withdrawn: { ...withdrawal, words: 'Inside.' } }), own, [], midway);
    const cancelled = partnerView(aSentRequest({ outcome: { ...cancellation, words: 'Inside.' } }), own, [], midway);
    expect([withdrawn.endReason, cancelled.endReason]).toEqual(['need-changed', 'money-gone']);
    expect(JSON.stringify([withdrawn, cancelled])).not.toContain('Inside');
  });

  test('another request’s invitation or question is a defect', () => {
    const other = { request: 'req_00000000000000bb' };
    expect(() => partnerView(aSentRequest(), anInvitation(birch, other), [], midway)).toThrow('belongs to');
    expect(() => partnerView(aSentRequest(), anInvitation(birch), [aQuestion(1, cedar, other)], midway)).toThrow();
    expect(() => districtView(aSentRequest(), [anInvitation(birch, other)], [], [], midway)).toThrow('belongs to');
  });
});

/**
 * One world as the district knows it. Birch's own side, the amendments and the questions' words are
 * drawn once; everything about others is drawn twice.
 */
const own = fc.constantFrom<Readonly<Record<string, unknown>>>(
  {},
  { seenAt: midway },
  { seenAt: midway, answer: interest },
  { seenAt: midway, answer: refusal },
);
const shared = fc.record({
  own,
  amended: fc.boolean(),
  authors: fc.array(fc.boolean(), { maxLength: 5 }),
  ending: fc.constantFrom('none', 'decided without birch', 'awarded to birch', 'withdrawn', 'cancelled'),
  late: fc.boolean(),
});
const others = fc.record({
  asked: fc.uniqueArray(fc.constantFrom('cedar', 'maple', 'oak', 'pine'), { maxLength: 4 }),
  first: fc.boolean(),
  author: fc.constantFrom(cedar, maple, organizationId.parse('oak')),
  winner: fc.constantFrom(cedar, maple),
  noneSuits: fc.boolean(),
  alsoAwarded: fc.boolean(),
  words: fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== ''),
});

function world(
  same: typeof shared extends fc.Arbitrary<infer T> ? T : never,
  rest: typeof others extends fc.Arbitrary<infer T> ? T : never,
): { request: SentRequest; invitation: Invitation; questions: Question[] } {
  const asked = rest.first ? [birch, ...rest.asked] : [...rest.asked, birch];
  const ownAward = { partner: birch, engagement: 'eng_0000000000000009', words: 'Birch’s part' };
  const otherAward = { partner: rest.winner, engagement: 'eng_0000000000000007', words: rest.words };
  const decided = { at: midway, by: superintendent.person, words: rest.words };
  const outcomes = {
    none: {},
    'decided without birch': {
      outcome: rest.noneSuits ? { ...noneSuitable, ...decided } : { kind: 'awarded', ...decided, awards: [otherAward] },
    },
    'awarded to birch': {
      outcome: { kind: 'awarded', ...decided, awards: rest.alsoAwarded ? [otherAward, ownAward] : [ownAward] },
    },
    withdrawn: { withdrawn: { ...withdrawal, words: rest.words } },
    cancelled: { outcome: { ...cancellation, ...decided } },
  };
  return {
    request: aSentRequest({
      content: anInput({ asked }),
      amendments: same.amended ? [amendmentEntry] : [],
      ...outcomes[same.ending],
    }),
    invitation: anInvitation(birch, same.own),
    questions: same.authors.map((byBirch, n) => aQuestion(n, byBirch ? birch : rest.author)),
  };
}

test('nothing about other partners changes what a partner sees', () => {
  fc.assert(
    fc.property(shared, others, others, (same, one, another) => {
      const at = same.late ? afterReplyBy : midway;
      const [a, b] = [world(same, one), world(same, another)];
      expect(partnerView(a.request, a.invitation, a.questions, at)).toEqual(
        partnerView(b.request, b.invitation, b.questions.toReversed(), at),
      );
    }),
    { numRuns: 1000 },
  );
});

describe('what the district sees', () => {
  test('everything, with the status of each partner and who asked', () => {
    const request = aSentRequest({ amendments: [amendmentEntry] });
    const invitations = [
      anInvitation(maple),
      anInvitation(birch, { seenAt: midway, answer: interest, amendmentSeen: 1 }),
      anInvitation(cedar, { seenAt: midway, answer: refusal }),
    ];
    const comments = [2, 1].map((n) =>
      comment.parse({
        id: `com_000000000000000${n}`,
        request: theRequest,
        at: plusMilliseconds(midway, n),
        person: superintendent.person,
        words: `Comment ${n}`,
      }),
    );
    const view = districtView(request, invitations, [aQuestion(1, maple)], comments, afterReplyBy);
    expect(districtRequest.parse(view)).toEqual(view);
    expect(view.status).toBe('closed');
    expect(view.invitations.map((one) => [one.invitation.partner, one.status, one.unread])).toEqual([
      [birch, 'interested', 0],
      [cedar, 'declined', 1],
      [maple, 'lapsed', 1],
    ]);
    expect(view.questions[0]?.partner).toBe(maple);
    expect(view.comments.map((one) => one.words)).toEqual(['Comment 1', 'Comment 2']);
    expect(districtView(request, invitations, [], [], replyBy).status).toBe('open');
  });
});
