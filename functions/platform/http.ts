import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import middy, { type MiddlewareObj } from '@middy/core';
import type { AnyContractRouter } from '@orpc/contract';
import type { MiddlewareHandler } from 'hono';
import { Hono } from 'hono/tiny';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { etag } from 'hono/etag';
import { refusals, type RefusalCode } from '#shared/kernel/refusals.ts';
import { measured } from './capacity.ts';
import { compressed } from './compressed.ts';
import { readConfig, webTrustConfig } from './config.ts';
import { log, metrics } from './log.ts';
import { routerFor, routesOf, type ServeOptions, type UseCases } from './router.ts';
import { cameThroughEdge, visitorOf, type Visitor } from './visitor.ts';

type Answer = APIGatewayProxyStructuredResultV2;
type ApiMiddleware = MiddlewareObj<APIGatewayProxyEventV2, Answer>;
export type ApiHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<Answer>;

/** 256 kB: nothing that a form of ours sends comes near it. */
const largestBody = 262_144;

/** Answers of the API are data for our own pages: nothing may frame, sniff or keep them. */
const securityHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
} as const;

/** Whoever keeps the answer asks each time whether it still holds. */
const keptUntilChanged: MiddlewareHandler = async (context, next) => {
  await next();
  if (context.res.status < 400) context.header('cache-control', 'no-cache');
};

function refused(code: RefusalCode): Answer {
  const { status, sentence } = refusals[code];
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ defined: true, code, status, message: sentence }),
  };
}

/** Takes calls only from our own edge. */
function edge(secrets: readonly string[]): ApiMiddleware {
  return { before: ({ event }) => (cameThroughEdge(event, secrets) ? undefined : refused('not-allowed')) };
}

function bodyLimit(): ApiMiddleware {
  return {
    before: ({ event }) => {
      const bytes = Buffer.byteLength(event.body ?? '') * (event.isBase64Encoded ? 3 / 4 : 1);
      return bytes > largestBody ? refused('too-large') : undefined;
    },
  };
}

/** The last resort: what the router could not turn into an answer is logged once and hidden. */
function faults(correlationOf: (event: APIGatewayProxyEventV2) => string | undefined): ApiMiddleware {
  return {
    onError: (request) => {
      log.error('defect', {
        correlation: correlationOf(request.event),
        path: request.event.rawPath,
        error: request.error ?? new Error('unknown'),
      });
      request.response = {
        statusCode: 500,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          defined: false,
          code: 'fault',
          status: 500,
          message: 'Something went wrong on our side.',
        }),
      };
    },
  };
}

/** What is published of every request, and in which unit. */
const units = { milliseconds: 'Milliseconds', readUnits: 'Count', writeUnits: 'Count', faults: 'Count' } as const;

function report(
  event: APIGatewayProxyEventV2,
  visitor: Visitor,
  status: number,
  figures: Readonly<Record<Exclude<keyof typeof units, 'faults'>, number>>,
): void {
  log.info('request', {
    correlation: visitor.correlation,
    method: event.requestContext.http.method,
    path: event.rawPath,
    status,
    ...figures,
  });
  const published = { ...figures, faults: status >= 500 ? 1 : 0 };
  for (const name of ['milliseconds', 'readUnits', 'writeUnits', 'faults'] as const)
    metrics.addMetric(name, units[name], published[name]);
  metrics.publishStoredMetrics();
}

function present(...secrets: readonly (string | undefined)[]): readonly string[] {
  return secrets.filter((one) => one !== undefined);
}

/**
 * The Lambda handler of a context's routes, in the format of an HTTP API (payload 2.0): middy around
 * Hono's adapter around the contract's router. Every answer, an early refusal too, gets the same
 * headers and one line in the log. What it cost is told to our own web alone: units grow with what is
 * stored, and a partner would read from them what was said to others.
 * @param options may be left out by a contract whose routes are all public and change nothing.
 */
export function serve<C extends AnyContractRouter>(
  contract: C,
  useCases: UseCases<C>,
  options?: ServeOptions,
): ApiHandler {
  const config = readConfig(webTrustConfig);
  const webSecrets = present(config.WEB_SECRET, config.WEB_SECRET_BEFORE);
  const answer = routerFor(contract, useCases, options, config.PUBLIC_ORIGIN);
  const visitors = new WeakMap<object, Visitor>();

  const app = new Hono<{ Bindings: { event: LambdaEvent } }>();
  for (const { path, meta } of routesOf(contract)) {
    if (meta.revalidated !== true) continue;
    app.use(`/api${path.replaceAll(/{(\w+)}/g, ':$1')}`, keptUntilChanged, etag());
  }
  app.all('*', async (context) => {
    const visitor = visitors.get(context.env.event);
    if (visitor === undefined) throw new Error('A request without its visitor.');
    const { raw } = context.req;
    // Hono leaves the body out of an answer to HEAD.
    return answer(raw.method === 'HEAD' ? new Request(raw, { method: 'GET' }) : raw, visitor);
  });
  // Otherwise Hono would print it and answer in words of its own.
  app.onError((error) => {
    throw error;
  });
  const adapter = handle(app);

  const served = middy<APIGatewayProxyEventV2, Answer>()
    .use(faults((event) => visitors.get(event)?.correlation))
    .use(edge(present(config.EDGE_SECRET, config.EDGE_SECRET_BEFORE)))
    .use(bodyLimit())
    .handler(async (event, context): Promise<Answer> => {
      // Hono describes the same event and context with types of its own
      const work = adapter(event as unknown as LambdaEvent, context as unknown as Parameters<typeof adapter>[1]);
      const { headers, ...rest } = await work;
      const single = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
      return compressed({ ...rest, headers: single }, event.headers['accept-encoding']);
    });

  return async (event, context) => {
    const started = performance.now();
    const visitor = visitorOf(event, webSecrets);
    visitors.set(event, visitor);
    const { value, capacity } = await measured(async () => served(event, context));
    const { readUnits, writeUnits, sessionUnits } = capacity;
    report(event, visitor, value.statusCode ?? 200, {
      milliseconds: Math.round(performance.now() - started),
      readUnits,
      writeUnits,
    });
    return {
      ...value,
      headers: {
        ...securityHeaders,
        ...value.headers,
        'x-correlation-id': visitor.correlation,
        ...(visitor.throughWeb || config.SHOW_CAPACITY !== undefined
          ? { 'x-capacity': `read=${readUnits} write=${writeUnits} session=${sessionUnits}` }
          : {}),
      },
    };
  };
}
