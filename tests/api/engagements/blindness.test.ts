import { describe, expect, test } from 'vitest';
import { answerInput, type OutcomeInput } from '#shared/engagements/inputs.ts';
import { termId, type RequestId } from '#shared/kernel/ids.ts';
import { newId } from '#platform/ids.ts';
import { sessionCookie } from '#platform/session-cookie.ts';
import type { Table } from '#platform/table.ts';
import { engagementsService } from '../../../functions/engagements/service.ts';
import { send } from '../../support/client.ts';
import {
  actorOfToken,
  after,
  demo,
  engagementsWorld,
  fernhill,
  interest,
  oakvale,
  partners,
  programs,
  sent,
  tokenOf,
} from './world.ts';

const world = engagementsWorld();
const [birch, cedar, maple, rowan] = partners;
if (birch === undefined || cedar === undefined) throw new Error('Four partners are needed.');
if (maple === undefined || rowan === undefined) throw new Error('Four partners are needed.');
const answer = answerInput.parse(interest);
const ownersSession = tokenOf(birch, 'partner:owner');

/** The whole answer as it leaves the server, headers included; a cursor is read as what it hides. */
async function raw(path: string, { at = after(20), status = 200, session = ownersSession } = {}): Promise<string> {
  const request = new Request(`https://partners.test/api/programs/demo/${path}`);
  const visit = { at, cookies: { [sessionCookie]: session } };
  const response = await send(world.handler, request, visit);
  const text = JSON.stringify([...response.headers]) + (await response.text());
  expect(response.status).toBe(status);
  const hidden = [...text.matchAll(/[A-Za-z0-9_-]{60,}/g)].map(([word]) => Buffer.from(word, 'base64url').toString());
  return [text, ...hidden].join('\n');
}

