import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks';
import { API_ORIGIN, EDGE_SECRET, SHOW_CAPACITY, WEB_SECRET } from '$app/env/private';
import { instantOf } from '#shared/kernel/instants.ts';
import { sentenceForStatus } from '#lib/status-sentence.ts';
import { askApi, type WayToApi } from '#lib/server/ask-api.ts';
import { askedWords, nothingAsked } from '#lib/server/asked.ts';
import { correlationHeader, correlationOf } from '#lib/server/correlation.ts';

const securityHeaders = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

export const handle: Handle = async ({ event, resolve }) => {
  event.locals.at = event.platform?.at ?? instantOf(new Date());
  event.locals.correlation = correlationOf(event.request.headers);
  event.locals.asked = nothingAsked();
  const response = await resolve(event, {
    // Without it the browser would not know that what the server read for it is JSON.
    filterSerializedResponseHeaders: (name) => name === 'content-type',
    preload: ({ type, path }) => type === 'js' || type === 'css' || path.includes('PublicSans-Regular'),
  });
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  response.headers.set(correlationHeader, event.locals.correlation);
  if (SHOW_CAPACITY !== undefined) response.headers.set('x-capacity', askedWords(event.locals.asked));
  // A page carries a nonce and may show what only this visitor may see: nobody keeps a copy.
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
  return response;
};

const wayToApi: WayToApi = { apiOrigin: API_ORIGIN, webSecret: WEB_SECRET, edgeSecret: EDGE_SECRET };

export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const url = new URL(request.url);
  return url.origin === event.url.origin && url.pathname.startsWith('/api/')
    ? askApi(event, request, wayToApi)
    : fetch(request);
};

export const handleError: HandleServerError = (caught) => {
  const { correlation } = caught.event.locals;
  if (caught.kind === 'app') return { correlation };
  if (caught.kind === 'unknown') {
    const { error } = caught;
    console.error(
      JSON.stringify({
        message: 'A page failed.',
        correlation,
        path: caught.event.url.pathname,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
    );
    return { correlation, message: sentenceForStatus(500) };
  }
  return { correlation, message: sentenceForStatus(caught.error.status) };
};
