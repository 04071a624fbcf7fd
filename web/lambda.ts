import type { Server } from '@sveltejs/kit';
import { Hono } from 'hono/tiny';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { compress } from 'hono/compress';
import * as z from 'zod';
import { instantOf, type Instant } from '#shared/kernel/instants.ts';
import { sameText } from '#shared/kernel/same-text.ts';
import { viewerAddress } from '#shared/kernel/viewer-address.ts';

const environment = z.object({
  /** The one address that visitors use: `https://partners.example.gov`, without a path. */
  PUBLIC_ORIGIN: z.url({ protocol: /^https?$/ }).transform((text) => new URL(text).origin),
  /** What the content network puts in front of every request; absent where nothing stands in front. */
  EDGE_SECRET: z.string().min(32).optional(),
  /** What it put there before; still taken while the change is under way. */
  EDGE_SECRET_BEFORE: z.string().min(32).optional(),
});

interface Bindings {
  readonly event: LambdaEvent;
  readonly lambdaContext: LambdaContext;
}

/**
 * Whose request it is. Behind the content network its header names the visitor; a header of that name
 * from anybody else is not believed.
 */
export function visitorAddress(event: LambdaEvent, behindEdge: boolean): string {
  const named = event.headers?.['cloudfront-viewer-address'];
  if (behindEdge && typeof named === 'string') return viewerAddress(named);
  const context = event.requestContext;
  return 'http' in context ? context.http.sourceIp : 'unknown';
}

/** When the gateway received the request. */
function receivedAt({ requestContext }: LambdaEvent): Instant {
  return instantOf('timeEpoch' in requestContext ? new Date(requestContext.timeEpoch) : new Date());
}

/**
 * The Lambda handler for API Gateway's HTTP API (payload 2.0) around a SvelteKit server.
 * Throws at start when the environment lacks what the pages need.
 */
export async function handlerFor(server: Server, env: Readonly<Record<string, string | undefined>>) {
  const { PUBLIC_ORIGIN: origin, EDGE_SECRET: secret, EDGE_SECRET_BEFORE: before } = environment.parse(env);
  const secrets = [secret, before].filter((one) => one !== undefined);
  await server.init({ env: { ...env } });

  const app = new Hono<{ Bindings: Bindings }>();
  // CloudFront compresses only what it may keep.
  app.use(compress());
  app.all('*', (context) => {
    const { event } = context.env;
    const shown = context.req.header('x-origin-secret') ?? '';
    if (secrets.length > 0 && !secrets.some((one) => sameText(shown, one))) {
      return context.text('This address is reached through the site only.', 403);
    }
    const at = new URL(context.req.url);
    const request = new Request(`${origin}${at.pathname}${at.search}`, context.req.raw);
    return server.respond(request, {
      getClientAddress: () => visitorAddress(event, secrets.length > 0),
      platform: { at: receivedAt(event) },
    });
  });
  return handle(app);
}
