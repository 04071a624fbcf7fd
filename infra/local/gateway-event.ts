import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';

/** What CloudFront would set itself: from a browser these would be lies. */
const edgeHeaders = new Set(['cloudfront-viewer-address', 'x-origin-secret']);

/** A request in the form that API Gateway gives a function: HTTP API, payload 2.0. */
export function eventOf(request: IncomingMessage, url: URL, body: Buffer, at: number): APIGatewayProxyEventV2 {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || name === 'cookie' || edgeHeaders.has(name)) continue;
    headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  const cookies = (request.headers.cookie ?? '').split(/;\s*/).filter((cookie) => cookie !== '');
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams) query[name] = name in query ? `${query[name]},${value}` : value;
  const text = isText(headers['content-type']);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookies.length === 0 ? {} : { cookies }),
    headers,
    ...(Object.keys(query).length === 0 ? {} : { queryStringParameters: query }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'embedded',
      domainName: url.host,
      domainPrefix: url.hostname,
      http: {
        method: request.method ?? 'GET',
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: new Date(at).toISOString(),
      timeEpoch: at,
    },
    ...(body.length === 0 ? {} : { body: body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !text,
  };
}

/** API Gateway hands these over as they are and everything else, forms included, in base64. */
function isText(type: string | undefined): boolean {
  return /^(text\/|application\/(json|xml|javascript)\b)/i.test(type ?? '');
}

const result = z.looseObject({
  statusCode: z.int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  cookies: z.array(z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});

/**
 * Writes what a function answered. Like API Gateway, it takes an answer without a status as the JSON
 * of a 200. Throws before anything is written when the answer is neither.
 */
export function writeResult(response: ServerResponse, answered: unknown): void {
  const hasStatus = typeof answered === 'object' && answered !== null && 'statusCode' in answered;
  const { statusCode, headers, cookies, body, isBase64Encoded } = result.parse(
    hasStatus
      ? answered
      : { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answered) },
  );
  const bytes = Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8');
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, String(value));
  if (cookies !== undefined && cookies.length > 0) response.setHeader('set-cookie', cookies);
  response.statusCode = statusCode;
  const bodiless = statusCode === 204 || statusCode === 304;
  if (bodiless) response.removeHeader('content-length');
  else if (response.req.method !== 'HEAD' || bytes.length > 0) response.setHeader('content-length', bytes.length);
  response.end(response.req.method === 'HEAD' || bodiless ? undefined : bytes);
}
