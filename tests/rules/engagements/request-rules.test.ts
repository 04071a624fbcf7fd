import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { everyRole, type Role } from '#shared/kernel/actors.ts';
import { organizationId, programId, termId } from '#shared/kernel/ids.ts';
import { day, instant, millisecondsPerDay, plusMilliseconds, type Instant } from '#shared/kernel/instants.ts';
import { emptyDraft } from '#shared/engagements/empty-draft.ts';
import { amendmentInput, outcomeInput, requestInput } from '#shared/engagements/inputs.ts';
import { type Request } from '#shared/engagements/model.ts';
import { actRoles } from '#shared/engagements/act-roles.ts';
import { actStatuses, whyNot, type ActOnRequest } from '#shared/engagements/permitted-acts.ts';
import { comment, answerQuestion } from '#shared/engagements/discussion-rules.ts';
import { requestSent } from '#shared/engagements/events.ts';
import { commentId } from '#shared/kernel/ids.ts';
import { recordOutcome } from '#shared/engagements/outcome-rules.ts';
import { amend, draftRequest, editDraft, send, withdraw } from '#shared/engagements/rules.ts';
import { requestStatus, requestStatuses, type RequestStatus } from '#shared/engagements/status.ts';
import {
  aDraft,
  afterReplyBy,
  allFacts,
  anInput,
  anInvitation,
  aPerson,
  aQuestion,
  aSentRequest,
  awardedTo,
  birch,
  cancellation,
  cedar,
  district,
  draftedAt,
  engagementIds,
  factsOf,
  interest,
  lead,
  maple,
  midway,
  noneSuitable,
  sentAt,
  terms,
  theRequest,
  withdrawal,
} from './builders.ts';

const withdrawInput = { reason: termId.parse('need-changed') };
const words = { words: 'Because.' };
const invitations = [
  anInvitation(birch, { answer: interest, seenAt: midway }),
  anInvitation(cedar),
  anInvitation(maple),
];
const outcomeFacts = { invitations, partners: allFacts, engagements: engagementIds(1) };
const toBirch = outcomeInput.parse({ kind: 'awarded', awards: [{ partner: birch }] });

/** A request in each status with an instant at which it has it. */
const inStatus: Readonly<Record<RequestStatus, { request: Request; at: Instant }>> = {
  draft: { request: aDraft(), at: sentAt },
  open: { request: aSentRequest(), at: midway },
  closed: { request: aSentRequest(), at: afterReplyBy },
  awarded: { request: aSentRequest({ outcome: awardedTo(birch) }), at: midway },
  'none-suitable': { request: aSentRequest({ outcome: noneSuitable }), at: midway },
  cancelled: { request: aSentRequest({ outcome: cancellation }), at: midway },
  withdrawn: { request: aSentRequest({ withdrawn: withdrawal }), at: midway },
};

type DistrictAct = Exclude<ActOnRequest, 'read' | 'mark-seen' | 'answer' | 'ask'>;
type Answer = { ok: true } | { ok: false; refusal: { code: string; message?: string } };

const acts: Readonly<Record<DistrictAct, (request: Request, roles: readonly Role[], at: Instant) => Answer>> = {
  edit: (request, roles, at) => editDraft(request, aPerson(district, ...roles), at, anInput({ students: 7 }), terms),
  send: (request, roles, at) => send(request, aPerson(district, ...roles), at, allFacts, terms),
  amend: (request, roles, at) =>
    amend(request, aPerson(district, ...roles), at, amendmentInput.parse({ ...words, students: 9 }), [], terms),
  withdraw: (request, roles, at) => withdraw(request, aPerson(district, ...roles), at, withdrawInput, terms),
  'answer-question': (request, roles, at) =>
    answerQuestion(request, aQuestion(1, birch), aPerson(district, ...roles), at, words),
  comment: (request, roles, at) =>
    comment(request, aPerson(district, ...roles), at, commentId.parse('com_0000000000000001'), words, 0),
  'record-outcome': (request, roles, at) =>
    recordOutcome(request, aPerson(district, ...roles), at, toBirch, outcomeFacts, terms),
};

