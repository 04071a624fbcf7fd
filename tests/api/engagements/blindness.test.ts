import { describe, expect, test } from 'vitest';
import { answerInput } from '#shared/engagements/inputs.ts';
import { newId } from '#platform/ids.ts';
import { sessionCookie } from '#platform/session-cookie.ts';
import { send } from '../../support/client.ts';
import { after, agency, engagementsWorld, fernhill, interest, partners, sent, tokenOf } from './world.ts';

const world = engagementsWorld();
const [birch, cedar, maple] = partners;
if (birch === undefined || cedar === undefined || maple === undefined) throw new Error('Three partners are needed.');
const answer = answerInput.parse(interest);

/** The whole answer as it leaves the server, headers included; a cursor is read as what it hides. */
async function raw(path: string, at = after(20)): Promise<string> {
  const request = new Request(`https://partners.test/api/programs/demo/${path}`);
  const visit = { at, cookies: { [sessionCookie]: tokenOf(birch ?? agency, 'partner:owner') } };
  const response = await send(world.handler, request, visit);
  const text = JSON.stringify([...response.headers]) + (await response.text());
  expect(response.status).toBe(200);
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
    const [one, five] = texts.map((text) =>
      text.replaceAll(/req_[a-z0-9]+/g, '').replace(/"x-correlation-id","[^"]*"/, ''),
    );
    expect(one).toBe(five);
  });
});

function ownPerson(page: { invitations: { invitation: { partner: string; answer?: { by: string } | undefined } }[] }) {
  return page.invitations.find((one) => one.invitation.partner === birch)?.invitation.answer?.by;
}
