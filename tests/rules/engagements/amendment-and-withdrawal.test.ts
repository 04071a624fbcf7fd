import { describe, expect, test } from 'vitest';
import { termId } from '#shared/kernel/ids.ts';
import { day, millisecondsPerDay, plusMilliseconds } from '#shared/kernel/instants.ts';
import { amendmentInput, outcomeInput } from '#shared/engagements/inputs.ts';
import { wordsAtMost } from '#shared/engagements/limits.ts';
import { recordOutcome } from '#shared/engagements/outcome-rules.ts';
import { amend, withdraw } from '#shared/engagements/rules.ts';
import { requestStatus } from '#shared/engagements/status.ts';
import {
  aDraft,
  allFacts,
  anInput,
  anInvitation,
  aSentRequest,
  birch,
  cedar,
  engagementIds,
  factsOf,
  interest,
  lead,
  maple,
  midway,
  replyBy,
  superintendent,
  terms,
} from './builders.ts';

const withdrawInput = { reason: termId.parse('need-changed') };
const invitations = [anInvitation(birch, { answer: interest, seenAt: midway })];
const outcomeFacts = { invitations, partners: allFacts, engagements: engagementIds(1) };

describe('amend', () => {
  const amendWith = (input: Readonly<Record<string, unknown>>, request = aSentRequest(), facts = allFacts) =>
    amend(request, lead, midway, amendmentInput.parse({ words: 'We counted again.', ...input }), facts, terms);

  test('is numbered and logged with before and after', () => {
    const first = amendWith({ students: 900, needWords: 'Four schools.' });
    if (!first.ok) throw new Error(first.refusal.code);
    expect(first.value.next.amendments).toEqual([
      {
        number: 1,
        at: midway,
        words: 'We counted again.',
        changes: [
          { path: 'need.words', before: anInput().need.words, after: 'Four schools.' },
          { path: 'students', before: 1200, after: 900 },
        ],
      },
    ]);
    expect(first.value.next.content.need.title).toBe(anInput().need.title);
    const second = amendWith({ students: null, budget: null }, first.value.next);
    if (!second.ok) throw new Error(second.refusal.code);
    expect(second.value.next.amendments.map((one) => one.number)).toEqual([1, 2]);
    expect(second.value.next.amendments[1]?.changes).toEqual([
      { path: 'students', before: 900 },
      { path: 'budget', before: { low: 2_000_000, high: 6_000_000 } },
    ]);
    expect(second.value.next.content).not.toHaveProperty('students');
  });

  test('changes every field that may change, and no other', () => {
    const answer = amendWith({
      needWords: 'n',
      schools: [],
      grades: ['9'],
      students: 1,
      wantedStart: '2027-04-01',
      budget: { high: 5 },
      replyBy: plusMilliseconds(replyBy, 1),
      area: 'leadership',
      funding: 'old-grant',
      asked: ['someone'],
    });
    if (!answer.ok) throw new Error(answer.refusal.code);
    const { area, funding, asked, need } = answer.value.next.content;
    expect({ area, funding, asked, title: need.title }).toEqual({
      area: 'data-use',
      funding: 'title-one',
      asked: [birch, cedar, maple],
      title: anInput().need.title,
    });
    expect(answer.value.fact.data.fields).toEqual([
      'need.words',
      'schools',
      'grades',
      'students',
      'wantedStart',
      'budget',
      'replyBy',
    ]);
  });

  test.each([
    ['nothing changed', { students: 1200 }, undefined],
    ['an earlier reply-by', { replyBy: plusMilliseconds(replyBy, -1) }, 'replyBy'],
    ['a reply-by too far ahead', { replyBy: plusMilliseconds(midway, 181 * millisecondsPerDay) }, 'replyBy'],
    ['a start in the past', { wantedStart: '2027-01-14' }, 'wantedStart'],
  ])('refuses %s', (_, input, field) => {
    const answer = amendWith(input);
    expect(answer).toMatchObject({ refusal: { code: 'invalid' } });
    if (answer.ok) throw new Error('amended');
    expect(Object.keys(answer.refusal.fields ?? {})).toEqual(field === undefined ? [] : [field]);
  });

  test('cannot move the start to where a partner has no room, earlier or later', () => {
    const busy = [
      factsOf(birch, {
        capacity: {
          stated: { earliestStart: day.parse('2027-02-20'), asOf: day.parse('2027-01-01') },
          engagements: [],
        },
      }),
    ];
    expect(amendWith({ wantedStart: '2027-02-19' }, aSentRequest(), busy)).toMatchObject({
      refusal: { code: 'at-capacity', message: expect.stringContaining('Feb 20, 2027') },
    });
    expect(amendWith({ wantedStart: '2027-02-20' }, aSentRequest(), busy).ok).toBe(true);
    const full = [
      factsOf(birch, {
        capacity: {
          stated: { clientsAtMost: 1, asOf: day.parse('2027-01-01') },
          engagements: [{ from: day.parse('2027-07-01'), until: day.parse('2028-06-30') }],
        },
      }),
    ];
    expect(amendWith({ wantedStart: '2027-06-30' }, aSentRequest(), full).ok).toBe(true);
    expect(amendWith({ wantedStart: '2027-07-01' }, aSentRequest(), full)).toMatchObject({
      refusal: { code: 'at-capacity', message: expect.stringContaining('Jul 1, 2028') },
    });
    expect(amendWith({ students: 900 }, aSentRequest(), full).ok).toBe(true);
  });

  test('stops before the stored request is too large, and the request can still end', () => {
    let request = aSentRequest();
    let refused: string | undefined;
    for (let n = 0; n < 30 && refused === undefined; n += 1) {
      const answer = amendWith(
        { needWords: `${n}${'é'.repeat(wordsAtMost - 3)}`, words: 'ü'.repeat(wordsAtMost) },
        request,
      );
      if (answer.ok) request = answer.value.next;
      else refused = answer.refusal.code;
    }
    expect(refused).toBe('too-large');
    const long = 'ß'.repeat(wordsAtMost);
    const input = outcomeInput.parse({ kind: 'awarded', awards: [{ partner: birch, words: long }], words: long });
    const ended = recordOutcome(request, superintendent, midway, input, outcomeFacts, terms);
    if (!ended.ok) throw new Error(ended.refusal.code);
    expect(new TextEncoder().encode(JSON.stringify(ended.value.request.next)).length).toBeLessThan(100_000);
  });

  test('at most twenty times', () => {
    let request = aSentRequest();
    for (let n = 0; n < 20; n += 1) {
      const answer = amendWith({ students: n + 1 }, request);
      if (!answer.ok) throw new Error(answer.refusal.code);
      request = answer.value.next;
    }
    expect(amendWith({ students: 100 }, request)).toMatchObject({ refusal: { code: 'too-large' } });
  });
});

describe('withdraw', () => {
  test('needs a reason of the program', () => {
    const input = { reason: termId.parse('bored') };
    expect(withdraw(aSentRequest(), lead, midway, input, terms)).toMatchObject({
      refusal: { code: 'invalid', fields: { reason: expect.any(String) } },
    });
  });

  test('tells the invited partners of a sent request, and nobody of a draft', () => {
    expect(withdraw(aSentRequest(), lead, midway, withdrawInput, terms)).toMatchObject({
      value: { fact: { reason: 'Term need-changed', data: { partners: [birch, cedar, maple] } } },
    });
    const answer = withdraw(aDraft(), lead, midway, withdrawInput, terms);
    expect(answer).toMatchObject({ value: { fact: { data: { partners: [] } } } });
    if (answer.ok) expect(requestStatus(answer.value.next, midway)).toBe('withdrawn');
  });
});
