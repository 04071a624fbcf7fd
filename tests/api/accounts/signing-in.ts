import { beforeEach, expect } from 'vitest';
import type { ApiHandler } from '#platform/http.ts';
import { sessionCookie } from '#platform/session-cookie.ts';
import { cookiesOf, send, testOrigin, type Visit } from '../../support/client.ts';
import type { World } from './world.ts';

export function locationOf(answer: Response): URL {
  return new URL(answer.headers.get('location') ?? '', testOrigin);
}

/** Signing in at the embedded provider, as a browser without scripts would. */
export function signingIn(world: World) {
  /** Sign-in is counted by address: each test comes from one of its own. */
  const visitor = { number: 0, address: '' };
  beforeEach(() => {
    visitor.number += 1;
    visitor.address = `198.51.100.${visitor.number}`;
  });

  function get(path: string, visit: Visit = {}, handler: ApiHandler = world.handler): Promise<Response> {
    return send(handler, new Request(`${testOrigin}${path}`), { origin: null, address: visitor.address, ...visit });
  }

  /** Leaves for the provider: its address and the cookies that must come back. */
  async function leave(path = '/api/sign-in', visit: Visit = {}) {
    const answer = await get(path, visit);
    expect(answer.status).toBe(302);
    return { address: locationOf(answer), cookies: cookiesOf(answer), answer };
  }

  /** Chooses a person at the provider, as a browser without scripts would; the callback it sends to. */
  async function choose(address: URL, sub: string): Promise<URL> {
    const jar = new Map<string, string>();
    let [next, form]: [URL, URLSearchParams | undefined] = [address, undefined];
    for (let hop = 0; hop < 10; hop += 1) {
      const answer: Response = await fetch(next, {
        redirect: 'manual',
        headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; ') },
        ...(form === undefined ? {} : { method: 'POST', body: form }),
      });
      for (const [name, value] of Object.entries(cookiesOf(answer))) jar.set(name, value);
      await answer.text();
      const location = answer.headers.get('location');
      form = location === null ? new URLSearchParams({ sub }) : undefined;
      if (location !== null) next = new URL(location, next);
      if (next.origin === testOrigin) return next;
    }
    throw new Error('The provider never came back.');
  }

  async function signIn(sub: string, visit: Visit = {}, path = '/api/sign-in') {
    const { address, cookies } = await leave(path, visit);
    const back = await choose(address, sub);
    const all = { ...visit.cookies, ...cookies };
    const answer = await get(`${back.pathname}${back.search}`, { ...visit, cookies: all });
    return { answer, back, cookies: all, token: cookiesOf(answer)[sessionCookie] ?? '' };
  }

  return { get, leave, choose, signIn };
}
