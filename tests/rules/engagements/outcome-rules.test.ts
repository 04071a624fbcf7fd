import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { outcomeInput } from '#shared/engagements/inputs.ts';
import { outcomeRecorded } from '#shared/engagements/events.ts';
import { engagement, sentRequest } from '#shared/engagements/model.ts';
import { recordOutcome } from '#shared/engagements/outcome-rules.ts';
import {
  afterReplyBy,
  allFacts,
  anInvitation,
  aSentRequest,
  birch,
  cedar,
  district,
  engagementIds,
  factsOf,
  interest,
  lead,
  maple,
  midway,
  refusal,
  superintendent,
  terms,
  theRequest,
} from './builders.ts';

const invitations = [
  anInvitation(birch, { seenAt: midway, answer: interest }),
  anInvitation(cedar, { seenAt: midway, answer: { ...interest, start: '2027-04-01' } }),
  anInvitation(maple, { seenAt: midway, answer: refusal }),
];
const facts = { invitations, partners: allFacts, engagements: engagementIds(2) };
const record = (input: unknown, given = facts) =>
  recordOutcome(aSentRequest(), superintendent, afterReplyBy, outcomeInput.parse(input), given, terms);

describe('award', () => {
  test('to one creates one engagement from the partner’s offered start', () => {
    const answer = record({ kind: 'awarded', awards: [{ partner: birch }] });
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(answer.value.engagements.map((one) => one.next)).toEqual([
      engagement.parse({
        id: engagementIds(1)[0],
        request: theRequest,
        partner: birch,
        district,
        program: 'demo',
        area: 'data-use',
        start: '2027-03-08',
        agreedAt: afterReplyBy,
      }),
    ]);
    expect(answer.value.request.fact.data).toMatchObject({ kind: 'awarded', interested: [birch, cedar] });
  });

  test('for parts creates one engagement each, in order, with the words of its part', () => {
    const answer = record({
      kind: 'awarded',
      awards: [
        { partner: cedar, words: 'Grades 6 and 7' },
        { partner: birch, words: 'Grade 8' },
      ],
    });
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(answer.value.engagements.map((one) => [one.next.partner, one.next.part, one.next.start])).toEqual([
      [cedar, 'Grades 6 and 7', '2027-04-01'],
      [birch, 'Grade 8', '2027-03-08'],
    ]);
    expect(sentRequest.parse(answer.value.request.next)).toEqual(answer.value.request.next);
    expect(outcomeRecorded.data.parse(answer.value.request.fact.data)).toEqual(answer.value.request.fact.data);
    expect(z.json().safeParse(answer.value.request.fact.data).success).toBe(true);
  });

  test.each([
    ['declined', maple],
    ['was never asked', 'stranger'],
  ])('refuses a partner that %s', (_, partner) => {
    expect(record({ kind: 'awarded', awards: [{ partner }] })).toMatchObject({
      refusal: { code: 'invalid', fields: { 'awards.0.partner': expect.any(String) } },
    });
  });

  test('refuses a partner that has not answered', () => {
    const silent = { ...facts, invitations: [anInvitation(birch, { seenAt: midway })] };
    expect(record({ kind: 'awarded', awards: [{ partner: birch }] }, silent)).toMatchObject({
      refusal: { code: 'invalid' },
    });
  });

  test('refuses a partner whose approval has ended since, and names it', () => {
    const ended = { ...facts, partners: [factsOf(birch, { approved: false })] };
    expect(record({ kind: 'awarded', awards: [{ partner: birch }] }, ended)).toMatchObject({
      refusal: { code: 'approval-inactive', message: 'birch partners has no active approval in this priority area.' },
    });
    expect(record({ kind: 'awarded', awards: [{ partner: birch }] }, { ...facts, partners: [] })).toMatchObject({
      refusal: { code: 'approval-inactive' },
    });
  });

  test('without an id for an engagement is a defect', () => {
    expect(() => record({ kind: 'awarded', awards: [{ partner: birch }] }, { ...facts, engagements: [] })).toThrow(
      'No id was given',
    );
  });

  test('is not for a lead to record', () => {
    const input = outcomeInput.parse({ kind: 'awarded', awards: [{ partner: birch }] });
    expect(recordOutcome(aSentRequest(), lead, midway, input, facts, terms)).toMatchObject({
      refusal: { code: 'not-allowed', message: 'Only the superintendent of the district can do this.' },
    });
  });
});

describe('other outcomes', () => {
  test('none suitable keeps its reasons and tells who would have done it', () => {
    const answer = record({ kind: 'none-suitable', reasons: ['too-costly', 'no-answers'] });
    expect(answer).toMatchObject({
      value: {
        engagements: [],
        request: {
          next: { outcome: { kind: 'none-suitable', reasons: ['too-costly', 'no-answers'] } },
          fact: { reason: 'Term too-costly; Term no-answers', data: { interested: [birch, cedar] } },
        },
      },
    });
  });

  test('cancelled keeps its reason', () => {
    expect(record({ kind: 'cancelled', reason: 'money-gone', words: 'The grant ended.' })).toMatchObject({
      value: { request: { next: { outcome: { reason: 'money-gone' } }, fact: { reason: 'The grant ended.' } } },
    });
  });

  test.each([
    ['reasons', { kind: 'none-suitable', reasons: ['too-costly', 'whim'] }],
    ['reason', { kind: 'cancelled', reason: 'too-costly' }],
  ])('refuses %s that are not of the program’s list for it', (field, input) => {
    expect(record(input)).toMatchObject({ refusal: { code: 'invalid', fields: { [field]: expect.any(String) } } });
  });
});
