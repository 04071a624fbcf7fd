import { beforeAll, describe, expect, test } from 'vitest';
import { answerInput } from '#shared/engagements/inputs.ts';
import { organizationId, termId } from '#shared/kernel/ids.ts';
import type { History } from '#platform/history.ts';
import { questionsAtMost } from '#shared/engagements/limits.ts';
import { newId } from '#platform/ids.ts';
import { anApproval } from '../../rules/catalogue/builders.ts';
import { refusalOf, send as sendRaw } from '../../support/client.ts';
import {
  after,
  agency,
  content,
  demo,
  drafted,
  engagementsWorld,
  fernhill,
  interest,
  listPartner,
  oakvale,
  partners,
  sent,
  start,
  suspendPartner,
  tokenOf,
} from './world.ts';
import { sessionCookie } from '#platform/session-cookie.ts';

const [lapsed, unclaimed, full, elsewhere, shaky, booked] = [
  'lapsed',
  'unclaimed',
  'full',
  'elsewhere',
  'shaky',
  'booked',
].map((id) => organizationId.parse(id));
if (lapsed === undefined || unclaimed === undefined || full === undefined) throw new Error('Partners are missing.');
if (elsewhere === undefined || shaky === undefined || booked === undefined) throw new Error('Partners are missing.');

const world = engagementsWorld((history: History) => {
  listPartner(history, lapsed, { approval: { ends: anApproval().granted } });
  listPartner(history, unclaimed, { claimed: false });
  listPartner(history, full, { clientsAtMost: 0 });
  listPartner(history, elsewhere, { approval: 'none' });
  listPartner(history, shaky);
  listPartner(history, booked, { clientsAtMost: 1 });
  history.put({ pk: `LISTING#demo#${booked}`, sk: 'VIEW#workload', 'year:2028': 1 });
});
const [birch, cedar] = partners;
if (birch === undefined || cedar === undefined) throw new Error('Two partners are needed.');
const answer = answerInput.parse(interest);
/** All begin at once, so that no refusal waits unheard. */
async function allRefused(
  refusal: { code: string; status: number },
  calls: readonly PromiseLike<unknown>[],
): Promise<void> {
  expect(await Promise.all(calls.map(refusalOf))).toMatchObject(calls.map(() => refusal));
}

const superintendent = () => world.as(fernhill, 'district:superintendent', after(3));

test('a start cannot be moved into a school year in which an asked partner is full', async () => {
  const { params, lead } = await sent(world, [cedar, booked]);
  const move = async (wantedStart: string) =>
    lead.requests.amend({ params, body: { version: 2, amendment: { words: 'Another start.', wantedStart } } });
  expect(await refusalOf(move('2027-07-01'))).toMatchObject({
    code: 'at-capacity',
    status: 409,
    message: expect.stringContaining('booked partners'),
  });
  expect(await move('2027-06-30')).toMatchObject({ version: 3 });
});

describe('a request cannot be sent', () => {
  test.each([
    [lapsed, 'approval-inactive', 409],
    [elsewhere, 'approval-inactive', 409],
    [organizationId.parse('unheard-of'), 'approval-inactive', 409],
    [unclaimed, 'unclaimed', 409],
    [full, 'at-capacity', 409],
  ])('to %s: %s', async (partner, code, status) => {
    const { params, lead } = await drafted(world, [birch, partner]);
    expect(await refusalOf(lead.requests.send({ params, body: { version: 1 } }))).toMatchObject({ code, status });
    expect(await lead.requests.get({ params })).toMatchObject({ status: 'draft', version: 1, invitations: [] });
    expect((await world.as(birch, 'partner:owner').invitations.list({ params: demo, query: {} })).items).toEqual([]);
  });

  test('while it is not complete, with a sentence for each field', async () => {
    const { params, lead } = await drafted(world, [], { area: undefined, wantedStart: undefined });
    const answered = await sendRaw(
      world.handler,
      new Request(`https://partners.test/api/programs/demo/requests/${params.request}/send`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ version: 1 }),
      }),
      { at: start, cookies: { [sessionCookie]: tokenOf(fernhill, 'district:lead') } },
    );
    expect(answered.status).toBe(400);
    const { data } = await answered.json();
    expect(Object.keys(data.fields).sort()).toEqual(['area', 'asked', 'wantedStart']);
    expect((await lead.requests.get({ params })).status).toBe('draft');
  });

  test('and sending twice is sending once', async () => {
    const { params, lead } = await drafted(world, [birch]);
    const first = await lead.requests.send({ params, body: { version: 1 } });
    expect(await lead.requests.send({ params, body: { version: 1 } })).toEqual(first);
    expect(await refusalOf(lead.requests.send({ params, body: { version: 2 } }))).toMatchObject({
      code: 'wrong-state',
    });
    expect((await lead.requests.get({ params })).version).toBe(2);
  });
});

