import { once } from 'node:events';
import { request as plainRequest } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startAll, type Running } from '../../../infra/local/start-all.ts';
import { fixtureParts } from './fixture-parts.ts';

let running: Running;
beforeAll(async () => {
  running = await startAll({ parts: fixtureParts, testClock: true });
});
afterAll(async () => {
  await running.stop();
});

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** `fetch` may not choose the Host header. */
function withHost(host: string, path = '/'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = plainRequest(`${running.address.replace('localhost', '127.0.0.1')}${path}`, { headers: { host } });
    request.on('error', reject);
    request.on('response', (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.end();
  });
}

describe('the gateway', () => {
  test('gives functions the event of API Gateway and writes cookies back one by one', async () => {
    const answer = await fetch(`${running.address}/api/a%20b/c?area=x&area=y&q=%C3%A9`, {
      method: 'POST',
      headers: {
        cookie: 'a=1; b=2',
        'content-type': 'application/json',
        'cloudfront-viewer-address': '203.0.113.9:1',
        'user-agent': 'test',
      },
      body: '{"é":1}',
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.getSetCookie()).toEqual(['one=1; Path=/', 'two=2; Path=/; HttpOnly']);
    const event = await answer.json();
    expect(event).toMatchObject({
      version: '2.0',
      rawPath: '/api/a%20b/c',
      rawQueryString: 'area=x&area=y&q=%C3%A9',
      queryStringParameters: { area: 'x,y', q: 'é' },
      cookies: ['a=1', 'b=2'],
      body: '{"é":1}',
      isBase64Encoded: false,
      requestContext: { http: { method: 'POST', path: '/api/a%20b/c', userAgent: 'test' } },
    });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.headers).not.toHaveProperty('cloudfront-viewer-address');
    expect(event.requestContext.http.sourceIp).toMatch(/^(127\.0\.0\.1|::1)$/);
  });

  test('carries bytes there and back unchanged', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const answer = await fetch(`${running.address}/api/bytes`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
    });
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
  });

  test('encodes a form in base64, as API Gateway does, and takes an answer without a status as JSON', async () => {
    const form = await fetch(`${running.address}/api/form`, { method: 'POST', body: new URLSearchParams({ a: '1' }) });
    expect(await form.json()).toMatchObject({ isBase64Encoded: true, body: Buffer.from('a=1').toString('base64') });
    const plain = await fetch(`${running.address}/api/plain`);
    expect([plain.status, await plain.json()]).toEqual([200, { hello: 'world' }]);
  });

  test('answers only to loopback names', async () => {
    const foreign = [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      '192.168.0.1',
      'a@localhost',
      'localhost/x',
    ];
    for (const host of foreign) expect([host, (await withHost(host)).status]).toEqual([host, 421]);
    expect((await withHost('evil.example')).body).toContain('only answers to localhost');
    for (const host of ['localhost', 'localhost:1', '127.0.0.1', '[::1]:3000'])
      expect((await withHost(host)).status).toBe(200);
  });

  test('sends a call to the route of its method and whole path, and the rest to the pages', async () => {
    const text = async (path: string) => await (await fetch(running.address + path)).text();
    expect(await text('/api/programs/ma/pages')).toBe('<h1>page</h1>');
    expect(await text('/api/programs/ma/pages/1')).toContain('rawPath');
    expect((await fetch(`${running.address}/api/programs/ma/pages`, { method: 'PUT' })).status).toBe(201);
    expect(await text('/ma/partners')).toBe('<h1>page</h1>');
    expect(await text('/api/programs/ma')).toContain('rawPath');
  });

  test('hides a defect and refuses what is too long', async () => {
    const failed = await fetch(`${running.address}/api/fails`);
    expect([failed.status, await failed.json()]).toEqual([500, { message: 'Internal Server Error' }]);
    const long = await fetch(`${running.address}/api/bytes`, {
      method: 'POST',
      body: new Uint8Array(10 * 1024 * 1024 + 1),
    }).catch(() => undefined);
    // A client that is still sending may see the closed connection instead of the answer.
    expect([413, undefined]).toContain(long?.status);
  });

  test('serves snapshot files in brotli to those who take it, and nothing from outside the folder', async () => {
    const folder = join(new URL(process.env['FILES_URL'] ?? '').pathname, 'matrix');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'one.json'), '{"a":1}');
    writeFileSync(join(folder, 'two.json.br'), brotliCompressSync('{"b":2}'));
    for (const [name, body] of [
      ['one', { a: 1 }],
      ['two', { b: 2 }],
    ] as const) {
      for (const [accepted, encoding] of [
        ['gzip, br', 'br'],
        ['gzip', null],
        ['br;q=0', null],
      ] as const) {
        const answer = await fetch(`${running.address}/matrix/${name}.json`, {
          headers: { 'accept-encoding': accepted },
        });
        expect(answer.headers.get('content-encoding')).toBe(encoding);
        expect(answer.headers.get('cache-control')).toContain('immutable');
        expect(await answer.json()).toEqual(body);
      }
    }
    for (const path of ['/matrix/none.json', '/matrix/..%2f..%2fsecrets.json', '/matrix/%00', '/_app/none.js']) {
      expect([path, (await fetch(running.address + path)).status]).toEqual([path, 404]);
    }
  });

  test('finds no fault with who leaves in the middle of a file', async () => {
    const folder = join(new URL(process.env['FILES_URL'] ?? '').pathname, 'matrix');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'long.bin'), Buffer.alloc(32 * 1024 * 1024));
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const request = plainRequest(`${running.address}/matrix/long.bin`);
    request.on('error', () => undefined);
    request.on('response', (response) => response.once('data', () => request.destroy()));
    request.end();
    await once(request, 'close');
    // Whatever it tells, it has told before it answers somebody else.
    await fetch(`${running.address}/matrix/none.json`);
    const lines = told.mock.calls.map(([line]) => String(line));
    told.mockRestore();
    expect(lines.filter((line) => line.includes('long.bin'))).toEqual([]);
  });

  test('moves the present where tests put it, and refuses what is no instant', async () => {
    const move = async (body: unknown) =>
      await fetch(`${running.address}/test-clock`, { method: 'POST', body: JSON.stringify(body) });
    expect((await move({ at: 'tomorrow' })).status).toBe(400);
    expect((await move({ at: '2031-01-01T00:00:00.000Z' })).status).toBe(200);
    const event = await (await fetch(`${running.address}/api/now`)).json();
    expect(new Date(event.requestContext.timeEpoch).toISOString()).toMatch(/^2031-01-01T00:0/);
    await move({ at: new Date().toISOString() });
  });
});

