import { timingSafeEqual } from 'node:crypto';
import type { Server } from '@sveltejs/kit';
import { Hono } from 'hono';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import * as z from 'zod';

const environment = z.object({
  /** The one address that visitors use: `https://partners.example.gov`, without a path. */
  PUBLIC_ORIGIN: z.url({ protocol: /^https?$/ }).transform((text) => new URL(text).origin),
  /** What the content network puts in front of every request; absent where nothing stands in front. */
  EDGE_SECRET: z.string().min(32).optional(),
});

interface Bindings {
  readonly event: LambdaEvent;
  readonly lambdaContext: LambdaContext;
}

function sameText(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** `203.0.113.7:4711` and `[2001:db8::1]:4711` without the port. */
function withoutPort(address: string): string {
  return address.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

/**
 * Whose request it is. Behind the content network its header names the visitor; a header of that name
 * from anybody else is not believed.
 */
export function visitorAddress(event: LambdaEvent, behindEdge: boolean): string {
  const named = event.headers?.['cloudfront-viewer-address'];
  if (behindEdge && typeof named === 'string') return withoutPort(named);
  const context = event.requestContext;
  return 'http' in context ? context.http.sourceIp : 'unknown';
}

/**
 * The Lambda handler for API Gateway's HTTP API (payload 2.0) around a SvelteKit server.
 * Throws at start when the environment lacks what the pages need.
 */
export async function handlerFor(server: Server, env: Readonly<Record<string, string | undefined>>) {
  const { PUBLIC_ORIGIN: origin, EDGE_SECRET: secret } = environment.parse(env);
  await server.init({ env: { ...env } });

  const app = new Hono<{ Bindings: Bindings }>();
  app.all('*', (context) => {
    const { event } = context.env;
    if (secret !== undefined && !sameText(context.req.header('x-origin-secret') ?? '', secret)) {
      return context.text('This address is reached through the site only.', 403);
    }
    const at = new URL(context.req.url);
    const request = new Request(`${origin}${at.pathname}${at.search}`, context.req.raw);
    return server.respond(request, { getClientAddress: () => visitorAddress(event, secret !== undefined) });
  });
  return handle(app);
}
