import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startIdentity } from '../../../infra/local/identity.ts';
import { secretsIn } from '../../../infra/local/secrets.ts';
import { startAll, type Running } from '../../../infra/local/start-all.ts';
import { fixtureParts } from './fixture-parts.ts';

let running: Running;
let client: Configuration;
beforeAll(async () => {
  running = await startAll({ parts: fixtureParts });
  const secret = process.env['IDENTITY_CLIENT_SECRET'] ?? '';
  client = await discovery(
    new URL(process.env['IDENTITY_ISSUER'] ?? ''),
    process.env['IDENTITY_CLIENT_ID'] ?? '',
    undefined,
    ClientSecretPost(secret),
    { execute: [allowInsecureRequests] },
  );
});
afterAll(async () => {
  await running.stop();
});

/** As much of a browser as a sign-in needs: it keeps cookies and does not follow on its own. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async get(address: string | URL): Promise<Response> {
    return await this.#send(address, {});
  }

  async post(address: string | URL, form: Record<string, string>): Promise<Response> {
    return await this.#send(address, { method: 'POST', body: new URLSearchParams(form) });
  }

  async #send(address: string | URL, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(address, { ...init, redirect: 'manual', headers: { cookie, accept: 'text/html' } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }
}

function locationOf(answer: Response): URL {
  return new URL(answer.headers.get('location') ?? '', running.address);
}

interface Attempt {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly address: URL;
}

async function attempt(): Promise<Attempt> {
  const [verifier, state, nonce] = [randomPKCECodeVerifier(), randomState(), randomNonce()];
  const address = buildAuthorizationUrl(client, {
    redirect_uri: `${running.address}/api/session/callback`,
    scope: 'openid profile email',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  return { verifier, state, nonce, address };
}

async function signIn(browser: Browser, sub: string, { address }: Attempt): Promise<URL> {
  const page = locationOf(await browser.get(address));
  const chosen = await browser.post(page, { sub });
  return locationOf(await browser.get(locationOf(chosen)));
}

test('a listed person signs in with code and PKCE, and out again without another page', async () => {
  const browser = new Browser();
  const started = await attempt();
  const page = locationOf(await browser.get(started.address));
  const shown = await browser.get(page);
  expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
  const text = await shown.text();
  expect(text).toContain('Ada Lead');
  expect(text).toContain('Ben &#60;Owner&#62;');
  const narrowed = await (await browser.get(`${page.href}?q=lantern+owner`)).text();
  expect(narrowed).not.toContain('Ada Lead');
  expect(narrowed).toContain('1 of 2 people');

  const back = await signIn(browser, 'person-1', started);
  expect(back.pathname).toBe('/api/session/callback');
  const tokens = await authorizationCodeGrant(client, back, {
    pkceCodeVerifier: started.verifier,
    expectedState: started.state,
    expectedNonce: started.nonce,
  });
  expect(tokens.claims()).toMatchObject({ sub: 'person-1', name: 'Ada Lead', email: 'ada@district.invalid' });
  expect(await fetchUserInfo(client, tokens.access_token, 'person-1')).toMatchObject({ email: 'ada@district.invalid' });

  const out = buildEndSessionUrl(client, {
    id_token_hint: tokens.id_token ?? '',
    post_logout_redirect_uri: `${running.address}/signed-out`,
  });
  expect(locationOf(await browser.get(out)).href).toBe(`${running.address}/signed-out`);
  // The session is gone: the next sign-in asks who it is.
  expect(locationOf(await browser.get((await attempt()).address)).pathname).toMatch(/^\/identity\/interaction\//);
  expect(locationOf(await browser.get(out)).href).toBe(`${running.address}/signed-out`);
});

test('refuses a sign-in without PKCE, a person who is not listed, a foreign return address and a used page', async () => {
  const browser = new Browser();
  const started = await attempt();
  const withoutPkce = new URL(started.address);
  withoutPkce.searchParams.delete('code_challenge');
  withoutPkce.searchParams.delete('code_challenge_method');
  expect(locationOf(await browser.get(withoutPkce)).searchParams.get('error')).toBe('invalid_request');

  const page = locationOf(await browser.get(started.address));
  expect((await browser.post(page, { sub: 'nobody' })).status).toBe(400);

  const foreign = new URL(started.address);
  foreign.searchParams.set('redirect_uri', 'http://evil.example/');
  const refused = await browser.get(foreign);
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain('Sign-in is not possible');

  const stranger = await new Browser().get(page);
  expect(stranger.status).toBe(400);
  expect(await stranger.text()).toContain('This sign-in has ended');
});

test('a code is worth nothing without its verifier', async () => {
  const browser = new Browser();
  const started = await attempt();
  const back = await signIn(browser, 'person-2', started);
  await expect(
    authorizationCodeGrant(client, back, {
      pkceCodeVerifier: randomPKCECodeVerifier(),
      expectedState: started.state,
      expectedNonce: started.nonce,
    }),
  ).rejects.toThrow();
});

test('does not start in production', () => {
  vi.stubEnv('NODE_ENV', 'production');
  const options = { issuer: 'http://localhost:1/identity', secrets: secretsIn(), returnTo: [], signedOutTo: [] };
  expect(() => startIdentity({ ...options, people: async () => [] })).toThrow(
    /does not start with NODE_ENV=production/,
  );
  vi.unstubAllEnvs();
});
