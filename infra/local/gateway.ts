import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { matchRoute, type Route } from './api-routes.ts';
import type { Clock } from './clock.ts';
import { eventOf, writeResult } from './gateway-event.ts';
import { answerJson, answerText, readBody, RequestRefusal } from './http-answer.ts';
import { contextFor, type LambdaHandler } from './lambda.ts';
import { listenOnLoopback, type Listening } from './listen.ts';
import { defectOf, logLine } from './log-line.ts';
import { answerFile, brief, immutable } from './static-files.ts';

type PlainHandler = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

/** What stands behind the one port. It is given after the port is known, since addresses depend on it. */
export interface Behind {
  readonly clock: Clock;
  readonly api: readonly Route<LambdaHandler>[];
  readonly web: LambdaHandler;
  readonly webFiles: string;
  /** The folder that `/matrix/…` is read from. */
  readonly matrixFiles: string;
  readonly identity: PlainHandler;
  readonly mailbox: PlainHandler;
  /** Present when tests may move the clock. */
  readonly testClock?: PlainHandler;
}

export interface Gateway {
  readonly port: number;
  serve(behind: Behind): void;
  stop(): Promise<void>;
}

const largestBody = 10 * 1024 * 1024;
const loopbackHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/**
 * Opens the one port on 127.0.0.1 and ::1; `port` 0 takes a free one. Until `serve` is called every
 * request is answered 503. Throws StartRefusal when the port is taken.
 */
export async function openGateway(port: number): Promise<Gateway> {
  let behind: Behind | undefined;
  const listen = (request: IncomingMessage, response: ServerResponse): void => {
    answerRequest(behind, request, response).catch((error: unknown) => {
      if (!response.destroyed || !isOfWhoLeft(error)) answerFault(request, response, error);
    });
  };
  const first = await listenOnLoopback(createServer(listen), port);
  const second = await alsoOnIpv6(listen, first);
  return {
    port: first.port,
    serve: (parts) => {
      behind = parts;
    },
    async stop() {
      await Promise.all([first.close(), second?.close()]);
    },
  };
}

/** A browser that leaves a page no longer takes what it was loading, which is no fault of ours. */
function isOfWhoLeft(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ERR_STREAM_UNABLE_TO_PIPE';
}

/** Browsers may try ::1 for localhost first; a machine without IPv6 does without. */
async function alsoOnIpv6(
  listen: (request: IncomingMessage, response: ServerResponse) => void,
  first: Listening,
): Promise<Listening | undefined> {
  try {
    return await listenOnLoopback(createServer(listen), first.port, '::1');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return undefined;
    await first.close();
    throw error;
  }
}

async function answerRequest(
  behind: Behind | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = addressOf(request);
  if (behind === undefined) {
    answerText(response, 503, 'The server is starting; try again in a moment.');
    return;
  }
  const path = url.pathname;
  if (isBelow(path, '/identity')) return await behind.identity(request, response, url);
  if (isBelow(path, '/mailbox') || path === '/mailbox.json') return await behind.mailbox(request, response, url);
  if (path === '/test-clock' && behind.testClock !== undefined) return await behind.testClock(request, response, url);
  const api = matchRoute(behind.api, request.method ?? 'GET', path);
  if (api !== undefined) return await answerWith(api, 'api', behind.clock, request, response, url);
  if (request.method === 'GET' || request.method === 'HEAD') {
    if (await answerStored(behind, response, path)) return;
  }
  await answerWith(behind.web, 'web', behind.clock, request, response, url);
}

/** Files of the snapshot and of the web build. Below these two folders nothing else may answer. */
async function answerStored(behind: Behind, response: ServerResponse, path: string): Promise<boolean> {
  const [folder, cache] = isBelow(path, '/matrix')
    ? [behind.matrixFiles, immutable]
    : [behind.webFiles, cacheFor(path)];
  const name = isBelow(path, '/matrix') ? path.slice('/matrix/'.length) : path.slice(1);
  if (name !== '' && (await answerFile(response, folder, name, cache))) return true;
  if (!isBelow(path, '/_app') && !isBelow(path, '/matrix')) return false;
  answerText(response, 404, 'There is no such file.');
  return true;
}

function cacheFor(path: string): string {
  return path.startsWith('/_app/immutable/') ? immutable : brief;
}

async function answerWith(
  handler: LambdaHandler,
  name: string,
  clock: Clock,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const body = await readBody(request, largestBody);
  writeResult(response, await handler(eventOf(request, url, body, clock.now()), contextFor(name)));
}

function isBelow(path: string, top: string): boolean {
  return path === top || path.startsWith(`${top}/`);
}

/** A page elsewhere can point its own name at this machine; its requests carry that name and stop here. */
function addressOf(request: IncomingMessage): URL {
  const host = request.headers.host ?? '';
  if (!loopbackHost.test(host)) {
    throw new RequestRefusal(421, 'This server only answers to localhost, 127.0.0.1 and [::1].');
  }
  // Put together as text: a path that begins with two slashes must not be read as a host.
  const url = URL.parse(`http://${host}${request.url?.startsWith('/') === true ? request.url : '/'}`);
  if (url === null) throw new RequestRefusal(400, 'The address cannot be read.');
  return url;
}

function answerFault(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const status = error instanceof RequestRefusal ? error.status : 500;
  logLine('gateway', 'A request failed.', {
    method: request.method,
    path: request.url?.split('?')[0],
    status,
    ...(error instanceof RequestRefusal ? { error: error.message } : defectOf(error)),
  });
  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  // The rest of a body that is too long is not read; the connection cannot be used again.
  if (status === 413) response.setHeader('connection', 'close');
  if (error instanceof RequestRefusal) answerText(response, status, error.message);
  else answerJson(response, 500, { message: 'Internal Server Error' });
}