describe('an approval that was suspended after the page was opened', () => {
  let toSend: Awaited<ReturnType<typeof drafted>>;
  let toAward: Awaited<ReturnType<typeof drafted>>;
  let answeredAt: Awaited<ReturnType<ReturnType<typeof world.as>['invitations']['answer']>>['at'];
  beforeAll(async () => {
    toSend = await drafted(world, [birch, shaky]);
    toAward = await sent(world, [birch, shaky]);
    const own = world.as(shaky, 'partner:owner', start);
    answeredAt = (await own.invitations.answer({ params: toAward.params, body: { answer } })).at;
    await suspendPartner(world.table, shaky);
  });

  test('stops the sending, for all partners', async () => {
    const { params } = toSend;
    const refused = await refusalOf(superintendent().requests.send({ params, body: { version: 1 } }));
    expect(refused).toMatchObject({ code: 'approval-inactive' });
    expect((await superintendent().requests.get({ params })).invitations).toEqual([]);
  });

  test('stops the award', async () => {
    const { params } = toAward;
    const outcome = { kind: 'awarded' as const, awards: [{ partner: shaky }] };
    const body = { version: 2, answers: [{ partner: shaky, at: answeredAt }], outcome };
    expect(await refusalOf(superintendent().requests.recordOutcome({ params, body }))).toMatchObject({
      code: 'approval-inactive',
    });
    expect((await superintendent().requests.get({ params })).status).toBe('open');
  });
});

describe('creating is idempotent', () => {
  test('a draft, a comment and a question sent twice are there once; another one under the id is refused', async () => {
    const { request, params, lead } = await sent(world, [birch, cedar]);
    const again = { id: request, content: content([birch, cedar]) };
    expect(await lead.requests.draft({ params: demo, body: again })).toMatchObject({ request, version: 2 });
    const changed = { id: request, content: content([birch]) };
    expect(await refusalOf(lead.requests.draft({ params: demo, body: changed }))).toMatchObject({
      code: 'already-exists',
    });
    const foreign = world.as(oakvale, 'district:lead');
    expect(await refusalOf(foreign.requests.draft({ params: demo, body: { id: request } }))).toMatchObject({
      code: 'already-exists',
    });

    const comment = { id: newId('com'), words: 'Birch worked here before.' };
    await lead.requests.comment({ params, body: comment });
    await lead.requests.comment({ params, body: comment });
    expect(await refusalOf(lead.requests.comment({ params, body: { ...comment, words: 'Other.' } }))).toMatchObject({
      code: 'already-exists',
    });
    const question = { id: newId('que'), words: 'When do teams meet?' };
    const owner = world.as(birch, 'partner:owner', after(1));
    await owner.invitations.ask({ params, body: question });
    await owner.invitations.ask({ params, body: question });
    const other = world.as(cedar, 'partner:owner', after(1));
    expect(await refusalOf(other.invitations.ask({ params, body: question }))).toMatchObject({
      code: 'already-exists',
    });

    const said = await lead.requests.comments({ params, query: {} });
    expect(said).toMatchObject({ items: [comment], people: { [said.items[0]?.person ?? '']: 'The lead' } });
    const asked = await lead.requests.questions({ params, query: {} });
    expect(asked.items).toMatchObject([{ id: question.id, partner: birch, version: 1 }]);
    const words = { version: 1, words: 'On Tuesdays.' };
    const target = { ...params, question: question.id };
    await lead.requests.answerQuestion({ params: target, body: words });
    expect(await lead.requests.answerQuestion({ params: target, body: words })).toMatchObject({ version: 2 });
    const anew = lead.requests.answerQuestion({ params: target, body: { version: 2, words: 'On Mondays.' } });
    expect(await refusalOf(anew)).toMatchObject({ code: 'wrong-state' });
  });

  test('an empty draft has its reply-by two weeks ahead, and editing needs the version that was seen', async () => {
    const request = newId('req');
    const params = { ...demo, request };
    const lead = world.as(fernhill, 'district:lead');
    await lead.requests.draft({ params: demo, body: { id: request } });
    expect((await lead.requests.get({ params })).request.content).toMatchObject({
      asked: [],
      replyBy: '2027-01-26T04:59:59.999Z',
    });
    expect(await lead.requests.edit({ params, body: { version: 1, content: content([birch]) } })).toMatchObject({
      version: 2,
    });
    expect(await lead.requests.edit({ params, body: { version: 2, content: content([birch]) } })).toMatchObject({
      version: 2,
    });
    const stale = lead.requests.edit({ params, body: { version: 1, content: content([cedar]) } });
    expect(await refusalOf(stale)).toMatchObject({ code: 'changed-meanwhile', status: 409 });
    const unknown = lead.requests.edit({
      params,
      body: { version: 2, content: content([birch], { area: 'cooking' }) },
    });
    expect(await refusalOf(unknown)).toMatchObject({ code: 'invalid', status: 400 });
    await lead.requests.withdraw({ params, body: { version: 2, reason: 'need-changed' } });
    const line = (await lead.requests.list({ params: demo, query: {} })).items.find((one) => one.request === request);
    expect(line).toMatchObject({ status: 'withdrawn', title: 'Better use of data' });
  });
});