describe('who may do what, when', () => {
  const districtActs: readonly DistrictAct[] = [
    'edit',
    'send',
    'amend',
    'withdraw',
    'answer-question',
    'comment',
    'record-outcome',
  ];
  for (const act of districtActs) {
    test.each(requestStatuses)(`${act} in status %s, for every role`, (status) => {
      const { request, at } = inStatus[status];
      expect(requestStatus(request, at)).toBe(status);
      for (const role of everyRole) {
        const allowedRoles: readonly Role[] = actRoles[act];
        const allowedStatuses: readonly string[] = actStatuses[act];
        const answer = acts[act](request, [role], at);
        const sentence = whyNot(act, status, [role]);
        if (!allowedRoles.includes(role)) {
          expect(answer).toMatchObject({ ok: false, refusal: { code: 'not-allowed', message: sentence } });
        } else if (!allowedStatuses.includes(status)) {
          expect(answer).toMatchObject({ ok: false, refusal: { code: 'wrong-state', message: sentence } });
        } else {
          expect({ role, answer }).toMatchObject({ role, answer: { ok: true } });
          expect(sentence).toBeUndefined();
        }
      }
    });

    test(`${act} is not found by another district or in another program`, () => {
      const { request, at } = inStatus[act === 'edit' || act === 'send' ? 'draft' : 'open'];
      const elsewhere = { ...request, district: organizationId.parse('elsewhere') };
      const otherProgram = { ...request, program: programId.parse('other') };
      for (const one of [elsewhere, otherProgram]) {
        expect(acts[act](one, ['district:superintendent', 'district:lead'], at)).toMatchObject({
          refusal: { code: 'not-found' },
        });
      }
    });
  }

  test('a person who acts for no organization finds nothing', () => {
    const nobody = { kind: 'person', person: lead.person } as const;
    expect(withdraw(aSentRequest(), nobody, midway, withdrawInput, terms)).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });

  test('the table of the product: who decides, who prepares, who comments, who reads', () => {
    expect(actRoles['record-outcome']).toEqual(['district:superintendent']);
    for (const act of ['draft', 'send', 'amend', 'answer-question'] as const) {
      expect(actRoles[act]).toEqual(['district:superintendent', 'district:lead']);
    }
    expect(actRoles.comment).toContain('district:committee');
    expect(actRoles.answer).toEqual(['partner:owner', 'partner:editor']);
    const viewerActs = Object.entries(actRoles).filter(([, roles]) => roles.some((one) => one === 'district:viewer'));
    expect(viewerActs.map(([act]) => act)).toEqual(['read']);
  });

  test('a disabled button says why in a sentence', () => {
    expect(whyNot('record-outcome', 'open', ['district:lead'])).toBe(
      'Only the superintendent of the district can do this.',
    );
    expect(whyNot('send', 'open', ['district:lead'])).toBe(
      'This request has been sent and partners can still reply, so it cannot be sent.',
    );
    expect(whyNot('answer', 'ended', ['partner:owner'])).toBe('This request has ended, so it cannot be answered.');
    expect(whyNot('answer', 'open', ['partner:viewer'])).toBe('Only an owner or an editor of the partner can do this.');
  });
});

