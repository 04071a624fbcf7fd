import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { instant } from '#shared/kernel/instants.ts';
import { askApi } from '#lib/server/ask-api.ts';
import { askedWords, nothingAsked } from '#lib/server/asked.ts';
import { correlationOf } from '#lib/server/correlation.ts';
import { readSetCookie } from '#lib/server/set-cookie.ts';

const webSecret = 'a secret of at least thirty-two letters';

interface Asked {
  readonly url: string | undefined;
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const running: Server[] = [];
afterEach(() => {
  for (const server of running.splice(0)) server.close();
});

async function anApi(setCookies: readonly string[] = []) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    asked.push({ url: request.url, method: request.method, headers: request.headers, body });
    response.writeHead(200, {
      'content-type': 'application/json',
      'x-capacity': 'read=1.5 write=2 session=2',
      'set-cookie': [...setCookies],
    });
    response.end('{"ok":true}');
  });
  running.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return { asked, apiOrigin: `http://127.0.0.1:${address.port}` };
}

function aVisit(headers: Readonly<Record<string, string>>, cookies: Readonly<Record<string, string>> = {}) {
  const set: { name: string; value: string }[] = [];
  const visit = {
    request: new Request('https://partners.example.org/ma', { headers }),
    locals: { at: instant.parse('2026-10-01T15:00:00.000Z'), correlation: 'visit-12345678', asked: nothingAsked() },
    getClientAddress: () => '203.0.113.9',
    cookies: {
      get: (name: string) => cookies[name],
      set: (name: string, value: string) => void set.push({ name, value }),
    },
  };
  return { set, visit };
}

describe('a page asks the API for its visitor', () => {
  test('and counts what that cost, without reading whose session it is', async () => {
    const { apiOrigin } = await anApi();
    const { visit } = aVisit({});
    for (const path of ['session', 'tasks', 'programs'])
      await askApi(visit, new Request(`https://partners.example.org/api/${path}`), { apiOrigin, webSecret });
    expect(askedWords(visit.locals.asked)).toBe('read=3 write=4 calls=2');
  });

  test('with the session, the origin, the address and a signature over them', async () => {
    const { asked, apiOrigin } = await anApi();
    const { visit } = aVisit(
      { origin: 'https://partners.example.org', 'x-web-claims': 'forged', 'x-origin-secret': 'forged' },
      { '__Host-session': 'abc', other: 'kept at home' },
    );
    await askApi(
      visit,
      new Request('https://partners.example.org/api/requests?x=1', {
        method: 'POST',
        body: '{"a":1}',
        headers: { 'content-type': 'application/json' },
      }),
      { apiOrigin, webSecret },
    );
    const [call] = asked;
    expect(call).toMatchObject({ url: '/api/requests?x=1', method: 'POST', body: '{"a":1}' });
    expect(call?.headers).toMatchObject({
      cookie: '__Host-session=abc',
      origin: 'https://partners.example.org',
      'x-correlation-id': 'visit-12345678',
      'content-type': 'application/json',
    });
    expect(call?.headers['x-origin-secret']).toBeUndefined();
    const claims = String(call?.headers['x-web-claims']);
    expect(call?.headers['x-web-signature']).toBe(createHmac('sha256', webSecret).update(claims).digest('base64url'));
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      address: '203.0.113.9',
      origin: 'https://partners.example.org',
      correlation: 'visit-12345678',
      at: '2026-10-01T15:00:00.000Z',
    });
  });

  test('without an origin or a session where the visitor has none', async () => {
    const { asked, apiOrigin } = await anApi();
    await askApi(aVisit({}).visit, new Request('https://partners.example.org/api/programs'), {
      apiOrigin,
      webSecret,
      edgeSecret: 'edge',
    });
    const headers = asked[0]?.headers;
    expect(headers?.cookie).toBeUndefined();
    expect(headers?.origin).toBeUndefined();
    expect(headers?.['x-origin-secret']).toBe('edge');
    const claims = JSON.parse(Buffer.from(String(headers?.['x-web-claims']), 'base64url').toString());
    expect(claims).not.toHaveProperty('origin');
  });

  test('and passes the cookies of the answer on', async () => {
    const { apiOrigin } = await anApi(['__Host-session=new; Path=/; HttpOnly; Secure; SameSite=Lax', 'b=2; Max-Age=0']);
    const { visit, set } = aVisit({});
    await askApi(visit, new Request('https://partners.example.org/api/x'), { apiOrigin, webSecret });
    expect(set).toEqual([
      { name: '__Host-session', value: 'new' },
      { name: 'b', value: '2' },
    ]);
  });

  test('and answers "unavailable" when nobody is there', async () => {
    const response = await askApi(aVisit({}).visit, new Request('https://partners.example.org/api/x'), {
      apiOrigin: 'http://127.0.0.1:1',
      webSecret,
    });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'unavailable' });
  });
});

describe('cookies of an answer', () => {
  test('keep every attribute', () => {
    expect(
      readSetCookie(
        '__Host-session=a=b; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Lax; Expires=Wed, 21 Oct 2026 07:28:00 GMT',
      ),
    ).toMatchObject({
      name: '__Host-session',
      value: 'a=b',
      options: {
        path: '/',
        maxAge: 60,
        httpOnly: true,
        secure: true,
        sameSite: 'lax',
        expires: new Date('2026-10-21T07:28:00Z'),
      },
    });
  });

  test('are readable by scripts only if they say so', () => {
    expect(readSetCookie('a=1')?.options).toMatchObject({ httpOnly: false, secure: false });
  });

  test.each(['', '=x', 'no pair'])('%j is no cookie', (line) => {
    expect(readSetCookie(line)).toBeUndefined();
  });
});

describe('the correlation id', () => {
  test('is passed on', () => {
    expect(correlationOf(new Headers({ 'x-correlation-id': 'abcd-1234' }))).toBe('abcd-1234');
  });

  test.each(['', 'short', 'x'.repeat(65), '"><script>'])('is made anew instead of %j', (given) => {
    expect(correlationOf(new Headers({ 'x-correlation-id': given }))).toMatch(/^[0-9a-f-]{36}$/);
  });
});
