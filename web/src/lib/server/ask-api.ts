import type { Instant } from '#shared/kernel/instants.ts';
import { refusals } from '#shared/kernel/refusals.ts';
import { sessionCookie } from '#shared/kernel/session-cookie.ts';
import { countAnswer, type Asked } from './asked.ts';
import { signedClaims } from './claims.ts';
import { correlationHeader } from './correlation.ts';
import { readSetCookie, type CookieOptions } from './set-cookie.ts';

export interface WayToApi {
  /** Where the API answers, without a path. */
  readonly apiOrigin: string;
  readonly webSecret: string;
  readonly edgeSecret?: string | undefined;
}

/** What is needed of a request's event. */
export interface Visit {
  readonly request: Request;
  readonly locals: { readonly at: Instant; readonly correlation: string; readonly asked: Asked };
  getClientAddress(): string;
  readonly cookies: {
    get(name: string): string | undefined;
    set(name: string, value: string, options: CookieOptions): void;
  };
}

const passedOn = ['accept', 'accept-language', 'content-type', 'if-match', 'idempotency-key'] as const;
/** Longer than the API may take for anything; a page then says so instead of hanging. */
const patienceMilliseconds = 15_000;

function unavailable(): Response {
  const { status, sentence } = refusals.unavailable;
  return Response.json({ code: 'unavailable', message: sentence }, { status });
}

/**
 * Sends a request of ours for `/api/…` to the API, as the visitor's: with the session, the origin, the
 * address and the correlation id, vouched for by a signature. Kit's own way would send neither cookie
 * nor origin to another host. Cookies that the API sets reach the visitor.
 */
export async function askApi(event: Visit, request: Request, way: WayToApi): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const origin = event.request.headers.get('origin');
  const headers = new Headers(
    signedClaims(
      {
        address: event.getClientAddress(),
        ...(origin === null ? {} : { origin }),
        correlation: event.locals.correlation,
        at: event.locals.at,
      },
      way.webSecret,
    ),
  );
  for (const name of passedOn) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  headers.set(correlationHeader, event.locals.correlation);
  // The visitor's answer is compressed once, on its way out.
  headers.set('accept-encoding', 'identity');
  if (origin !== null) headers.set('origin', origin);
  if (way.edgeSecret !== undefined) headers.set('x-origin-secret', way.edgeSecret);
  const session = event.cookies.get(sessionCookie);
  if (session !== undefined) headers.set('cookie', `${sessionCookie}=${session}`);

  const body = request.method === 'GET' || request.method === 'HEAD' ? null : await request.arrayBuffer();
  let response: Response;
  try {
    response = await fetch(`${way.apiOrigin}${pathname}${search}`, {
      method: request.method,
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMilliseconds),
    });
  } catch (error) {
    console.error(
      JSON.stringify({
        message: 'The API did not answer.',
        correlation: event.locals.correlation,
        path: pathname,
        error: String(error),
      }),
    );
    return unavailable();
  }
  countAnswer(event.locals.asked, pathname, response.headers.get('x-capacity'));
  for (const line of response.headers.getSetCookie()) {
    const cookie = readSetCookie(line);
    if (cookie !== undefined) event.cookies.set(cookie.name, cookie.value, cookie.options);
  }
  return response;
}
