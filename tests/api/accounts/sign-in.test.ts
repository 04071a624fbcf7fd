import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { accountsContract } from '#shared/accounts/contract.ts';
import { plusMilliseconds } from '#shared/kernel/instants.ts';
import { readEvents } from '#platform/aggregates.ts';
import { serve, type ApiHandler } from '#platform/http.ts';
import { sessionCookie, signInCookie } from '#platform/session-cookie.ts';
import { OpenIdProvider } from '../../../functions/accounts/identity-provider.ts';
import { personalOf } from '../../../functions/accounts/index.ts';
import { accountsService } from '../../../functions/accounts/service.ts';
import { actorOf } from '../../../functions/accounts/session-store.ts';
import { listenOnLoopback } from '../../../infra/local/listen.ts';
import { cookiesOf, refusalOf, send, testInstant, testOrigin } from '../../support/client.ts';
import { anOrganization, personOf } from '../../rules/accounts/builders.ts';
import { locationOf, signingIn } from './signing-in.ts';
import { accountsWorld, putOrganizations } from './world.ts';

process.env['SHOW_CAPACITY'] = '1';

const world = accountsWorld();
const minute = 60_000;

const { get, leave, choose, signIn } = signingIn(world);

describe('sign-in', () => {
  test('leaves with state, nonce and PKCE, and with a cookie for them that only we can read', async () => {
    const { address, answer } = await leave('/api/sign-in?return=/demo/partners%3Farea%3Da');
    expect(address.href.startsWith(world.issuer)).toBe(true);
    const words = Object.fromEntries(address.searchParams);
    expect(words).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${testOrigin}/api/sign-in/callback`,
      scope: 'openid profile email',
    });
    for (const word of ['state', 'nonce', 'code_challenge']) expect(words[word]?.length).toBeGreaterThanOrEqual(43);
    const [line = ''] = answer.headers.getSetCookie();
    expect(line).toMatch(/^__Host-sign-in=[\w-]+; Path=\/; Max-Age=600; HttpOnly; Secure; SameSite=Lax$/);
  });

  test('makes a person at the first time, finds the same one later, and comes back to the page', async () => {
    const first = await signIn('anna', {}, '/api/sign-in?return=/demo/partners%3Farea%3Da');
    expect(first.answer.status).toBe(302);
    expect(first.answer.headers.get('location')).toBe('/demo/partners?area=a');
    expect(cookiesOf(first.answer)[signInCookie]).toBe('');
    const { person } = await world.as(first.token).session.get();
    expect(person?.name).toBe('Anna Example');
    const second = await signIn('anna');
    expect((await world.as(second.token).session.get()).person).toEqual(person);
    expect(second.token).not.toBe(first.token);
  });

  test('keeps name and address beside the person: the events hold a salted hash, also when they change', async () => {
    const first = await signIn('carla');
    const { person } = await world.as(first.token).session.get();
    if (person === undefined) throw new Error('nobody');
    world.rename('carla', 'Carla Renamed');
    const again = await signIn('carla');
    expect((await world.as(again.token).session.get()).person).toEqual({
      id: person.id,
      name: 'Carla Renamed',
      email: 'carla@example.invalid',
    });
    const events = await readEvents(world.table, { partition: `PERSON#${person.id}`, name: 'person' });
    expect(events.map((event) => event.type)).toEqual(['accounts.person-registered', 'accounts.personal-data-changed']);
    expect(JSON.stringify(events)).not.toMatch(/Carla|carla@/);
    expect(await personalOf(world.table, person.id)).toEqual({ name: 'Carla Renamed', email: 'carla@example.invalid' });
  });

  test('two first sign-ins at once make one person', async () => {
    const begun = [await leave(), await leave()];
    const backs = await Promise.all(begun.map(({ address }) => choose(address, 'ben')));
    const answers = await Promise.all(
      backs.map((back, index) => get(`${back.pathname}${back.search}`, { cookies: begun[index]?.cookies ?? {} })),
    );
    const people = await Promise.all(
      answers.map(async (answer) => (await world.as(cookiesOf(answer)[sessionCookie]).session.get()).person?.id),
    );
    expect(people[0]).toBeDefined();
    expect(people[1]).toBe(people[0]);
  });

  test('gives a new session each time and ends the one that was there: a planted one is worth nothing', async () => {
    const planted = await world.session(personOf('x'));
    const { token } = await signIn('anna', { cookies: { [sessionCookie]: planted } });
    expect(token).not.toBe(planted);
    expect(token.length).toBeGreaterThan(40);
    expect((await world.as(planted).session.get()).person).toBeUndefined();
    const made = 'a-session-that-somebody-else-chose';
    const { token: own } = await signIn('anna', { cookies: { [sessionCookie]: made } });
    expect(own).not.toBe(made);
    expect((await world.as(made).session.get()).person).toBeUndefined();
  });

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/a//b', '/%0d%0aset-cookie:a=b\n'])(
    'never returns to %j',
    async (path) => {
      const { answer } = await signIn('anna', {}, `/api/sign-in?return=${encodeURIComponent(path)}`);
      const location = answer.headers.get('location');
      expect(location).toBe('/');
    },
  );

  test('a return path that was changed in the cookie is judged again', async () => {
    const { address, cookies } = await leave();
    const held = JSON.parse(Buffer.from(cookies[signInCookie] ?? '', 'base64url').toString());
    const changed = Buffer.from(JSON.stringify({ ...held, to: '//evil.example' })).toString('base64url');
    const back = await choose(address, 'anna');
    const answer = await get(`${back.pathname}${back.search}`, { cookies: { [signInCookie]: changed } });
    expect(answer.headers.get('location')).toBe('/');
  });
});

