import { createHmac } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { serve, type ApiHandler } from '#platform/http.ts';
import { log, metrics } from '#platform/log.ts';
import { countedAddress, rates } from '#platform/rate-limit.ts';
import type { UseCases } from '#platform/router.ts';
import { route } from '#shared/contract/route.ts';
import { organizationId, personId, programId } from '#shared/kernel/ids.ts';
import type { Actor } from '#shared/kernel/actors.ts';
import { instantOf, plusMilliseconds, type Instant } from '#shared/kernel/instants.ts';
import { ok } from '#shared/kernel/result.ts';
import { contextFor } from '../../infra/local/lambda.ts';
import { testInstant, testOrigin } from '../support/client.ts';
import { testTable } from '../support/table.ts';

const webSecret = 'w'.repeat(48);
const webSecretBefore = 'v'.repeat(48);
const edgeSecret = 'e'.repeat(48);
const edgeSecretBefore = 'd'.repeat(48);

const open = { method: 'GET', path: '/open' } as const;
const contract = {
  open: route
    .meta({ access: 'public' })
    .route(open)
    .output(z.object({ visitor: z.looseObject({}), long: z.string() })),
  change: route.meta({ access: 'signed-in', change: true }).route({ method: 'POST', path: '/change' }),
  signIn: route.meta({ access: 'public', signIn: true }).route({ method: 'GET', path: '/sign-in' }),
  fails: route.meta({ access: 'public' }).route({ method: 'GET', path: '/fails' }),
};

const useCases: UseCases<typeof contract> = {
  open: async (_, { visitor }) => ok({ visitor: { ...visitor }, long: 'matrix '.repeat(1000) }),
  change: async () => ok(undefined),
  signIn: async () => ok(undefined),
  fails: async () => {
    throw new Error('the row of Ada Lead cannot be read');
  },
};

const world = testTable();
let handler: ApiHandler;
beforeAll(() => {
  vi.stubEnv('WEB_SECRET', webSecret);
  vi.stubEnv('WEB_SECRET_BEFORE', webSecretBefore);
  vi.stubEnv('EDGE_SECRET', edgeSecret);
  vi.stubEnv('EDGE_SECRET_BEFORE', edgeSecretBefore);
  handler = serve(contract, useCases, { table: world.table, actorOf: async (session) => someone(session) });
  vi.unstubAllEnvs();
});

/** The session's word is the person's number. */
function someone(session: string): Actor {
  return {
    kind: 'person',
    person: personId.parse(`per_${session.padStart(16, '0')}`),
    acting: {
      organization: organizationId.parse('hill-district'),
      kind: 'district',
      program: programId.parse('demo'),
      roles: ['district:lead'],
    },
  };
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly session?: string;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly address?: string;
  readonly at?: Instant;
}

function anEvent(path: string, asked: Asked = {}): APIGatewayProxyEventV2 {
  const { method = 'GET', address = '192.0.2.1', at = testInstant, body, session } = asked;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: `/api${path}`,
    rawQueryString: '',
    ...(session === undefined ? {} : { cookies: [`__Host-session=${session}`] }),
    headers: { 'x-origin-secret': edgeSecret, origin: testOrigin, ...asked.headers },
    requestContext: {
      accountId: '000000000000',
      apiId: 'test',
      domainName: 'api.test',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: address, userAgent: 'test' },
      requestId: 'test',
      routeKey: '$default',
      stage: '$default',
      time: at,
      timeEpoch: Date.parse(at),
    },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: asked.isBase64Encoded ?? false,
  };
}

async function ask(path: string, asked: Asked = {}) {
  const answer = await handler(anEvent(path, asked), contextFor('test'));
  return { ...answer, headers: new Headers(z.record(z.string(), z.string()).parse(answer.headers)) };
}

function claimed(claims: Readonly<Record<string, unknown>>, secret = webSecret): Readonly<Record<string, string>> {
  const text = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return {
    'x-web-claims': text,
    'x-web-signature': createHmac('sha256', secret).update(text).digest('base64url'),
  };
}

/** What the use case was told of its visitor. */
async function visitorFor(headers: Readonly<Record<string, string>>, asked: Asked = {}) {
  const { body } = await ask('/open', { ...asked, headers });
  return z.object({ visitor: z.looseObject({}) }).parse(JSON.parse(body ?? '')).visitor;
}

const said = { address: '203.0.113.9', origin: 'https://page.test', correlation: 'visit-12345678', at: testInstant };
const unsaid = { address: '192.0.2.1', origin: testOrigin };

