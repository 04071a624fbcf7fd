import { createHmac, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { instantOf, type Instant } from '#shared/kernel/instants.ts';
import { randomWord } from './ids.ts';
import { readCookie, sessionCookie } from './session-cookie.ts';

/** Who is at the other end, as far as the transport can say. */
export interface Visitor {
  /** When the request arrived, by the gateway's clock and never by the client's word. */
  readonly at: Instant;
  readonly correlation: string;
  readonly address: string;
  /** The `Origin` of the page that sent it. */
  readonly origin: string | undefined;
  readonly session: string | undefined;
  readonly cookies: string | undefined;
}

/** What the web function says of its visitor when it calls the API during server rendering. */
const claims = z.object({
  address: z.string().max(64),
  origin: z.string().max(200).optional(),
  correlation: z.string().max(64).optional(),
});

const correlationPattern = /^[A-Za-z0-9-]{8,64}$/;

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The web's claims, if they are signed with the secret that only web and API hold. */
function signedClaims(
  headers: Readonly<Record<string, string | undefined>>,
  secret: string,
): z.infer<typeof claims> | undefined {
  const [text, signature] = [headers['x-web-claims'], headers['x-web-signature']];
  if (text === undefined || signature === undefined) return undefined;
  if (!sameText(createHmac('sha256', secret).update(text).digest('base64url'), signature)) return undefined;
  return claims.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
}

export function visitorOf(event: APIGatewayProxyEventV2, webSecret: string): Visitor {
  const { headers } = event;
  const said = signedClaims(headers, webSecret);
  const cookies = event.cookies?.join('; ') ?? headers['cookie'];
  const viewer = headers['cloudfront-viewer-address'];
  const correlation = said?.correlation ?? headers['x-correlation-id'];
  return {
    at: instantOf(new Date(event.requestContext.timeEpoch)),
    correlation: correlation !== undefined && correlationPattern.test(correlation) ? correlation : randomWord(),
    // CloudFront gives address:port; an IPv6 address has colons of its own
    address: said?.address ?? viewer?.replace(/:\d+$/, '') ?? event.requestContext.http.sourceIp,
    origin: said === undefined ? headers['origin'] : said.origin,
    session: readCookie(cookies, sessionCookie),
    cookies,
  };
}

/** True if the call came through our own edge, or if no edge stands before this deployment. */
export function cameThroughEdge(event: APIGatewayProxyEventV2, edgeSecret: string | undefined): boolean {
  return edgeSecret === undefined || sameText(event.headers['x-origin-secret'] ?? '', edgeSecret);
}
