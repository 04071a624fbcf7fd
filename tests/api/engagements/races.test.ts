import { describe, expect, test } from 'vitest';
import { answerInput } from '#shared/engagements/inputs.ts';
import { chainFault, readEvents } from '#platform/aggregates.ts';
import type { Role } from '#shared/kernel/actors.ts';
import { newId } from '#platform/ids.ts';
import type { Call } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import { engagementsService } from '../../../functions/engagements/service.ts';
import { refusalOf } from '../../support/client.ts';
import {
  actorOfToken,
  after,
  content,
  demo,
  drafted,
  engagementsWorld,
  fernhill,
  interest,
  partners,
  programs,
  sent,
  suspendPartner,
  tokenOf,
} from './world.ts';

const world = engagementsWorld();
const [birch, cedar] = partners;
if (birch === undefined || cedar === undefined) throw new Error('Two partners are needed.');
const answer = answerInput.parse(interest);

/** How each of some calls at once ended: `ok`, or the code of its refusal. */
async function endings(calls: readonly Promise<unknown>[]): Promise<string[]> {
  return Promise.all(
    calls.map((call) =>
      call.then(
        () => 'ok',
        async () => (await refusalOf(call)).code,
      ),
    ),
  );
}

describe('two writers at once', () => {
  test('of a draft: one is saved, every other one is told', async () => {
    const { request, params, lead } = await drafted(world, [birch]);
    const titles = ['One', 'Two', 'Three', 'Four'];
    const ended = await endings(
      titles.map((title) =>
        lead.requests.edit({
          params,
          body: { version: 1, content: content([birch], { need: { title, words: 'Words.' } }) },
        }),
      ),
    );
    expect(ended.toSorted()).toEqual(['changed-meanwhile', 'changed-meanwhile', 'changed-meanwhile', 'ok']);
    const page = await lead.requests.get({ params });
    const winner = titles[ended.indexOf('ok')];
    expect(page).toMatchObject({ version: 2, request: { content: { need: { title: winner } } } });
    expect((await lead.requests.list({ params: demo, query: {} })).items[0]).toMatchObject({ request, title: winner });
  });

  test('all invited partners answer in the same moment: each answer is kept and counted', async () => {
    const asked = partners.slice(0, 5);
    const { request, params } = await sent(world, asked);
    const calls = asked.map((partner) =>
      world.as(partner, 'partner:owner', after(1)).invitations.answer({ params, body: { answer } }),
    );
    // Many at once can use up the rounds; then nothing was written and the person repeats it.
    const ended = await endings(calls);
    for (const [place, partner] of asked.entries()) {
      if (ended[place] === 'ok') continue;
      expect(ended[place]).toBe('changed-meanwhile');
      await world.as(partner, 'partner:owner', after(1)).invitations.answer({ params, body: { answer } });
    }
    const viewer = world.as(fernhill, 'district:viewer', after(2));
    const page = await viewer.requests.get({ params });
    expect(page.invitations.map((one) => one.status)).toEqual(asked.map(() => 'interested'));
    const line = (await viewer.requests.list({ params: demo, query: {} })).items.find((one) => one.request === request);
    expect(line).toMatchObject({ interested: 5, declined: 0 });
  });

  test('an amendment and an answer: an answer never stands beside an amendment that it did not see', async () => {
    for (let turn = 0; turn < 6; turn += 1) {
      const { params, lead } = await sent(world, [birch]);
      const owner = world.as(birch, 'partner:owner', after(1));
      const amendment = { words: 'More students.', students: 1300 + turn };
      const [amended, answered] = await endings([
        lead.requests.amend({ params, body: { version: 2, amendment } }),
        owner.invitations.answer({ params, body: { answer } }),
      ]);
      expect(amended).toBe('ok');
      const page = await lead.requests.get({ params });
      expect(page.invitations[0]?.status).toBe(answered === 'ok' ? 'interested' : 'sent');
      const lines = (await owner.invitations.list({ params: demo, query: {} })).items;
      const line = lines.find((one) => one.request === params.request);
      expect(line).toMatchObject({ unread: 1, status: answered === 'ok' ? 'interested' : 'sent' });
      const events = await readEvents(world.table, {
        partition: `REQUEST#${params.request}`,
        name: `invitation#${birch}`,
      });
      expect(chainFault(events)).toBeUndefined();
    }
  });

  test('an award and a change of the awarded answer: what was awarded is what was read', async () => {
    const { params } = await sent(world, [birch, cedar]);
    const owner = world.as(birch, 'partner:owner', after(1));
    const { at } = await owner.invitations.answer({ params, body: { answer } });
    const superintendent = world.as(fernhill, 'district:superintendent', after(3));
    const body = {
      version: 2,
      answers: [{ partner: birch, at }],
      outcome: { kind: 'awarded' as const, awards: [{ partner: birch }] },
    };
    const later = world.as(birch, 'partner:owner', after(2));
    const dearer = answerInput.parse({ ...interest, price: { low: 9_000_000, high: 9_000_000 } });
    await later.invitations.answer({ params, body: { replaces: at, answer: dearer } });
    const refused = await refusalOf(superintendent.requests.recordOutcome({ params, body }));
    expect(refused).toMatchObject({ code: 'changed-meanwhile' });
    expect(refused.message).toContain('birch partners');
    const unread = await refusalOf(superintendent.requests.recordOutcome({ params, body: { ...body, answers: [] } }));
    expect(unread).toMatchObject({ code: 'changed-meanwhile' });
    const stale = world
      .as(birch, 'partner:owner', after(2))
      .invitations.answer({ params, body: { replaces: at, answer } });
    expect(await refusalOf(stale)).toMatchObject({ code: 'changed-meanwhile' });
    await superintendent.requests.recordOutcome({
      params,
      body: { ...body, answers: [{ partner: birch, at: after(2) }] },
    });
    const again = superintendent.requests.recordOutcome({ params, body });
    expect(await refusalOf(again)).toMatchObject({ code: 'changed-meanwhile' });
    const own = await owner.invitations.get({ params });
    expect(own).toMatchObject({ status: 'awarded', answer: { price: { low: 9_000_000 } } });
  });

  test('the same draft sent from two windows asks each partner once', async () => {
    const { params, lead } = await drafted(world, [birch, cedar]);
    const ended = await endings([1, 2, 3].map(() => lead.requests.send({ params, body: { version: 1 } })));
    expect(ended).toEqual(['ok', 'ok', 'ok']);
    const events = await readEvents(world.table, {
      partition: `REQUEST#${params.request}`,
      name: `invitation#${birch}`,
    });
    expect(events).toHaveLength(1);
    const twice = newId('com');
    const comment = { params, body: { id: twice, words: 'Sent.' } };
    expect(await endings([lead.requests.comment(comment), lead.requests.comment(comment)])).toEqual(['ok', 'ok']);
    expect((await lead.requests.get({ params })).comments).toHaveLength(1);
  });
});