describe('who may do what', () => {
  test('viewers read, committee members comment, only the superintendent decides', async () => {
    const { params } = await sent(world, [birch]);
    const viewer = world.as(fernhill, 'district:viewer', after(1));
    const committee = world.as(fernhill, 'district:committee', after(1));
    const lead = world.as(fernhill, 'district:lead', after(1));
    expect((await viewer.requests.get({ params })).status).toBe('open');
    const comment = () => ({ params, body: { id: newId('com'), words: 'A word.' } });
    await committee.requests.comment(comment());
    const outcome = {
      params,
      body: { version: 2, outcome: { kind: 'none-suitable' as const, reasons: [termId.parse('too-costly')] } },
    };
    await allRefused({ code: 'not-allowed', status: 403 }, [
      viewer.requests.comment(comment()),
      viewer.requests.draft({ params: demo, body: { id: newId('req') } }),
      committee.requests.withdraw({ params, body: { version: 2, reason: 'need-changed' } }),
      lead.requests.recordOutcome(outcome),
      world.as(birch, 'partner:reporter', after(1)).invitations.answer({ params, body: { answer } }),
      world
        .as(birch, 'partner:viewer', after(1))
        .invitations.ask({ params, body: { id: newId('que'), words: 'Why?' } }),
      world.as(birch, 'partner:owner', after(1)).requests.get({ params }),
      lead.invitations.get({ params }),
      lead.demand.get({ params: demo }),
      world.as(agency, 'agency:program-lead').requests.get({ params }),
    ]);
    const auditor = world.as(agency, 'agency:auditor', after(1));
    expect((await auditor.requests.get({ params })).comments).toHaveLength(1);
    await world.as(birch, 'partner:viewer', after(1)).invitations.seen({ params, body: { amendments: 0 } });
  });

  test('another organization and another program find nothing', async () => {
    const { request, params } = await sent(world, [birch]);
    const away = { program: 'other', request };
    const strangers = [
      world.as(oakvale, 'district:superintendent', after(1)),
      world.as(organizationId.parse('faraway'), 'district:superintendent', after(1), 'other'),
    ];
    for (const stranger of strangers) {
      await allRefused({ code: 'not-found', status: 404 }, [
        stranger.requests.get({ params }),
        stranger.requests.comments({ params, query: {} }),
        stranger.requests.questions({ params, query: {} }),
        stranger.requests.edit({ params, body: { version: 2, content: content([]) } }),
        stranger.requests.send({ params, body: { version: 2 } }),
        stranger.requests.withdraw({ params, body: { version: 2, reason: 'need-changed' } }),
        stranger.requests.amend({ params, body: { version: 2, amendment: { words: 'x', students: 3 } } }),
        stranger.requests.comment({ params, body: { id: newId('com'), words: 'x' } }),
        stranger.requests.recordOutcome({
          params,
          body: { version: 2, outcome: { kind: 'cancelled', reason: 'money-gone' } },
        }),
      ]);
    }
    const notInvited = world.as(cedar, 'partner:owner', after(1));
    await allRefused({ code: 'not-found', status: 404 }, [
      notInvited.invitations.get({ params }),
      notInvited.invitations.questions({ params, query: {} }),
      notInvited.invitations.seen({ params, body: { amendments: 0 } }),
      notInvited.invitations.answer({ params, body: { answer } }),
      notInvited.invitations.ask({ params, body: { id: newId('que'), words: 'x' } }),
      world.as(birch, 'partner:owner', after(1)).invitations.get({ params: away }),
      world.as(birch, 'partner:owner', after(1)).invitations.list({ params: { program: 'nowhere' }, query: {} }),
      world.as(fernhill, 'district:lead').requests.get({ params: away }),
      world.as(fernhill, 'district:lead').requests.list({ params: { program: 'other' }, query: {} }),
      world.as(agency, 'agency:program-lead').demand.get({ params: { program: 'other' } }),
      world.as(agency, 'agency:auditor').requests.get({ params: away }),
    ]);
    expect(
      (await world.as(birch, 'partner:owner').invitations.list({ params: { program: 'other' }, query: {} })).items,
    ).toEqual([]);
  });

  test('who is not signed in reads nothing', async () => {
    const nobody = await sendRaw(world.handler, new Request('https://partners.test/api/programs/demo/requests'));
    expect(nobody.status).toBe(401);
  });
});