test('a hundred tries from one address in five minutes are enough', async () => {
  const statuses = [];
  for (let tries = 0; tries < 101; tries += 1) statuses.push((await get('/api/sign-in/callback')).status);
  expect(statuses).toEqual([...Array.from({ length: 100 }, () => 302), 429]);
  expect((await get('/api/sign-in', { address: '203.0.113.9' })).status).toBe(302);
});

describe('a callback that must not sign anybody in', () => {
  /** Where a failed sign-in leads; `session` is the cookie that it must not set. */
  function endOf(answer: Response) {
    const { pathname, searchParams } = locationOf(answer);
    const session = cookiesOf(answer)[sessionCookie];
    return { status: answer.status, pathname, reason: searchParams.get('reason'), session };
  }

  function failed(reason: string) {
    return { status: 302, pathname: '/sign-in/failed', reason, session: undefined };
  }

  test('used before, with the cookie of the first time', async () => {
    const { back, cookies } = await signIn('anna');
    expect(endOf(await get(`${back.pathname}${back.search}`, { cookies }))).toEqual(failed('expired'));
  });

  test('without the cookie, or with that of another sign-in', async () => {
    const { address } = await leave();
    const back = await choose(address, 'anna');
    expect(endOf(await get(`${back.pathname}${back.search}`))).toEqual(failed('expired'));
    const other = await leave();
    expect(endOf(await get(`${back.pathname}${back.search}`, { cookies: other.cookies }))).toEqual(failed('expired'));
  });

  test('with another state', async () => {
    const { address, cookies } = await leave();
    const back = await choose(address, 'anna');
    back.searchParams.set('state', 'guessed');
    expect(endOf(await get(`${back.pathname}${back.search}`, { cookies }))).toEqual(failed('expired'));
  });

  test("with somebody else's code: the nonce and the verifier are of another sign-in", async () => {
    const theirs = await leave();
    const code = (await choose(theirs.address, 'ben')).searchParams.get('code') ?? '';
    const own = await leave();
    const back = await choose(own.address, 'anna');
    back.searchParams.set('code', code);
    expect(endOf(await get(`${back.pathname}${back.search}`, { cookies: own.cookies }))).toEqual(failed('expired'));
  });

  test('after ten minutes', async () => {
    const { address, cookies } = await leave();
    const back = await choose(address, 'anna');
    const late = plusMilliseconds(testInstant, 10 * minute);
    expect(endOf(await get(`${back.pathname}${back.search}`, { cookies, at: late }))).toEqual(failed('expired'));
  });

  test.each([
    ['access_denied', 'cancelled'],
    ['invalid_scope', 'refused'],
  ])('that says %s', async (error, reason) => {
    const { address, cookies } = await leave('/api/sign-in?return=/demo');
    const words = new URLSearchParams({ error, state: address.searchParams.get('state') ?? '', iss: world.issuer });
    const answer = await get(`/api/sign-in/callback?${words}`, { cookies });
    expect(endOf(answer)).toEqual(failed(reason));
    expect(locationOf(answer).searchParams.get('return')).toBe('/demo');
  });

  test('from another issuer', async () => {
    const { address, cookies } = await leave();
    const back = await choose(address, 'anna');
    back.searchParams.set('iss', 'https://evil.example');
    expect(endOf(await get(`${back.pathname}${back.search}`, { cookies }))).toEqual(failed('refused'));
  });

  test.each(['not-json', Buffer.from('[]').toString('base64url'), ''])('with the cookie %j', async (cookie) => {
    expect(endOf(await get('/api/sign-in/callback?code=a&state=b', { cookies: { [signInCookie]: cookie } }))).toEqual(
      failed('expired'),
    );
  });
});