describe('what a partner is told', () => {
  test('never names another partner, how many were asked, nor the words of the district among itself', async () => {
    const { request, params, lead } = await sent(world, [cedar, birch, maple]);
    await lead.requests.comment({ params, body: { id: newId('com'), words: 'We hope for the second one.' } });
    for (const other of [cedar, maple]) {
      const owner = world.as(other, 'partner:owner', after(1));
      await owner.invitations.seen({ params, body: { amendments: 0 } });
      for (let n = 0; n < 8; n += 1) {
        await owner.invitations.ask({ params, body: { id: newId('que'), words: `Question ${n} of somebody?` } });
      }
      await owner.invitations.answer({ params, body: { answer: { ...answer, words: 'A secret offer.' } } });
    }
    const own = world.as(birch, 'partner:owner', after(2));
    await own.invitations.ask({ params, body: { id: newId('que'), words: 'Our own question?' } });
    await own.invitations.answer({ params, body: { answer } });

    const superintendent = world.as(fernhill, 'district:superintendent', after(3));
    const page = await superintendent.requests.get({ params });
    const secrets = [
      'cedar',
      'maple',
      'secret offer',
      'hope for',
      'asked"',
      'comment',
      'com_',
      ...page.invitations.map((one) => one.invitation.answer?.by ?? ''),
      page.request.draftedBy,
    ].filter((one) => one !== ownPerson(page));
    const look = async () => {
      const first = await own.invitations.questions({ params, query: {} });
      expect(first.items).toHaveLength(10);
      const rest = await own.invitations.questions({ params, query: { after: first.next } });
      expect(rest.items).toHaveLength(7);
      expect([...first.items, ...rest.items].filter((one) => one.yours)).toHaveLength(1);
      return Promise.all([
        raw(`invitations/${request}`),
        raw(`invitations/${request}/questions`),
        raw(`invitations/${request}/questions?after=${first.next}`),
        raw('invitations'),
        raw('engagements'),
      ]);
    };
    const before = await look();
    const at = page.invitations.find((one) => one.invitation.partner === cedar)?.invitation.answer?.at;
    if (at === undefined) throw new Error('Cedar has answered.');
    const outcome = { kind: 'awarded' as const, awards: [{ partner: cedar }], words: 'Cedar knows us.' };
    const body = { version: 2, answers: [{ partner: cedar, at }], outcome };
    await superintendent.requests.recordOutcome({ params, body });
    for (const text of [...before, ...(await look())]) {
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
    expect(await raw(`invitations/${request}`)).toContain('"status":"not-awarded"');
    expect(await raw('invitations')).toContain('"status":"not-awarded"');
  });

  test('costs and sizes do not tell how many were asked', async () => {
    const alone = await sent(world, [birch]);
    const among = await sent(world, partners.slice(0, 5));
    const texts = await Promise.all([alone, among].map((one) => raw(`invitations/${one.request}`)));
    const [one, five] = texts.map(withoutIds);
    expect(one).toBe(five);
  });

  test('costs and sizes do not tell how a request ended, nor how much was said of it', async () => {
    const long = 'Why we chose. '.repeat(280);
    const superintendent = world.as(fernhill, 'district:superintendent', after(3));
    const ended = async (outcome: OutcomeInput): Promise<string> => {
      const { request, params } = await sent(world, [birch, cedar]);
      const own = { params, body: { answer: { ...answer, words: long } } };
      await world.as(cedar, 'partner:owner', after(2)).invitations.answer(own);
      await world.as(birch, 'partner:owner', after(2)).invitations.answer(own);
      const answers = outcome.kind === 'awarded' ? [{ partner: cedar, at: after(2) }] : [];
      await superintendent.requests.recordOutcome({ params, body: { version: 2, answers, outcome } });
      const paths = [`invitations/${request}`, `invitations/${request}/questions`];
      return withoutIds((await Promise.all(paths.map((path) => raw(path)))).join('\n'));
    };
    const awarded = await ended({ kind: 'awarded', awards: [{ partner: cedar, words: long }], words: long });
    const none = await ended({ kind: 'none-suitable', reasons: [termId.parse('too-costly')] });
    expect(awarded).toBe(none);
    expect(awarded).not.toContain('x-capacity');
  });

  test.each([
    ['partner', rowan, 'partner:owner', 'invitations'],
    ['district', oakvale, 'district:lead', 'requests'],
  ] as const)('a stranger’s answer does not tell a %s that a request exists', async (_, who, role, list) => {
    const long = 'What we need. '.repeat(280);
    const { request } = await sent(world, [birch, cedar], { need: { title: 'A need', words: long } });
    const nowhere = newId('req');
    const asStranger = { status: 404, session: tokenOf(who, role) };
    const [there, missing] = await Promise.all([request, nowhere].map((one) => raw(`${list}/${one}`, asStranger)));
    expect(withoutIds(there ?? '')).toBe(withoutIds(missing ?? ''));
    const [read, readOfNothing] = await Promise.all(
      [request, nowhere].map((one) => readsFor(tokenOf(who, role), list, one)),
    );
    expect(read).toEqual(readOfNothing);
    expect(read).toHaveLength(1);
  });
});

/** What the table is asked while a person opens a request: keys without the request's id. */
async function readsFor(session: string, list: 'invitations' | 'requests', request: RequestId) {
  const reads: string[] = [];
  const note = (key: string): void => void reads.push(withoutIds(key));
  const table: Table = {
    get: async (key, options) => {
      note(`${key.pk} ${key.sk}`);
      return world.table.get(key, options);
    },
    getAll: async (keys, options) => {
      for (const key of keys) note(`${key.pk} ${key.sk}`);
      return world.table.getAll(keys, options);
    },
    select: async (selection) => {
      note(JSON.stringify(selection));
      return world.table.select(selection);
    },
    load: (...given) => world.table.load(...given),
    write: (...given) => world.table.write(...given),
  };
  const visitor = {
    at: after(1),
    correlation: 'stranger-test',
    address: '192.0.2.1',
    origin: undefined,
    session: undefined,
    cookies: undefined,
    throughWeb: false,
  };
  const call = { actor: actorOfToken(session), at: after(1), visitor, fingerprint: '' };
  const answered = await engagementsService(table, programs)[list].get({ params: { ...demo, request } }, call);
  expect(answered).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
  return reads;
}

function withoutIds(text: string): string {
  return text.replaceAll(/(req|eng)_[a-z0-9]+/g, '').replaceAll(/"x-correlation-id","[^"]*"/g, '');
}

function ownPerson(page: { invitations: { invitation: { partner: string; answer?: { by: string } | undefined } }[] }) {
  return page.invitations.find((one) => one.invitation.partner === birch)?.invitation.answer?.by;
}
