import { createORPCClient, ORPCError } from '@orpc/client';
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { instant, type Instant } from '#shared/kernel/instants.ts';
import type { ApiHandler } from '#platform/http.ts';
import { contextFor } from '../../infra/local/lambda.ts';

/** The one address of the deployment under test. Set when this file is read, before `serve` asks for it. */
export const testOrigin = 'https://partners.test';
process.env['PUBLIC_ORIGIN'] = testOrigin;
process.env['WEB_SECRET'] = 'a secret that only web and API hold';

/** Who calls, from where and when. */
export interface Visit {
  readonly at?: Instant;
  /** By name: `{ '__Host-session': token }`. */
  readonly cookies?: Readonly<Record<string, string>>;
  /** The `Origin` of the page that sends; our own unless told. `null` sends none. */
  readonly origin?: string | null;
  readonly address?: string;
}

export const testInstant = instant.parse('2026-10-01T15:00:00.000Z');

/** A request in the form that API Gateway gives a function: HTTP API, payload 2.0. */
async function eventOf(request: Request, visit: Visit): Promise<APIGatewayProxyEventV2> {
  const url = new URL(request.url);
  const at = visit.at ?? testInstant;
  const body = await request.text();
  const cookies = Object.entries(visit.cookies ?? {}).map(([name, value]) => `${name}=${value}`);
  const origin = visit.origin === undefined ? testOrigin : visit.origin;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookies.length === 0 ? {} : { cookies }),
    headers: { host: url.host, ...Object.fromEntries(request.headers), ...(origin === null ? {} : { origin }) },
    requestContext: {
      accountId: '000000000000',
      apiId: 'test',
      domainName: url.host,
      domainPrefix: url.hostname,
      http: {
        method: request.method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: visit.address ?? '192.0.2.1',
        userAgent: 'test',
      },
      requestId: 'test',
      routeKey: '$default',
      stage: '$default',
      time: at,
      timeEpoch: Date.parse(at),
    },
    ...(body === '' ? {} : { body }),
    isBase64Encoded: false,
  };
}

/** Sends one request through a context's handler, as the gateway would; cookies come as `Set-Cookie`. */
export async function send(handler: ApiHandler, request: Request, visit: Visit = {}): Promise<Response> {
  const answer = await handler(await eventOf(request, visit), contextFor('test'));
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers.set(name, String(value));
  for (const cookie of answer.cookies ?? []) headers.append('set-cookie', cookie);
  const text =
    answer.isBase64Encoded === true ? Buffer.from(answer.body ?? '', 'base64').toString() : (answer.body ?? '');
  const status = answer.statusCode ?? 200;
  return new Response(status === 204 || status === 304 ? null : text, { status, headers });
}

/**
 * The typed client of a contract, calling its handler without a network. Calls throw on refusal;
 * `refusalOf` reads that.
 */
export function clientFor<C extends AnyContractRouter>(
  contract: C,
  handler: ApiHandler,
  visit: Visit = {},
): ContractRouterClient<C> {
  const link = new OpenAPILink(contract, {
    url: `${testOrigin}/api`,
    fetch: async (request) => {
      // The library writes a list as `area[0]=a`; our addresses repeat the word.
      const url = new URL(request.url);
      const words = [...url.searchParams].map(([word, value]) => [word.replace(/\[\d+\]$/, ''), value]);
      url.search = new URLSearchParams(words).toString();
      return send(handler, new Request(url, request), visit);
    },
  });
  return createORPCClient(link);
}

/** The code of the refusal that a call ended in; throws when the call succeeded or failed otherwise. */
export async function refusalOf(
  call: PromiseLike<unknown>,
): Promise<{ code: string; status: number; message: string }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ORPCError) return { code: error.code, status: error.status, message: error.message };
    throw error;
  }
  throw new Error('The call was not refused.');
}

/** The cookies that an answer sets, by name, without their attributes; `''` for one that it removes. */
export function cookiesOf(answer: Response): Record<string, string> {
  return Object.fromEntries(
    answer.headers.getSetCookie().map((line) => {
      const [pair = ''] = line.split(';');
      return [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    }),
  );
}
