import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { LambdaContext } from 'hono/aws-lambda';
import { describe, expect, test } from 'vitest';
import { handlerFor } from '../../web/lambda.ts';

const edgeSecret = 'e'.repeat(32);

function anEvent(headers: Readonly<Record<string, string>> = {}, method = 'GET', body?: string) {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/ma/partners',
    rawQueryString: 'area=a&area=b',
    cookies: ['a=1', 'b=2'],
    headers: { ...headers },
    requestContext: {
      domainName: 'internal.example.net',
      timeEpoch: 0,
      http: { method, path: '/ma/partners', protocol: 'HTTP/1.1', sourceIp: '198.51.100.4', userAgent: 'test' },
    },
    isBase64Encoded: body !== undefined,
    ...(body === undefined ? {} : { body: Buffer.from(body).toString('base64') }),
  } satisfies Omit<APIGatewayProxyEventV2, 'requestContext'> & { requestContext: object };
}

/** Answers with what it was asked, in the place of the built pages. */
async function anEcho(env: Readonly<Record<string, string>>) {
  const handler = await handlerFor(
    {
      init: async () => undefined,
      respond: async (request, { getClientAddress, platform }) => {
        const answer = Response.json({
          url: request.url,
          method: request.method,
          cookie: request.headers.get('cookie'),
          address: getClientAddress(),
          platform,
          body: await request.text(),
        });
        answer.headers.append('set-cookie', 'x=1; Path=/');
        answer.headers.append('set-cookie', 'y=2; Path=/');
        return answer;
      },
    },
    env,
  );
  // The adapter's event has fields of API Gateway that no code of ours reads.
  return (event: ReturnType<typeof anEvent>) =>
    handler(event as unknown as Parameters<typeof handler>[0], {} as unknown as LambdaContext);
}

describe('the web handler', () => {
  test('gives the pages the public address, all cookies and the body, and keeps every cookie set', async () => {
    const ask = await anEcho({ PUBLIC_ORIGIN: 'http://localhost:3000' });
    const answer = await ask(anEvent({ 'content-type': 'application/x-www-form-urlencoded' }, 'POST', 'q=ü'));
    expect(JSON.parse(answer.body)).toEqual({
      url: 'http://localhost:3000/ma/partners?area=a&area=b',
      method: 'POST',
      cookie: 'a=1; b=2',
      address: '198.51.100.4',
      platform: { at: '1970-01-01T00:00:00.000Z' },
      body: 'q=ü',
    });
    expect(answer.cookies).toEqual(['x=1; Path=/', 'y=2; Path=/']);
  });

  test('believes an address in a header only behind the edge', async () => {
    const named = { 'cloudfront-viewer-address': '203.0.113.7:4711' };
    const open = await anEcho({ PUBLIC_ORIGIN: 'http://localhost:3000' });
    expect(JSON.parse((await open(anEvent(named))).body).address).toBe('198.51.100.4');
    const edged = await anEcho({ PUBLIC_ORIGIN: 'https://partners.example.org', EDGE_SECRET: edgeSecret });
    expect(JSON.parse((await edged(anEvent({ ...named, 'x-origin-secret': edgeSecret }))).body).address).toBe(
      '203.0.113.7',
    );
    const six = { 'cloudfront-viewer-address': '[2001:db8::1]:4711', 'x-origin-secret': edgeSecret };
    expect(JSON.parse((await edged(anEvent(six))).body).address).toBe('2001:db8::1');
  });

  test('refuses what does not come from the edge', async () => {
    const edged = await anEcho({ PUBLIC_ORIGIN: 'https://partners.example.org', EDGE_SECRET: edgeSecret });
    expect((await edged(anEvent())).statusCode).toBe(403);
    expect((await edged(anEvent({ 'x-origin-secret': 'f'.repeat(32) }))).statusCode).toBe(403);
  });

  test('takes the edge’s secret of the generation before while it changes', async () => {
    const before = 'd'.repeat(32);
    const ask = await anEcho({
      PUBLIC_ORIGIN: 'https://partners.example.org',
      EDGE_SECRET: edgeSecret,
      EDGE_SECRET_BEFORE: before,
    });
    expect((await ask(anEvent({ 'x-origin-secret': before }))).statusCode).toBe(200);
  });

  test('compresses a page for those who can read that', async () => {
    const ask = await anEcho({ PUBLIC_ORIGIN: 'http://localhost:3000' });
    const long = 'page '.repeat(1000);
    const packed = await ask(anEvent({ 'accept-encoding': 'gzip, br' }, 'POST', long));
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(packed.isBase64Encoded).toBe(true);
    expect(JSON.parse(gunzipSync(Buffer.from(packed.body, 'base64')).toString()).body).toBe(long);
    expect(JSON.parse((await ask(anEvent({}, 'POST', long))).body).body).toBe(long);
  });

  test('does not start without its public address', async () => {
    await expect(anEcho({})).rejects.toThrow(/PUBLIC_ORIGIN/);
  });
});