describe('what the web says of its visitor', () => {
  test('is believed when it is signed with the secret of this generation or the one before', async () => {
    const { at: _, ...expected } = said;
    for (const secret of [webSecret, webSecretBefore])
      expect(await visitorFor(claimed(said, secret))).toMatchObject({ ...expected, at: testInstant });
  });

  test('leaves the visitor without an origin where the browser sent none', async () => {
    const { origin: _, ...without } = said;
    expect(await visitorFor(claimed(without))).not.toHaveProperty('origin');
  });

  test.each([
    ['another secret', claimed(said, 'x'.repeat(48))],
    [
      'another text',
      { ...claimed(said), 'x-web-claims': claimed({ ...said, address: '203.0.113.10' })['x-web-claims'] ?? '' },
    ],
    ['half a signature', { ...claimed(said), 'x-web-signature': claimed(said)['x-web-signature']?.slice(0, 20) ?? '' }],
    ['an empty signature', { ...claimed(said), 'x-web-signature': '' }],
    ['no signature', { 'x-web-claims': claimed(said)['x-web-claims'] ?? '' }],
    ['no claims', { 'x-web-signature': claimed(said)['x-web-signature'] ?? '' }],
    ['claims without an instant', claimed({ ...said, at: undefined })],
    ['claims of another form', claimed({ ...said, address: 7 })],
  ])('is not believed with %s', async (_, headers) => {
    expect(await visitorFor(headers)).toMatchObject(unsaid);
  });

  test('is believed for a minute on either side of the gateway’s clock, and no longer', async () => {
    for (const [off, address] of [
      [60_000, said.address],
      [-60_000, said.address],
      [60_001, unsaid.address],
      [-60_001, unsaid.address],
    ] as const) {
      const headers = claimed({ ...said, at: plusMilliseconds(testInstant, off) });
      expect([off, (await visitorFor(headers))['address']]).toEqual([off, address]);
    }
  });

  test.each([
    ['203.0.113.7:4711', '203.0.113.7'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['2001:db8:0:0:0:0:0:1:4711', '2001:db8:0:0:0:0:0:1'],
  ])('is not needed for the address that CloudFront names as %s', async (named, address) => {
    expect(await visitorFor({ 'cloudfront-viewer-address': named })).toMatchObject({ address });
  });
});

describe('an answer', () => {
  const headers = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
    'x-correlation-id': 'visit-12345678',
  };
  const correlation = { 'x-correlation-id': 'visit-12345678' };
  const long = 'x'.repeat(262_145);

  test.each([
    ['of a route', 200, '/open', {}],
    ['to nowhere', 404, '/nowhere', {}],
    ['to a call past the edge', 403, '/open', { headers: { 'x-origin-secret': undefined } }],
    ['to a call with another secret', 403, '/open', { headers: { 'x-origin-secret': 'f'.repeat(48) } }],
    ['to a body that is too long', 413, '/change', { method: 'POST', body: long }],
    [
      'to bytes that are too long',
      413,
      '/change',
      { method: 'POST', body: Buffer.from(long).toString('base64'), isBase64Encoded: true },
    ],
    ['to a defect', 500, '/fails', {}],
    ['to nobody', 401, '/change', { method: 'POST' }],
    ['to another site', 403, '/change', { method: 'POST', session: '1', headers: { origin: 'https://evil.test' } }],
  ] satisfies readonly (readonly [string, number, string, Asked])[])(
    '%s is %i, has the headers of all answers and is one line in the log',
    async (_, status, path, asked: Asked) => {
      const lines = vi.spyOn(log, 'info');
      const answer = await ask(path, { ...asked, headers: { ...correlation, ...asked.headers } });
      expect(answer.statusCode).toBe(status);
      expect(Object.fromEntries(answer.headers)).toMatchObject(headers);
      expect(answer.headers.get('x-capacity')).toBeNull();
      expect(lines.mock.calls).toEqual([
        ['request', expect.objectContaining({ correlation: 'visit-12345678', status, path: `/api${path}` })],
      ]);
      lines.mockRestore();
    },
  );

  test('tells what it cost to our own web, and to others only where the environment says so', async () => {
    const units = /^read=\d+ write=\d+ session=\d+$/;
    expect((await ask('/open', { headers: claimed(said) })).headers.get('x-capacity')).toMatch(units);
    const forged = claimed(said, 'x'.repeat(48));
    expect((await ask('/open', { headers: forged })).headers.get('x-capacity')).toBeNull();
    vi.stubEnv('SHOW_CAPACITY', '1');
    const measuring = serve({ open: contract.open }, { open: useCases.open });
    vi.unstubAllEnvs();
    expect((await measuring(anEvent('/open'), contextFor('test'))).headers?.['x-capacity']).toMatch(units);
  });

  test('is given to a body of 256 kB, and to the edge’s secret of the generation before', async () => {
    expect((await ask('/change', { method: 'POST', session: '2', body: 'x'.repeat(262_144) })).statusCode).not.toBe(
      413,
    );
    expect((await ask('/open', { headers: { 'x-origin-secret': edgeSecretBefore } })).statusCode).toBe(200);
  });

  test('is compressed for those who can read that, and only for them', async () => {
    const packed = await ask('/open', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(packed.isBase64Encoded).toBe(true);
    const bytes = Buffer.from(packed.body ?? '', 'base64');
    expect(bytes.length).toBeLessThan(1000);
    expect((await ask('/open', { headers: { 'accept-encoding': 'br, gzip;q=0' } })).isBase64Encoded).toBe(false);
    const plain = await ask('/open');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(JSON.parse(gunzipSync(bytes).toString())).toMatchObject({ long: JSON.parse(plain.body ?? '').long });
  });

  test('to HEAD is that to GET without its body', async () => {
    const answer = await ask('/open', { method: 'HEAD' });
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
  });

  test('is published with its figures, each in its unit', async () => {
    const figures = vi.spyOn(metrics, 'addMetric');
    await ask('/fails');
    expect(figures.mock.calls).toEqual([
      ['milliseconds', 'Milliseconds', expect.any(Number)],
      ['readUnits', 'Count', 0],
      ['writeUnits', 'Count', 0],
      ['faults', 'Count', 1],
    ]);
    figures.mockRestore();
  });
});

describe('a defect', () => {
  const errors = vi.fn<typeof log.error>();
  beforeEach(() => {
    errors.mockClear();
    vi.spyOn(log, 'error').mockImplementation(errors);
  });
  afterEach(() => void vi.restoreAllMocks());

  test('of a use case is logged once with the correlation id, and the answer tells nothing but that', async () => {
    const answer = await ask('/fails', { headers: { 'x-correlation-id': 'visit-12345678' } });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('Ada');
    expect(answer.body).toContain('visit-12345678');
    expect(errors.mock.calls).toEqual([
      [
        'defect',
        expect.objectContaining({ correlation: 'visit-12345678', path: '/api/fails', error: expect.any(Error) }),
      ],
    ]);
  });

  test('outside any route is logged once with the correlation id too', async () => {
    const event = anEvent('/open', { headers: { 'x-correlation-id': 'visit-12345678' } });
    // as no gateway sends it
    Object.assign(event, { body: 7 });
    const answer = await handler(event, contextFor('test'));
    expect(answer.statusCode).toBe(500);
    expect(errors.mock.calls).toEqual([['defect', expect.objectContaining({ correlation: 'visit-12345678' })]]);
  });
});

describe('whoever tries too often is told to wait', () => {
  const minutesLater = (minutes: number) => plusMilliseconds(instantOf(new Date(testInstant)), minutes * 60_000);
  const change = async (session: string, address: string, at: Instant) =>
    (
      await ask('/change', {
        method: 'POST',
        session,
        address,
        at,
        body: '{}',
        headers: { 'content-type': 'application/json' },
      })
    ).statusCode;

  test('by person, for a minute, wherever they are', async () => {
    const at = minutesLater(10);
    const { most } = rates.changeByPerson;
    for (let tries = 0; tries < most; tries += 1) expect(await change('10', `198.51.100.${tries % 4}`, at)).toBe(200);
    expect(await change('10', '198.51.100.9', at)).toBe(429);
    expect(await change('11', '198.51.100.9', at)).toBe(200);
    expect(await change('10', '198.51.100.9', minutesLater(11))).toBe(200);
  });

  test('by address, whoever they are', async () => {
    const at = minutesLater(20);
    const { most } = rates.changeByAddress;
    const statuses: (number | undefined)[] = [];
    for (let tries = 0; tries < most; tries += 1) statuses.push(await change(String(1000 + tries), '203.0.113.50', at));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await change('9999', '203.0.113.50', at)).toBe(429);
    expect(await change('9999', '203.0.113.51', at)).toBe(200);
  });

  test.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:0000:0000:0000:0001', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['2001:db8:1:2:3:4:192.0.2.1', '2001:db8:1:2::/64'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['192.0.2.7', '192.0.2.7'],
    ['no address', 'no address'],
  ])('%s is counted as %s', (address, counted) => {
    expect(countedAddress(address)).toBe(counted);
  });

  test('by the /64 of an IPv6 address, in which one caller has more addresses than there are tries', async () => {
    const at = minutesLater(40);
    const signIn = async (address: string) => (await ask('/sign-in', { address, at })).statusCode;
    for (let tries = 0; tries < rates.signInByAddress.most; tries += 1)
      expect(await signIn(`2001:db8:7:7::${tries.toString(16)}`)).toBe(200);
    expect(await signIn('2001:db8:7:7:ffff::1')).toBe(429);
    expect(await signIn('2001:db8:7:8::1')).toBe(200);
  });

  test('at sign-in, by address', async () => {
    const at = minutesLater(30);
    const signIn = async (address: string) => (await ask('/sign-in', { address, at })).statusCode;
    for (let tries = 0; tries < rates.signInByAddress.most; tries += 1) expect(await signIn('203.0.113.60')).toBe(200);
    expect(await signIn('203.0.113.60')).toBe(429);
    expect(await signIn('203.0.113.61')).toBe(200);
  });
});

test('a contract that asks who calls is not served without a table', () => {
  expect(() => serve(contract, useCases)).toThrow(/needs a table/);
});