/** The table, in which somebody else acts at the last moment before the first write. */
function overtaken(table: Table, act: () => Promise<void>): Table {
  let first = true;
  return {
    get: (...given) => table.get(...given),
    getAll: (...given) => table.getAll(...given),
    select: (...given) => table.select(...given),
    load: (...given) => table.load(...given),
    async write(changes) {
      if (first) await act();
      first = false;
      return table.write(changes);
    },
  };
}

describe('an approval that is suspended while the server decides', () => {
  function call(role: Role): Call {
    const at = after(3);
    const visitor = {
      at,
      correlation: 'race-test',
      address: '192.0.2.1',
      origin: undefined,
      session: undefined,
      cookies: undefined,
      throughWeb: false,
    };
    return { actor: actorOfToken(tokenOf(fernhill, role)), at, visitor, fingerprint: 'a-call-again' };
  }

  test('finds the sending to five partners in one transaction', async () => {
    const { params } = await drafted(world, partners.slice(0, 5));
    const writes: number[] = [];
    const table: Table = {
      get: (...given) => world.table.get(...given),
      getAll: (...given) => world.table.getAll(...given),
      select: (...given) => world.table.select(...given),
      load: (...given) => world.table.load(...given),
      async write(changes) {
        writes.push(changes.length);
        return world.table.write(changes);
      },
    };
    const sending = engagementsService(table, programs).requests.send(
      { params, body: { version: 1 } },
      call('district:lead'),
    );
    expect(await sending).toMatchObject({ ok: true });
    // the request and five invitations with a fact each, a line for each, and two guards for each partner
    expect(writes).toEqual([6 * 2 + 6 + 5 * 2]);
  });

  test('stops the sending to all', async () => {
    const [, , , , , alder] = partners;
    if (alder === undefined) throw new Error('Six partners are needed.');
    const { params, lead } = await drafted(world, [birch, alder]);
    const table = overtaken(world.table, () => suspendPartner(world.table, alder));
    const service = engagementsService(table, programs);
    const answered = await service.requests.send({ params, body: { version: 1 } }, call('district:lead'));
    expect(answered).toMatchObject({ ok: false, refusal: { code: 'approval-inactive' } });
    expect(await lead.requests.get({ params })).toMatchObject({ status: 'draft', invitations: [] });
  });

  test('stops the award', async () => {
    const [, , , , , , hazel] = partners;
    if (hazel === undefined) throw new Error('Seven partners are needed.');
    const { params, lead } = await sent(world, [hazel]);
    const { at } = await world.as(hazel, 'partner:owner', after(1)).invitations.answer({ params, body: { answer } });
    const table = overtaken(world.table, () => suspendPartner(world.table, hazel));
    const body = {
      version: 2,
      answers: [{ partner: hazel, at }],
      outcome: { kind: 'awarded' as const, awards: [{ partner: hazel }] },
    };
    const service = engagementsService(table, programs);
    const answered = await service.requests.recordOutcome({ params, body }, call('district:superintendent'));
    expect(answered).toMatchObject({ ok: false, refusal: { code: 'approval-inactive' } });
    expect((await lead.requests.get({ params })).status).toBe('open');
    expect(
      (await lead.engagements.list({ params: demo, query: {} })).items.filter((one) => one.partner === hazel),
    ).toEqual([]);
  });
});

