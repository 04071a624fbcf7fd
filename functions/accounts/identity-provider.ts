import * as client from 'openid-client';
import * as z from 'zod';
import type { Personal } from '#shared/accounts/model.ts';
import type { identityConfig } from '#platform/config.ts';
import { log } from '#platform/log.ts';

/** What the provider says of somebody: the same person is the same issuer and subject, nothing else. */
export interface Identity extends Personal {
  readonly issuer: string;
  readonly subject: string;
}

/** Why a sign-in did not succeed, as the page that tells of it is addressed. */
export type SignInFailure = 'cancelled' | 'expired' | 'refused' | 'no-name';

export type Finished =
  | { readonly kind: 'signed-in'; readonly identity: Identity }
  | { readonly kind: 'failed'; readonly reason: SignInFailure }
  | { readonly kind: 'away' };

/** What must come back unchanged; all three are secrets of one sign-in. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface IdentityProvider {
  /** Where to send the visitor; undefined while the provider is away. */
  begin(callback: URL, checks: Checks): Promise<URL | undefined>;
  /** @param returned the callback's address with what the provider added to it. */
  finish(returned: URL, checks: Checks): Promise<Finished>;
  /** Where the provider ends its own session; undefined when it is away or has no such address. */
  end(next: URL): Promise<URL | undefined>;
}

const secondsToWait = 5;

/** The provider did not answer, or answered that it cannot. */
class ProviderAway extends Error {}

async function reach(url: string, options: client.CustomFetchOptions): Promise<Response> {
  let answer: Response;
  try {
    // the library types what it hands over a little wider than `fetch` does
    answer = await fetch(url, options as RequestInit);
  } catch (cause) {
    throw new ProviderAway('The identity provider does not answer.', { cause });
  }
  if (answer.status >= 500) throw new ProviderAway(`The identity provider answered ${answer.status}.`);
  return answer;
}

function isAway(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) if (one instanceof ProviderAway) return true;
  return false;
}

/** Plain http is for a provider on this machine only. */
function isLoopback(address: URL): boolean {
  return address.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname);
}

const profile = z.object({
  sub: z.string().min(1),
  iss: z.string().min(1),
  name: z.string().trim().min(1).optional().catch(undefined),
  preferred_username: z.string().trim().min(1).optional().catch(undefined),
  email: z.email().max(254).optional().catch(undefined),
  email_verified: z.union([z.boolean(), z.stringbool()]).optional().catch(undefined),
});

/** An address that the provider says is not verified could be anybody's, so no mail goes there. */
function identityOf(claims: unknown): Identity | undefined {
  const { sub, iss, name, preferred_username: username, email, email_verified: verified } = profile.parse(claims);
  const known = (name ?? username ?? email)?.slice(0, 200);
  if (known === undefined) return undefined;
  return { issuer: iss, subject: sub, name: known, ...(email === undefined || verified === false ? {} : { email }) };
}

function failureOf(error: unknown): SignInFailure {
  if (error instanceof client.AuthorizationResponseError)
    return error.error === 'access_denied' ? 'cancelled' : 'refused';
  // A code that was used before or is too old.
  if (error instanceof client.ResponseBodyError && error.error === 'invalid_grant') return 'expired';
  if (error instanceof client.ResponseBodyError || error instanceof client.ClientError) return 'refused';
  throw error;
}

/** Any OpenID provider: authorization code with PKCE, state and nonce. */
export class OpenIdProvider implements IdentityProvider {
  readonly #config: z.infer<typeof identityConfig>;
  #discovered: Promise<client.Configuration> | undefined;

  constructor(config: z.infer<typeof identityConfig>) {
    this.#config = config;
  }

  /** Kept while the function is warm; a failed try is forgotten. */
  async #provider(): Promise<client.Configuration> {
    this.#discovered ??= this.#discover();
    try {
      return await this.#discovered;
    } catch (error) {
      this.#discovered = undefined;
      throw error;
    }
  }

  async #discover(): Promise<client.Configuration> {
    const { IDENTITY_ISSUER: address, IDENTITY_CLIENT_ID: id, IDENTITY_CLIENT_SECRET: secret } = this.#config;
    const issuer = new URL(address);
    return client.discovery(
      issuer,
      id,
      undefined,
      secret === undefined ? client.None() : client.ClientSecretPost(secret),
      {
        timeout: secondsToWait,
        [client.customFetch]: reach,
        execute: isLoopback(issuer) ? [client.allowInsecureRequests] : [],
      },
    );
  }

  async begin(callback: URL, checks: Checks): Promise<URL | undefined> {
    try {
      return client.buildAuthorizationUrl(await this.#provider(), {
        redirect_uri: callback.href,
        scope: 'openid profile email',
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: 'S256',
      });
    } catch (error) {
      if (!isAway(error)) throw error;
      log.warn('identity provider away', { error: error instanceof Error ? error : new Error('unknown') });
      return undefined;
    }
  }

  async finish(returned: URL, checks: Checks): Promise<Finished> {
    try {
      const tokens = await client.authorizationCodeGrant(await this.#provider(), returned, {
        expectedState: checks.state,
        expectedNonce: checks.nonce,
        pkceCodeVerifier: checks.verifier,
        idTokenExpected: true,
      });
      const identity = identityOf(tokens.claims());
      return identity === undefined ? { kind: 'failed', reason: 'no-name' } : { kind: 'signed-in', identity };
    } catch (error) {
      const told = error instanceof Error ? error : new Error('unknown');
      if (isAway(error)) {
        log.warn('identity provider away', { error: told });
        return { kind: 'away' };
      }
      const reason = failureOf(error);
      log.warn('sign-in failed', { reason, cause: told.message });
      return { kind: 'failed', reason };
    }
  }

  async end(next: URL): Promise<URL | undefined> {
    try {
      const provider = await this.#provider();
      if (provider.serverMetadata().end_session_endpoint === undefined) return undefined;
      return client.buildEndSessionUrl(provider, {
        post_logout_redirect_uri: next.href,
        // Amazon Cognito names an end session address and knows only its own word for this.
        logout_uri: next.href,
      });
    } catch (error) {
      if (!isAway(error)) throw error;
      return undefined;
    }
  }
}

export function newChecks(): Checks {
  return { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() };
}
