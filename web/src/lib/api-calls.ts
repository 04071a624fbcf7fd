/** Where one route of the API is; `detailed` where its answer is status, headers and body. */
export interface ApiRoute {
  readonly method: string;
  /** Below `/api`, with its words in braces: `/programs/{program}`. */
  readonly path: string;
  readonly detailed?: true;
}

/** Every route by group and name, as in the contract. */
export interface ApiRoutes {
  readonly [name: string]: ApiRoute | ApiRoutes;
}

interface CallInput {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

function isRoute(part: ApiRoute | ApiRoutes): part is ApiRoute {
  return typeof part['path'] === 'string';
}

/** `/api/programs/ma/partners?area=a&area=b`. A list repeats its word; what is undefined is left out. */
export function addressOf(path: string, { params = {}, query = {} }: CallInput): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, word: string) => {
    const value = params[word];
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new TypeError(`The address ${path} needs its word ${word}.`);
    return encodeURIComponent(value);
  });
  const words = new URLSearchParams();
  for (const [word, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) words.append(word, String(one));
    }
  }
  return words.size === 0 ? `/api${filled}` : `/api${filled}?${words}`;
}

async function contentOf(answer: Response): Promise<unknown> {
  if (answer.status === 204) return undefined;
  return /[/+]json\b/.test(answer.headers.get('content-type') ?? '') ? answer.json() : answer.blob();
}

async function call(fetch: typeof globalThis.fetch, route: ApiRoute, input: CallInput): Promise<unknown> {
  const address = addressOf(route.path, input);
  // A read goes without any option, for Kit finds what the server read by address and options.
  const answer = await (route.method === 'GET'
    ? fetch(address)
    : fetch(address, {
        method: route.method,
        headers: { 'content-type': 'application/json' },
        body: input.body === undefined ? '' : JSON.stringify(input.body),
      }));
  const content = await contentOf(answer);
  if (!answer.ok) {
    const { ApiRefusal, readRefusal } = await import('./refusal.ts');
    const refusal = readRefusal(content);
    if (refusal !== undefined) throw new ApiRefusal(refusal, answer.status);
    throw new Error(`${route.method} ${address} was answered with status ${answer.status}.`);
  }
  if (route.detailed !== true) return content;
  const headers = { ...Object.fromEntries(answer.headers), 'set-cookie': answer.headers.getSetCookie() };
  return { status: answer.status, headers, body: content };
}

/**
 * The routes as functions of `{ params, query, body }`. A refusal throws `ApiRefusal`, any other answer
 * that is not a success an `Error`; no content is `undefined`, and content that is not JSON a `Blob`.
 */
export function callsOf(routes: ApiRoutes, fetch: typeof globalThis.fetch): unknown {
  return Object.fromEntries(
    Object.entries(routes).map(([name, part]) => [
      name,
      isRoute(part) ? (input: CallInput = {}) => call(fetch, part, input) : callsOf(part, fetch),
    ]),
  );
}
