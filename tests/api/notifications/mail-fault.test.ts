import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { theMail } from '#platform/mail.ts';
import { certainlyNotSent } from '../../../functions/notifications/mail-fault.ts';
import { freePort } from '../../../infra/local/free-port.ts';

const message = {
  to: 'ada@example.invalid',
  subject: 's',
  text: 't',
  html: '<p>t</p>',
  messageId: '<1@example.invalid>',
};

beforeEach(() => {
  vi.stubEnv('MAIL_URL', 'ses:');
  vi.stubEnv('MAIL_FROM', 'no-reply@example.invalid');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'invented');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'invented');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

async function faultOf(sending: Promise<unknown>): Promise<unknown> {
  return sending.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a mail that Amazon SES did not take', () => {
  test.each([
    [400, 'MessageRejected', true],
    [400, 'MailFromDomainNotVerifiedException', true],
    [400, 'AccountSuspendedException', true],
    [400, 'SendingPausedException', true],
    [400, 'LimitExceededException', true],
    [400, 'BadRequestException', true],
    [403, 'AccessDeniedException', true],
    [403, 'ExpiredTokenException', true],
    [404, 'NotFoundException', true],
    [429, 'TooManyRequestsException', true],
    [499, undefined, true],
    [500, 'InternalServiceErrorException', false],
    [502, undefined, false],
    [503, 'ServiceUnavailable', false],
    [504, undefined, false],
  ] as const)('with %i %s was certainly not sent: %s', async (status, name, certain) => {
    const headers = name === undefined ? {} : { 'x-amzn-errortype': `${name}:http://internal.amazon.com/` };
    vi.stubGlobal('fetch', async () => new Response('{"message":"no"}', { status, headers }));
    const fault = await faultOf(theMail().send(message));
    expect(fault).toMatchObject({ name: name ?? 'SesFault', status });
    expect(certainlyNotSent(fault)).toBe(certain);
  });
});

describe('a mail whose server was cut off', () => {
  test('before it was reached was certainly not sent', async () => {
    const fault = await faultOf(fetch(`http://127.0.0.1:${await freePort()}`, { method: 'POST', body: 'x' }));
    expect(certainlyNotSent(fault)).toBe(true);
    expect(certainlyNotSent(Object.assign(new Error('connect'), { code: 'ESOCKET', command: 'CONN' }))).toBe(true);
  });

  test('after the request was written may have been sent', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.destroy()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const fault = await faultOf(fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: 'x' }));
    server.close();
    expect(fault).toBeInstanceOf(Error);
    expect(certainlyNotSent(fault)).toBe(false);
    expect(certainlyNotSent(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT', command: 'DATA' }))).toBe(false);
  });

  test('in a way that nobody foresaw may have been sent', () => {
    for (const fault of [undefined, null, 'text', 7, new Error('?'), { cause: 'text' }])
      expect(certainlyNotSent(fault)).toBe(false);
  });
});
