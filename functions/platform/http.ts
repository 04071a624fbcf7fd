import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import middy, { type MiddlewareObj } from '@middy/core';
import type { AnyContractRouter } from '@orpc/contract';
import { Hono } from 'hono';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { refusals, type RefusalCode } from '#shared/kernel/refusals.ts';
import { measured } from './capacity.ts';
import { readConfig, webTrustConfig } from './config.ts';
import { log, metrics } from './log.ts';
import { routerFor, type ServeOptions, type UseCases } from './router.ts';
import { cameThroughEdge, visitorOf, type Visitor } from './visitor.ts';

type Answer = APIGatewayProxyStructuredResultV2;
type ApiMiddleware = MiddlewareObj<APIGatewayProxyEventV2, Answer>;
export type ApiHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<Answer>;

/** 256 kB: nothing that a form of ours sends comes near it. */
const largestBody = 262_144;

function refused(code: RefusalCode): Answer {
  const { status, sentence } = refusals[code];
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ defined: true, code, status, message: sentence }),
  };
}

/** Takes calls only from our own edge. */
function edge(secret: string | undefined): ApiMiddleware {
  return { before: ({ event }) => (cameThroughEdge(event, secret) ? undefined : refused('not-allowed')) };
}

function bodyLimit(): ApiMiddleware {
  return {
    before: ({ event }) => {
      const bytes = Buffer.byteLength(event.body ?? '') * (event.isBase64Encoded ? 3 / 4 : 1);
      return bytes > largestBody ? refused('too-large') : undefined;
    },
  };
}

/** Answers of the API are data for our own pages: nothing may frame, sniff or keep them. */
function headers(): ApiMiddleware {
  return {
    after: (request) => {
      if (request.response === null) return;
      request.response.headers = {
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'strict-transport-security': 'max-age=63072000; includeSubDomains',
        ...request.response.headers,
      };
    },
  };
}

/** The last resort: what the router could not turn into an answer is logged once and hidden. */
function faults(): ApiMiddleware {
  return {
    onError: (request) => {
      log.error('defect', { path: request.event.rawPath, error: request.error ?? new Error('unknown') });
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

function report(
  event: APIGatewayProxyEventV2,
  visitor: Visitor,
  answer: Answer,
  figures: Readonly<Record<string, number>>,
): void {
  log.info('request', {
    correlation: visitor.correlation,
    method: event.requestContext.http.method,
    path: event.rawPath,
    status: answer.statusCode,
    ...figures,
  });
  for (const [name, amount] of Object.entries(figures)) metrics.addMetric(name, 'Count', amount);
  metrics.addMetric('faults', 'Count', (answer.statusCode ?? 500) >= 500 ? 1 : 0);
  metrics.publishStoredMetrics();
}

/**
 * The Lambda handler of a context's routes, in the format of an HTTP API (payload 2.0): middy around
 * Hono's adapter around the contract's router.
 */
export function serve<C extends AnyContractRouter>(
  contract: C,
  useCases: UseCases<C>,
  options?: ServeOptions,
): ApiHandler {
  const config = readConfig(webTrustConfig);
  const answer = routerFor(contract, useCases, options, config.PUBLIC_ORIGIN);
  const visitors = new WeakMap<object, Visitor>();

  const app = new Hono<{ Bindings: { event: LambdaEvent } }>();
  app.all('*', async (context) => {
    const visitor = visitors.get(context.env.event);
    if (visitor === undefined) throw new Error('A request without its visitor.');
    return answer(context.req.raw, visitor);
  });
  const adapter = handle(app);

  const handler: ApiHandler = async (event, context) => {
    const visitor = visitorOf(event, config.WEB_SECRET);
    visitors.set(event, visitor);
    const started = performance.now();
    // Hono describes the same event and context with types of its own
    const work = () => adapter(event as unknown as LambdaEvent, context as unknown as Parameters<typeof adapter>[1]);
    const { value, capacity } = await measured(work);
    const { readUnits, writeUnits, sessionUnits } = capacity;
    const result: Answer = {
      ...value,
      headers: {
        ...value.headers,
        'x-correlation-id': visitor.correlation,
        'x-capacity': `read=${readUnits} write=${writeUnits} session=${sessionUnits}`,
      },
    };
    report(event, visitor, result, { milliseconds: Math.round(performance.now() - started), readUnits, writeUnits });
    return result;
  };

  const served = middy<APIGatewayProxyEventV2, Answer>()
    .use(faults())
    .use(headers())
    .use(edge(config.EDGE_SECRET))
    .use(bodyLimit())
    .handler(handler);
  return async (event, context) => served(event, context);
}