describe('draft', () => {
  test.each(everyRole)('by %s', (role) => {
    const answer = draftRequest(aPerson(district, role), draftedAt, theRequest, requestInput.parse({}), terms);
    const may = role === 'district:superintendent' || role === 'district:lead';
    expect(answer.ok).toBe(may);
    if (!answer.ok) expect(answer.refusal.code).toBe('not-allowed');
  });

  test('by nobody in particular or in another program', () => {
    const stranger = { kind: 'person', person: lead.person } as const;
    expect(draftRequest(stranger, draftedAt, theRequest, anInput(), terms)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
    const other = { ...terms, id: programId.parse('other') };
    expect(draftRequest(lead, draftedAt, theRequest, anInput(), other)).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });

  test('keeps what was typed, empty or not, and belongs to the district', () => {
    const answer = draftRequest(lead, draftedAt, theRequest, requestInput.parse({ need: { title: 'Da' } }), terms);
    expect(answer).toMatchObject({
      ok: true,
      value: {
        next: { phase: 'draft', district, draftedBy: lead.person, content: { need: { title: 'Da', words: '' } } },
      },
    });
  });

  test('refuses areas and funding sources that the program does not have in use', () => {
    for (const [field, value] of [
      ['area', 'cooking'],
      ['funding', 'lottery'],
      ['funding', 'old-grant'],
    ] as const) {
      const answer = editDraft(aDraft(), lead, sentAt, anInput({ [field]: value }), terms);
      expect(answer).toMatchObject({ refusal: { code: 'invalid', fields: { [field]: expect.any(String) } } });
    }
  });

  test('an edit names the fields it changed; saving the same again records nothing', () => {
    const input = anInput({ need: { title: 'Other', words: 'Other.' }, budget: { low: 1 }, students: undefined });
    const answer = editDraft(aDraft(), lead, sentAt, input, terms);
    expect(answer).toMatchObject({
      value: {
        fact: { data: { fields: ['need.title', 'need.words', 'students', 'budget'] } },
        next: { content: input },
      },
    });
    expect(editDraft(aDraft(), lead, sentAt, anInput(), terms)).toEqual({ ok: true, value: undefined });
  });

  test('an empty form has a reply-by at the end of a day in the zone, two weeks on', () => {
    expect(emptyDraft(draftedAt, terms.zone)).toEqual({
      need: { title: '', words: '' },
      schools: [],
      grades: [],
      asked: [],
      replyBy: '2027-01-25T04:59:59.999Z',
    });
  });
});

describe('send', () => {
  test('makes one invitation for each asked partner', () => {
    const answer = send(aDraft(), lead, sentAt, allFacts, terms);
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(answer.value.request.next).toEqual(aSentRequest());
    expect(answer.value.invitations.map((one) => one.next)).toEqual(
      [birch, cedar, maple].map((one) => anInvitation(one)),
    );
    expect(answer.value.request.fact.type).toBe(requestSent.name);
    expect(z.json().safeParse(answer.value.request.fact.data).success).toBe(true);
  });

  test('names every field that is missing', () => {
    const answer = send(aDraft(requestInput.parse({})), lead, sentAt, allFacts, terms);
    expect(answer).toMatchObject({ refusal: { code: 'invalid' } });
    if (answer.ok) throw new Error('sent');
    expect(Object.keys(answer.refusal.fields ?? {}).sort()).toEqual(
      ['area', 'asked', 'need.title', 'need.words', 'replyBy', 'wantedStart'].sort(),
    );
  });

  const dayMs = millisecondsPerDay;
  test.each([
    ['one millisecond under 24 hours', dayMs - 1, false],
    ['24 hours', dayMs, true],
    ['180 days', 180 * dayMs, true],
    ['one millisecond over 180 days', 180 * dayMs + 1, false],
  ])('a reply-by %s ahead', (_, ahead, allowed) => {
    const content = anInput({ replyBy: plusMilliseconds(sentAt, ahead) });
    const answer = send(aDraft(content), lead, sentAt, allFacts, terms);
    expect(answer.ok).toBe(allowed);
    if (!answer.ok) expect(Object.keys(answer.refusal.fields ?? {})).toEqual(['replyBy']);
  });

  test.each([
    ['2027-01-10', '2027-01-11T04:59:59.999Z', true],
    ['2027-01-10', '2027-01-11T05:00:00.000Z', false],
  ])('a start on %s is judged by the day it is in the zone at %s', (start, at, allowed) => {
    const answer = send(aDraft(anInput({ wantedStart: start })), lead, instant.parse(at), allFacts, terms);
    expect(answer.ok).toBe(allowed);
    if (!answer.ok) expect(answer.refusal.fields).toHaveProperty('wantedStart');
  });

  test.each([
    ['approval-inactive', { approved: false }],
    ['unclaimed', { claimed: false }],
    [
      'at-capacity',
      {
        capacity: {
          stated: { earliestStart: day.parse('2027-03-02'), asOf: day.parse('2027-01-01') },
          engagements: [],
        },
      },
    ],
  ] as const)('refuses %s and names the partner at its place', (code, changes) => {
    const facts = [factsOf(birch), factsOf(cedar, changes), factsOf(maple)];
    const answer = send(aDraft(), lead, sentAt, facts, terms);
    expect(answer).toMatchObject({ refusal: { code, message: expect.stringContaining('cedar partners') } });
    if (answer.ok) throw new Error('sent');
    expect(Object.keys(answer.refusal.fields ?? {})).toEqual(['asked.1']);
  });

  test('refuses a partner of which nothing is known', () => {
    expect(send(aDraft(), lead, sentAt, [factsOf(birch)], terms)).toMatchObject({
      refusal: { code: 'approval-inactive', fields: { 'asked.1': expect.any(String), 'asked.2': expect.any(String) } },
    });
  });
});

describe('what may be typed', () => {
  test.each([
    ['title', { need: { title: 'x'.repeat(161) } }, 'A title has at most 160 characters.'],
    ['words', { need: { words: 'x'.repeat(4001) } }, 'Write at most 4000 characters.'],
    ['schools', { schools: Array.from({ length: 61 }, (_, n) => `s${n}`) }, 'Choose at most 60 schools'],
    ['six partners', { asked: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'Ask at most 5 partners.'],
    ['a partner twice', { asked: ['a', 'a'] }, 'Ask each partner once.'],
    ['students', { students: 0 }, 'Give a number of students from 1 to 2,000,000'],
    ['budget crossed', { budget: { low: 2, high: 1 } }, 'The high end of the budget is at least its low end.'],
    ['empty budget', { budget: {} }, 'A budget gives a low end, a high end or both.'],
    ['start', { wantedStart: '2150-01-01' }, 'A start is a date from 2000-01-01 to 2099-12-31.'],
  ])('%s has a limit and a sentence', (_, input, sentence) => {
    const parsed = requestInput.safeParse(input);
    expect(parsed.error?.issues.map((one) => one.message).join(' ')).toContain(sentence);
  });

  test('an outcome needs reasons, and words for each part of split work', () => {
    expect(outcomeInput.safeParse({ kind: 'none-suitable', reasons: [] }).success).toBe(false);
    expect(outcomeInput.safeParse({ kind: 'awarded', awards: [] }).success).toBe(false);
    expect(outcomeInput.safeParse({ kind: 'awarded', awards: [{ partner: 'a' }, { partner: 'b' }] }).success).toBe(
      false,
    );
    expect(
      outcomeInput.safeParse({
        kind: 'awarded',
        awards: [
          { partner: 'a', words: 'x' },
          { partner: 'a', words: 'y' },
        ],
      }).success,
    ).toBe(false);
    expect(
      outcomeInput.safeParse({
        kind: 'awarded',
        awards: [
          { partner: 'a', words: 'x' },
          { partner: 'b', words: 'y' },
        ],
      }).success,
    ).toBe(true);
  });
});
