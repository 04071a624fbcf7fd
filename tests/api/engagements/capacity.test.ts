import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { answerInput } from '#shared/engagements/inputs.ts';
import { titleAtMost } from '#shared/engagements/limits.ts';
import { newId } from '#platform/ids.ts';
import { sessionCookie } from '#platform/session-cookie.ts';
import { send } from '../../support/client.ts';
import {
  after,
  agency,
  content,
  demo,
  engagementsWorld,
  fernhill,
  interest,
  partners,
  sent,
  storyDays,
  tokenOf,
  type World,
} from './world.ts';
import type { OrganizationId } from '#shared/kernel/ids.ts';
import type { Role } from '#shared/kernel/actors.ts';
import type { Instant } from '#shared/kernel/instants.ts';

process.env['SHOW_CAPACITY'] = '1';

const world = engagementsWorld();
const unmetWorld = engagementsWorld();
const [birch, cedar] = partners;
if (birch === undefined || cedar === undefined) throw new Error('Two partners are needed.');
const answer = answerInput.parse(interest);
/** A list's line holds the title whole. */
const longest = { need: { title: 'W'.repeat(titleAtMost), words: 'Words.' } };
const firstDay = [storyDays[0], storyDays[0]] as const;
const five = partners.slice(0, 5);

/** Units of one call as the platform measured them; the test has no session to read. */
async function units(
  of: OrganizationId,
  role: Role,
  method: string,
  path: string,
  body?: unknown,
  where: { readonly world: World; readonly at: Instant } = { world, at: after(2) },
) {
  const request = new Request(`https://partners.test/api/programs/demo/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const visit = { at: where.at, cookies: { [sessionCookie]: tokenOf(of, role) } };
  const response = await send(where.world.handler, request, visit);
  expect(`${path} ${response.status}`).toBe(`${path} 200`);
  const [, read = '', write = ''] =
    /^read=([\d.]+) write=([\d.]+) session=0$/.exec(response.headers.get('x-capacity') ?? '') ?? [];
  return { read: Number(read), write: Number(write) };
}

async function reads(request: string) {
  const of = (one: OrganizationId, role: Role, path: string) => units(one, role, 'GET', path);
  return {
    'A request as its district sees it': await of(fernhill, 'district:lead', `requests/${request}`),
    'A request as a partner sees it': await of(birch ?? agency, 'partner:owner', `invitations/${request}`),
    "A district's requests": await of(fernhill, 'district:lead', 'requests'),
    "A partner's invitations": await of(birch ?? agency, 'partner:owner', 'invitations'),
    'Engagements of a side': await of(agency, 'agency:liaison', 'engagements'),
    'What districts ask for, by month': await of(agency, 'agency:program-lead', 'demand'),
    'Needs that nobody met': await of(agency, 'agency:program-lead', 'demand/unmet'),
    'Five requests of a district': await of(fernhill, 'district:lead', 'requests?limit=5'),
    'Ten invitations of a partner': await of(birch ?? agency, 'partner:owner', 'invitations?limit=10'),
    'Five engagements of a side': await of(agency, 'agency:liaison', 'engagements?limit=5'),
  };
}

const documented = (() => {
  const text = readFileSync(new URL('../../../docs/access-patterns.md', import.meta.url), 'utf8');
  return new Map(
    text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .map(([, pattern = '', , , read = '', write = '']) => [pattern, { read: Number(read), write: Number(write) }]),
  );
})();

/** A figure in the table is the most that the pattern may cost. */
function expectWithin(pattern: string, measured: { read: number; write: number }): void {
  const most = documented.get(pattern);
  expect(most, `docs/access-patterns.md has no row "${pattern}"`).toBeDefined();
  expect(measured.read, `${pattern}: read units`).toBeLessThanOrEqual(most?.read ?? 0);
  expect(measured.write, `${pattern}: write units`).toBeLessThanOrEqual(most?.write ?? 0);
}

describe('a home page', () => {
  const rows = readFileSync(new URL('../../../docs/access-patterns.md', import.meta.url), 'utf8').split('\n');

  test.each(['Home of a district', 'Home of a partner', 'Home of the state'])(
    '%s costs at most 5 read units, whatever is stored',
    (home) => {
      const [, , patterns = '', , full = ''] =
        rows
          .find((line) => line.startsWith(`| ${home} |`))
          ?.split('|')
          .map((cell) => cell.trim()) ?? [];
      const units = patterns.split(';').map((pattern) => {
        const [, twice, name = ''] = /^\s*(twice )?"(.+)"$/.exec(pattern) ?? [];
        const read = documented.get(name)?.read;
        if (read === undefined) throw new Error(`${home} names the pattern ${pattern}, which has no row.`);
        return read * (twice === undefined ? 1 : 2);
      });
      const sum = units.reduce((total, one) => total + one, 0);
      expect(sum).toBe(Number(full));
      expect(sum).toBeLessThanOrEqual(5);
    },
  );
});

describe('what an act costs', () => {
  test('is what the table of access patterns says', async () => {
    const district = (method: string, path: string, body?: unknown) =>
      units(fernhill, 'district:superintendent', method, path, body);
    const partner = (method: string, path: string, body?: unknown) => units(birch, 'partner:owner', method, path, body);
    expect(documented.size).toBeGreaterThan(0);
    const request = newId('req');
    const path = `requests/${request}`;
    expectWithin('Begin a request', await district('POST', 'requests', { id: request, content: content(five) }));
    const edited = content(five, { students: 900 });
    expectWithin('Save a draft', await district('PUT', path, { version: 1, content: edited }));
    expectWithin('Send a request to five partners', await district('POST', `${path}/send`, { version: 2 }));
    const own = `invitations/${request}`;
    expectWithin('Record that a request was opened', await partner('POST', `${own}/seen`, { amendments: 0 }));
    const question = newId('que');
    expectWithin('Ask a question', await partner('POST', `${own}/questions`, { id: question, words: 'When?' }));
    const reply = await district('PUT', `${path}/questions/${question}/answer`, { version: 1, words: 'Soon.' });
    expectWithin('Answer a question', reply);
    const amendment = { words: 'More.', wantedStart: '2027-02-20' };
    expectWithin(
      'Amend a request to five partners',
      await district('POST', `${path}/amendments`, { version: 3, amendment }),
    );
    await partner('POST', `${own}/seen`, { amendments: 1 });
    expectWithin('Answer a request', await partner('PUT', `${own}/answer`, { answer }));
    const comment = { id: newId('com'), words: 'Good.' };
    expectWithin('Comment', await district('POST', `${path}/comments`, comment));
    const outcome = { kind: 'awarded', awards: [{ partner: birch }] };
    const award = await district('POST', `${path}/outcome`, {
      version: 4,
      answers: [{ partner: birch, at: after(2) }],
      outcome,
    });
    expectWithin('Award a request of five partners', award);
    const other = await sent(world, five);
    expectWithin(
      'Withdraw a request of five partners',
      await district('POST', `requests/${other.request}/withdrawal`, { version: 2, reason: 'need-changed' }),
    );
  });

  test('and reading does not depend on how much is stored', { timeout: 120_000 }, async () => {
    const { request, params, lead } = await sent(world, five);
    const owner = world.as(birch, 'partner:owner', after(1));
    const words = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        await lead.requests.comment({ params, body: { id: newId('com'), words: 'A word among us.' } });
        await owner.invitations.ask({ params, body: { id: newId('que'), words: 'A question?' } });
      }
    };
    const stories = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        const one = await sent(world, [birch], longest);
        const superintendent = world.as(fernhill, 'district:superintendent', after(1));
        const { at } = await owner.invitations.answer({ params: one.params, body: { answer } });
        const body = {
          version: 2,
          answers: [{ partner: birch, at }],
          outcome: { kind: 'awarded' as const, awards: [{ partner: birch }] },
        };
        await superintendent.requests.recordOutcome({ params: one.params, body });
      }
    };
    await words(12);
    await stories(21);
    await world.settle(firstDay);
    const few = await reads(request);
    await words(15);
    await stories(21);
    await world.settle(firstDay);
    const many = await reads(request);
    expect(many).toEqual(few);
    for (const [pattern, measured] of Object.entries(many)) expectWithin(pattern, measured);
    const page = await world.as(fernhill, 'district:viewer', after(2)).requests.list({ params: demo, query: {} });
    expect(page.items).toHaveLength(20);
    const next = await world
      .as(fernhill, 'district:viewer', after(2))
      .requests.list({ params: demo, query: { after: page.next } });
    expect(new Set([...page.items, ...next.items].map((one) => one.request)).size).toBe(40);
  });

  test('and a full page of unmet needs costs as little', async () => {
    for (let n = 0; n < 21; n += 1) await sent(unmetWorld, [birch], longest);
    await unmetWorld.settle(firstDay);
    const late = { world: unmetWorld, at: after(11 * 24) };
    const measured = await units(agency, 'agency:program-lead', 'GET', 'demand/unmet', undefined, late);
    expectWithin('Needs that nobody met', measured);
    const five = await units(agency, 'agency:program-lead', 'GET', 'demand/unmet?limit=5', undefined, late);
    expectWithin('Five needs that nobody met', five);
    const lead = unmetWorld.as(agency, 'agency:program-lead', late.at);
    const page = await lead.demand.unmet({ params: demo, query: {} });
    expect(page.items).toHaveLength(20);
    expect((await lead.demand.unmet({ params: demo, query: { after: page.next } })).items).toHaveLength(1);
  });
});
