import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { instant, instantOf, type Instant } from '#shared/kernel/instants.ts';
import { sameText } from '#shared/kernel/same-text.ts';
import { viewerAddress } from '#shared/kernel/viewer-address.ts';
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
  /** Our own web asks for them, and says so with its signature. */
  readonly throughWeb: boolean;
}

/** What the web function says of its visitor when it calls the API during server rendering. */
const claims = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('no JSON');
      return z.NEVER;
    }
  })
  .pipe(
    z.object({
      address: z.string().max(64),
      origin: z.string().max(200).optional(),
      correlation: z.string().max(64).optional(),
      at: instant,
    }),
  );

/** A page asks while it is rendered: claims of another minute are somebody's copy. */
const believedMilliseconds = 60_000;

const correlationPattern = /^[A-Za-z0-9-]{8,64}$/;

/** The web's claims, if they are signed with a secret that only web and API hold, just now. */
function signedClaims({ headers, requestContext }: APIGatewayProxyEventV2, secrets: readonly string[]) {
  const [text, signature] = [headers['x-web-claims'], headers['x-web-signature']];
  if (text === undefined || signature === undefined) return undefined;
  const signatures = secrets.map((secret) => createHmac('sha256', secret).update(text).digest('base64url'));
  if (!signatures.some((one) => sameText(signature, one))) return undefined;
  const parsed = claims.safeParse(Buffer.from(text, 'base64url').toString());
  if (!parsed.success) return undefined;
  const said = parsed.data;
  return Math.abs(Date.parse(said.at) - requestContext.timeEpoch) <= believedMilliseconds ? said : undefined;
}

/** @param webSecrets any of which may have signed what the web says of its visitor. */
export function visitorOf(event: APIGatewayProxyEventV2, webSecrets: readonly string[]): Visitor {
  const { headers } = event;
  const said = signedClaims(event, webSecrets);
  const cookies = event.cookies?.join('; ') ?? headers['cookie'];
  const viewer = headers['cloudfront-viewer-address'];
  const correlation = said?.correlation ?? headers['x-correlation-id'];
  return {
    at: instantOf(new Date(event.requestContext.timeEpoch)),
    correlation: correlation !== undefined && correlationPattern.test(correlation) ? correlation : randomWord(),
    address: said?.address ?? (viewer === undefined ? event.requestContext.http.sourceIp : viewerAddress(viewer)),
    origin: said === undefined ? headers['origin'] : said.origin,
    session: readCookie(cookies, sessionCookie),
    cookies,
    throughWeb: said !== undefined,
  };
}

/** True if the call came through our own edge, or if no edge stands before this deployment. */
export function cameThroughEdge(event: APIGatewayProxyEventV2, edgeSecrets: readonly string[]): boolean {
  const shown = event.headers['x-origin-secret'] ?? '';
  return edgeSecrets.length === 0 || edgeSecrets.some((secret) => sameText(shown, secret));
}