describe('the same call again, whose answer was lost on the way', () => {
  test('finds its own work done, and nobody else’s', async () => {
    const { params } = await sent(world, [birch]);
    const owner = world.as(birch, 'partner:owner', after(1));
    const answering = { params, body: { answer } };
    const first = await owner.invitations.answer(answering);
    expect(await owner.invitations.answer(answering)).toEqual(first);

    const amending = { params, body: { version: 2, amendment: { words: 'More.', students: 90 } } };
    const lead = world.as(fernhill, 'district:lead', after(2));
    expect(await lead.requests.amend(amending)).toMatchObject({ version: 3 });
    expect(await lead.requests.amend(amending)).toMatchObject({ version: 3 });
    const another = world.as(fernhill, 'district:superintendent', after(2));
    expect(await refusalOf(another.requests.amend(amending))).toMatchObject({ code: 'changed-meanwhile' });

    const recording = { params, body: { version: 3, outcome: { kind: 'cancelled' as const, reason: 'money-gone' } } };
    expect(await another.requests.recordOutcome(recording)).toMatchObject({ version: 4 });
    expect(await another.requests.recordOutcome(recording)).toMatchObject({ version: 4 });
    const other = {
      ...recording,
      body: { ...recording.body, outcome: { kind: 'cancelled' as const, reason: 'other' } },
    };
    expect(await refusalOf(another.requests.recordOutcome(other))).toMatchObject({ code: 'changed-meanwhile' });
    expect((await owner.invitations.get({ params })).amendments).toHaveLength(1);
  });
});