describe('the mailbox', () => {
  test('keeps a mail with its text and shows its layout in a frame that can do nothing', async () => {
    await createTransport(process.env['MAIL_URL'] ?? '').sendMail({
      from: 'no-reply@priority-partners.invalid',
      to: 'Ada <ada@district.invalid>',
      subject: 'A <b>request</b>',
      text: 'Open http://localhost:3000/x?a=1&b=2. Until then.',
      html: '<p style="color:red">Hello</p><script>alert(1)</script>',
      messageId: '<one@priority-partners.invalid>',
    });
    const found = await (await fetch(`${running.address}/mailbox.json?to=ADA@district.invalid`)).json();
    expect(found.messages).toMatchObject([{ to: ['ada@district.invalid'], subject: 'A <b>request</b>' }]);
    expect((await (await fetch(`${running.address}/mailbox.json?to=nobody@district.invalid`)).json()).messages).toEqual(
      [],
    );

    const list = await fetch(`${running.address}/mailbox`);
    expect(list.headers.get('content-security-policy')).toContain("default-src 'none'");
    const listText = await list.text();
    expect(listText).toContain('No mail leaves this machine');
    expect(listText).toContain('A &#60;b&#62;request');

    const id: string = found.messages[0].id;
    const mail = await (await fetch(`${running.address}/mailbox/${id}`)).text();
    expect(mail).toContain('<a href="http://localhost:3000/x?a=1&#38;b=2">');
    expect(mail).toContain('sandbox=""');
    const layout = await fetch(`${running.address}/mailbox/${id}/html`);
    expect(layout.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect((await fetch(`${running.address}/mailbox/none`)).status).toBe(404);
    expect((await fetch(`${running.address}/mailbox`, { method: 'DELETE' })).status).toBe(405);
  });
});

test('an event in the table goes by stream, relay, queue and consumer to the mailbox', async () => {
  const client = new DynamoDBClient({ endpoint: running.tableEndpoint });
  await client.send(
    new PutItemCommand({
      TableName: process.env['TABLE_NAME'],
      Item: { pk: { S: 'REQUEST#1' }, sk: { S: 'EVENT#000000001' } },
    }),
  );
  client.destroy();
  await running.settled();
  expect(running.mailbox.list('lead@district.invalid').map((mail) => mail.subject)).toEqual(['EVENT#000000001']);
});