test('a place in the list of somebody else, or one that we never gave out, is malformed', async () => {
  const asBirch = world.as(birch, 'partner:owner');
  const place = (lpk: string) =>
    Buffer.from(JSON.stringify({ pk: 'REQUEST#x', sk: 'SUMMARY#request', lpk, lsk: 'x' })).toString('base64url');
  const own = { pk: 'REQUEST#x', sk: 'SUMMARY#request', lpk: 'PARTNER-INVITATIONS#birch', lsk: 'demo#x' };
  const bent = [
    { ...own, lsk: undefined },
    { ...own, lsk: 'other#x' },
    { ...own, extra: 'x' },
    { ...own, pk: 'x'.repeat(400) },
  ].map((keys) => Buffer.from(JSON.stringify(keys)).toString('base64url'));
  for (const after of [place('PARTNER-INVITATIONS#cedar'), place('DISTRICT-REQUESTS#fernhill'), 'bm8', ...bent]) {
    expect(await refusalOf(asBirch.invitations.list({ params: demo, query: { after } }))).toMatchObject({
      status: 400,
    });
  }
});

test('a partner asks at most thirty questions, also when two are on their way at once', async () => {
  const { params } = await sent(world, [birch]);
  const asBirch = world.as(birch, 'partner:owner', after(1));
  const ask = () => asBirch.invitations.ask({ params, body: { id: newId('que'), words: 'When?' } });
  for (let number = 1; number < questionsAtMost; number += 1) await ask();
  const last = await Promise.allSettled([ask(), ask()]);
  expect(last.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await refusalOf(ask())).toMatchObject({ code: 'wrong-state', status: 409 });
});

test('schools of another district, or of none, are refused in a draft and in an amendment', async () => {
  const lead = world.as(fernhill, 'district:lead');
  const body = { id: newId('req'), content: content([birch], { schools: ['s1', 'elsewhere'] }) };
  const refused = await refusalOf(lead.requests.draft({ params: demo, body }));
  expect(refused).toMatchObject({ code: 'invalid', status: 400 });
  const { params } = await sent(world, [birch]);
  const amendment = { words: 'One more school.', schools: ['s1', 'nowhere'] };
  expect(await refusalOf(lead.requests.amend({ params, body: { version: 2, amendment } }))).toMatchObject({
    code: 'invalid',
  });
});
