import { describe, expect, test } from 'vitest';
import { chainFault, readEvents } from '#platform/aggregates.ts';
import { newId } from '#platform/ids.ts';
import { daysBetween, walkJournal } from '#platform/journal.ts';
import { rebuild, verify } from '#platform/projections.ts';
import { answerInput } from '#shared/engagements/inputs.ts';
import { refusalOf } from '../../support/client.ts';
import {
  after,
  agency,
  demand,
  demo,
  engagementsWorld,
  fernhill,
  interest,
  partners,
  replyBy,
  sent,
  storyDays,
} from './world.ts';

const world = engagementsWorld();
const [birch, cedar, maple] = partners;
if (birch === undefined || cedar === undefined || maple === undefined) throw new Error('Three partners are needed.');
const answer = answerInput.parse(interest);

describe('the whole job', () => {
  test('draft, send to three, one declines, one answers, one lapses, award, engagement; the state sees it', async () => {
    const { request, params } = await sent(world, [birch, cedar, maple]);

    // Birch opens, asks, answers; Cedar declines; Maple never opens it.
    const asBirch = world.as(birch, 'partner:owner', after(5));
    await asBirch.invitations.seen({ params, body: { amendments: 0 } });
    const question = newId('que');
    await asBirch.invitations.ask({ params, body: { id: question, words: 'Is there a data team already?' } });
    const asLead = world.as(fernhill, 'district:lead', after(6));
    await asLead.requests.answerQuestion({
      params: { ...params, question },
      body: { version: 1, words: 'In two schools.' },
    });
    await asLead.requests.amend({
      params,
      body: { version: 2, amendment: { words: 'More students.', students: 1300 } },
    });
    expect(await refusalOf(asBirch.invitations.answer({ params, body: { answer } }))).toMatchObject({
      code: 'changed-meanwhile',
    });
    const later = world.as(birch, 'partner:editor', after(7));
    await later.invitations.seen({ params, body: { amendments: 1 } });
    await later.invitations.answer({ params, body: { answer } });
    const asCedar = world.as(cedar, 'partner:owner', after(30));
    await asCedar.invitations.seen({ params, body: { amendments: 1 } });
    await asCedar.invitations.answer({ params, body: { answer: { kind: 'declined', reason: 'no-capacity' } } });

    // After the reply-by.
    const late = after(10 * 24 + 1);
    expect(late > replyBy).toBe(true);
    const asMaple = world.as(maple, 'partner:owner', late);
    expect(await refusalOf(asMaple.invitations.answer({ params, body: { answer } }))).toMatchObject({
      code: 'wrong-state',
    });
    expect((await asMaple.invitations.list({ params: demo, query: {} })).items).toMatchObject([
      { status: 'lapsed', phase: 'closed' },
    ]);

    const superintendent = world.as(fernhill, 'district:superintendent', late);
    const page = await superintendent.requests.get({ params });
    expect(page.status).toBe('closed');
    expect(page.invitations.map((one) => one.status)).toEqual(['interested', 'declined', 'lapsed']);
    expect(page.partners).toEqual({ birch: 'birch partners', cedar: 'cedar partners', maple: 'maple partners' });
    expect(Object.values(page.people)).toEqual(['The lead']);
    expect(page.questions).toMatchObject([{ id: question, partner: birch, answer: { words: 'In two schools.' } }]);

    const given = page.invitations[0]?.invitation.answer?.at;
    if (given === undefined) throw new Error('Birch has answered.');
    await superintendent.requests.recordOutcome({
      params,
      body: {
        version: page.version,
        answers: [{ partner: birch, at: given }],
        outcome: { kind: 'awarded', awards: [{ partner: birch }] },
      },
    });

    const lines = (await superintendent.requests.list({ params: demo, query: {} })).items;
    expect(lines).toMatchObject([{ request, status: 'awarded', asked: 3, interested: 1, declined: 1 }]);
    const own = await world.as(birch, 'partner:viewer', late).invitations.get({ params });
    expect(own).toMatchObject({ status: 'awarded', phase: 'ended', names: { district: 'Fernhill Schools' } });
    expect((await asBirch.invitations.list({ params: demo, query: {} })).items).toMatchObject([
      { status: 'awarded', unread: 0, engagement: own.award?.engagement },
    ]);
    expect((await asCedar.invitations.list({ params: demo, query: {} })).items).toMatchObject([{ status: 'declined' }]);
    const engagement = {
      engagement: own.award?.engagement,
      request,
      names: { district: 'Fernhill Schools', partner: 'birch partners' },
      start: '2027-03-08',
    };
    for (const client of [superintendent, asBirch, world.as(agency, 'agency:liaison', late)]) {
      expect((await client.engagements.list({ params: demo, query: {} })).items).toMatchObject([engagement]);
    }
    expect((await asCedar.engagements.list({ params: demo, query: {} })).items).toEqual([]);

    const events = await readEvents(world.table, { partition: `REQUEST#${request}`, name: 'request' });
    expect(events.map((one) => one.type.replace('engagements.request-', ''))).toEqual([
      'drafted',
      'sent',
      'amended',
      'outcome-recorded',
    ]);
    expect(chainFault(events)).toBeUndefined();

    await world.settle();
    const state = world.as(agency, 'agency:program-lead', late);
    expect((await state.demand.get({ params: demo })).months).toEqual([
      {
        month: '2027-01',
        sent: 1,
        invitations: 3,
        answers: 2,
        hours: 37,
        answersWithin: { day: 1, 'three-days': 1, week: 0, 'two-weeks': 0, more: 0 },
        interested: 1,
        declined: 1,
        declinedFor: { 'no-capacity': 1 },
        outcomes: { awarded: 1, 'none-suitable': 0, cancelled: 0, withdrawn: 0 },
        noneSuitableFor: {},
        engagements: 1,
      },
    ]);
    expect((await state.demand.unmet({ params: demo, query: {} })).items).toEqual([]);
  });

  test('needs that nobody met: none suitable, no offer and undecided ones, the newest first', async () => {
    const asked = [birch, cedar];
    const open = await sent(world, asked);
    const offered = await sent(world, asked, { replyBy: after(9 * 24) });
    const refused = await sent(world, asked);
    const withdrawn = await sent(world, asked);
    const mind = await sent(world, asked, { replyBy: after(25 * 24) });
    const owner = world.as(birch, 'partner:owner', after(2));
    await owner.invitations.answer({ params: offered.params, body: { answer } });
    // Birch changes its mind in the next month: the refusal is taken back where it was counted.
    const first = await owner.invitations.answer({
      params: mind.params,
      body: { answer: { kind: 'declined', reason: 'no-capacity' } },
    });
    await world
      .as(birch, 'partner:owner', after(21 * 24))
      .invitations.answer({ params: mind.params, body: { replaces: first.at, answer } });
    const superintendent = world.as(fernhill, 'district:superintendent', after(4));
    await superintendent.requests.withdraw({ params: withdrawn.params, body: { version: 2, reason: 'need-changed' } });
    await superintendent.requests.recordOutcome({
      params: refused.params,
      body: { version: 2, outcome: { kind: 'none-suitable', reasons: ['too-costly'] } },
    });
    await world.settle();

    const unmetAt = async (hours: number) =>
      (await world.as(agency, 'agency:auditor', after(hours)).demand.unmet({ params: demo, query: {} })).items.map(
        (one) => [one.request, one.standing],
      );
    expect(await unmetAt(5)).toEqual([[refused.request, 'none-suitable']]);
    expect(await unmetAt(10 * 24 + 1)).toEqual([
      [open.request, 'no-offer'],
      [offered.request, 'undecided'],
      [refused.request, 'none-suitable'],
    ]);
    expect(await unmetAt(25 * 24 + 1)).toEqual([
      [mind.request, 'undecided'],
      [open.request, 'no-offer'],
      [offered.request, 'undecided'],
      [refused.request, 'none-suitable'],
    ]);
    const { months } = await world.as(agency, 'agency:chair', after(700)).demand.get({ params: demo });
    expect(months).toMatchObject([
      { month: '2027-02', sent: 0, interested: 1, declined: 0, answers: 0 },
      {
        month: '2027-01',
        sent: 6,
        interested: 2,
        declined: 1,
        declinedFor: { 'no-capacity': 1 },
        answers: 4,
        noneSuitableFor: { 'too-costly': 1 },
        outcomes: { withdrawn: 1 },
      },
    ]);

    expect(await verify(world.table, demand, walkJournal(world.table, daysBetween(...storyDays)))).toMatchObject({
      differences: [],
    });
    await rebuild(world.table, demand, walkJournal(world.table, daysBetween(...storyDays)));
    expect(await verify(world.table, demand, walkJournal(world.table, daysBetween(...storyDays)))).toMatchObject({
      differences: [],
    });
  });
});