describe('the provider being away', () => {
  async function handlerFor(issuer: string): Promise<ApiHandler> {
    const provider = new OpenIdProvider({ IDENTITY_ISSUER: issuer, IDENTITY_CLIENT_ID: 'any' });
    const { table } = world;
    const service = accountsService({ table, provider, origin: testOrigin, programs: new Set() });
    return serve(accountsContract, service, { table, actorOf: actorOf(table) });
  }

  test('is said as such, and sign-out works all the same', async () => {
    const closed = await listenOnLoopback(createServer(), 0);
    await closed.close();
    const handler = await handlerFor(`http://127.0.0.1:${closed.port}/identity`);
    const answer = await get('/api/sign-in', {}, handler);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'unavailable' });

    const token = await world.session(personOf('x'));
    const out = await send(handler, new Request(`${testOrigin}/api/sign-out`, { method: 'POST' }), {
      cookies: { [sessionCookie]: token },
    });
    expect(await out.json()).toEqual({ next: '/' });
    expect((await world.as(token).session.get()).person).toBeUndefined();
  });

  test('is not remembered: the next try finds it again', async () => {
    const answers = { broken: true };
    const server = createServer((request, response) => {
      if (answers.broken) response.writeHead(500).end();
      else {
        const issuer = `http://127.0.0.1:${request.socket.localPort}`;
        response.setHeader('content-type', 'application/json');
        response.end(
          JSON.stringify({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` }),
        );
      }
    });
    const listening = await listenOnLoopback(server, 0);
    try {
      const handler = await handlerFor(`http://127.0.0.1:${listening.port}`);
      expect((await get('/api/sign-in', {}, handler)).status).toBe(503);
      answers.broken = false;
      expect((await get('/api/sign-in', {}, handler)).status).toBe(302);
    } finally {
      await listening.close();
    }
  });
});

describe('a session', () => {
  const person = personOf('s');

  test('ends after two idle hours, and moves on while it is used', async () => {
    const token = await world.session(person);
    const signedIn = async (minutes: number) =>
      (await world.as(token, { at: plusMilliseconds(testInstant, minutes * minute) }).session.get()).person !==
      undefined;
    expect(await signedIn(119)).toBe(true);
    expect(await signedIn(238)).toBe(true);
    expect(await signedIn(238 + 120)).toBe(false);
  });

  test('ends twelve hours after sign-in however much it is used', async () => {
    const token = await world.session(person);
    for (let minutes = 100; minutes < 720; minutes += 100) {
      await world.as(token, { at: plusMilliseconds(testInstant, minutes * minute) }).session.get();
    }
    const last = world.as(token, { at: plusMilliseconds(testInstant, 720 * minute - 1) });
    expect((await last.session.get()).person).toBeDefined();
    const late = world.as(token, { at: plusMilliseconds(testInstant, 720 * minute) });
    expect((await late.session.get()).person).toBeUndefined();
    const organization = anOrganization('partner', { id: 'nowhere' }).id;
    expect(await refusalOf(late.session.act({ body: { organization } }))).toMatchObject({
      status: 401,
      code: 'not-signed-in',
    });
  });

  test('is written at most every five minutes', async () => {
    const token = await world.session(person);
    const cost = async (minutes: number) => {
      const visit = { cookies: { [sessionCookie]: token }, at: plusMilliseconds(testInstant, minutes * minute) };
      return (await get('/api/session', visit)).headers.get('x-capacity')?.split(' ')[1];
    };
    expect(await cost(4)).toBe('write=0');
    expect(await cost(5)).toBe('write=1');
    expect(await cost(6)).toBe('write=0');
  });

  test('stands in the table under its hash only', async () => {
    const token = await world.session(person);
    expect(await world.table.get({ pk: `SESSION#${token}`, sk: 'SESSION' })).toBeUndefined();
  });

  test('ends with sign-out at once, here and at the provider', async () => {
    const { token } = await signIn('anna');
    const answer = await world.as(token).signIn.signOut();
    const next = new URL(answer.body.next);
    expect(next.href.startsWith(world.issuer)).toBe(true);
    expect(next.searchParams.get('post_logout_redirect_uri')).toBe(`${testOrigin}/`);
    // what Amazon Cognito asks for
    expect(next.searchParams.get('logout_uri')).toBe(`${testOrigin}/`);
    expect(next.searchParams.get('client_id')).toBeTruthy();
    expect((await world.as(token).session.get()).person).toBeUndefined();
  });

  test('is neither ended nor changed from another site', async () => {
    const partner = anOrganization('partner', { id: 'partner-origin' });
    await putOrganizations(world.table, partner);
    await world.member(personOf('o'), [partner, 'partner:owner']);
    const token = await world.session(personOf('o'), partner.id);
    for (const origin of ['https://evil.example', 'null', null]) {
      const foreign = world.as(token, { origin });
      expect(await refusalOf(foreign.signIn.signOut())).toMatchObject({ status: 403, code: 'cross-origin' });
      expect(await refusalOf(foreign.session.act({ body: { organization: partner.id } }))).toMatchObject({
        code: 'cross-origin',
      });
    }
    expect((await world.as(token).session.get()).acting?.organization).toBe(partner.id);
  });
});
