import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider, { type OidcContext } from 'oidc-provider';
import { answer, readBody } from './http-answer.ts';
import { identityStore } from './identity-store.ts';
import { localPage, pageHeaders } from './local-page.ts';
import { defectOf, logLine } from './log-line.ts';
import type { Secrets } from './secrets.ts';
import { signInBody, type DemonstrationPerson } from './sign-in-page.ts';
import { StartRefusal } from './start-refusal.ts';

export interface Identity {
  readonly clientId: string;
  /** Answers `/identity` and everything below it. */
  handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
}

export interface IdentityOptions {
  /** `http://localhost:<port>/identity` */
  readonly issuer: string;
  readonly secrets: Secrets;
  /** Full addresses; a sign-in returns to none but these. */
  readonly returnTo: readonly string[];
  readonly signedOutTo: readonly string[];
  readonly people: () => Promise<readonly DemonstrationPerson[]>;
}

const clientId = 'priority-partners';
const hour = 3_600;

/**
 * An OpenID provider without passwords: whoever can open the page may be anybody on the list. So it
 * is for loopback only and refuses to start in production. One client, code with PKCE, no consent.
 */
export function startIdentity(options: IdentityOptions): Identity {
  if (process.env['NODE_ENV'] === 'production') {
    throw new StartRefusal('The embedded sign-in asks for no passwords and does not start with NODE_ENV=production.');
  }
  const provider = new Provider(options.issuer, configuration(options));
  // The provider forgives the missing confirmation, but not a missing session: both end signed out.
  provider.use(async (context, next) => {
    await next();
    if (context.oidc?.route === 'end_session' && context.status === 200)
      context.redirect(signedOutAddress(options, context));
  });
  provider.on('server_error', (_, error) => logLine('identity', 'The provider failed.', defectOf(error)));
  const answerProvider = provider.callback();
  return {
    clientId,
    async handle(request, response, url) {
      if (url.pathname.startsWith('/identity/interaction/')) {
        await answerInteraction(provider, options, request, response, url);
        return;
      }
      // The provider finds out where it is mounted by comparing the two.
      Object.assign(request, { originalUrl: request.url });
      request.url = request.url?.slice('/identity'.length) ?? '/';
      await answerProvider(request, response);
    },
  };

  function configuration({ secrets, returnTo, signedOutTo, people }: IdentityOptions): object {
    return {
      adapter: identityStore(),
      clients: [
        {
          client_id: clientId,
          client_secret: secrets.identityClient,
          token_endpoint_auth_method: 'client_secret_post',
          id_token_signed_response_alg: 'ES256',
          redirect_uris: [...returnTo],
          post_logout_redirect_uris: [...signedOutTo],
          response_types: ['code'],
          grant_types: ['authorization_code'],
        },
      ],
      jwks: { keys: [secrets.identityKey] },
      cookies: { keys: [secrets.identityCookies], long: cookie, short: cookie },
      pkce: { required: () => true },
      claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
      // Cognito puts the profile into the ID token too, so the program reads one place in both.
      conformIdTokenClaims: false,
      responseTypes: ['code'],
      clientBasedCORS: () => false,
      ttl: {
        AccessToken: hour,
        AuthorizationCode: 60,
        Grant: 8 * hour,
        IdToken: hour,
        Interaction: hour,
        Session: 8 * hour,
      },
      features: {
        devInteractions: { enabled: false },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (context: OidcContext) => signOut(provider, options, context),
        },
      },
      interactions: {
        url: (_: OidcContext, interaction: { uid: string }) => `/identity/interaction/${interaction.uid}`,
      },
      findAccount: (_: OidcContext, sub: string) => accountOf(people, sub),
      loadExistingGrant: (context: OidcContext) => grantFor(provider, context),
      renderError: (context: OidcContext, out: { error: string; error_description?: string }) => {
        context.type = 'html';
        context.body = localPage('Sign-in is not possible', sorry(out.error_description ?? out.error));
      },
    };
  }
}

const cookie = { httpOnly: true, sameSite: 'lax', signed: true, path: '/' } as const;

async function accountOf(people: IdentityOptions['people'], sub: string): Promise<object | undefined> {
  const person = (await people()).find((candidate) => candidate.sub === sub);
  if (person === undefined) return undefined;
  return {
    accountId: sub,
    claims: async () => ({ sub, name: person.name, email: person.email, email_verified: true }),
  };
}

/** Consent is for strangers: the only client is the program itself. */
async function grantFor(provider: Provider, context: OidcContext): Promise<object | undefined> {
  const { client, session } = context.oidc ?? {};
  if (client === undefined || session?.accountId === undefined) return undefined;
  const known = session.grantIdFor(client.clientId);
  if (known !== undefined) {
    const grant = await provider.Grant.find(known);
    if (grant !== undefined) return grant;
  }
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile email');
  await grant.save();
  return grant;
}

/** Signing out was asked for in the program already; asking again would be a page too many. */
async function signOut(provider: Provider, options: IdentityOptions, context: OidcContext): Promise<void> {
  await context.oidc?.session?.destroy();
  context.cookies.set(provider.cookieName('session'), null);
  context.redirect(signedOutAddress(options, context));
}

/** The provider has removed an address from the parameters that the client did not register. */
function signedOutAddress(options: IdentityOptions, context: OidcContext): string {
  const { params } = context.oidc ?? {};
  const address = new URL(params?.['post_logout_redirect_uri'] ?? new URL(options.issuer).origin);
  const state = params?.['state'];
  if (state !== undefined) address.searchParams.set('state', state);
  return address.href;
}

function sorry(sentence: string): string {
  return `<p>${sentence.replace(/[^\w .,;:'()-]/g, ' ')}</p><p><a href="/">Go to the start page</a> and sign in from there.</p>`;
}

async function answerInteraction(
  provider: Provider,
  options: IdentityOptions,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const people = await options.people();
  const show = (status: number, title: string, body: string): void =>
    answer(response, status, 'text/html; charset=utf-8', localPage(title, body), pageHeaders);
  if (!(await underWay(provider, request, response))) {
    show(400, 'This sign-in has ended', sorry('It was finished already, or it was left for more than an hour.'));
    return;
  }
  if (request.method !== 'POST') {
    show(200, 'Sign in as a demonstration person', signInBody(people, url));
    return;
  }
  const sub = new URLSearchParams((await readBody(request, 10_000)).toString('utf8')).get('sub') ?? '';
  if (people.some((person) => person.sub === sub)) {
    await provider.interactionFinished(request, response, { login: { accountId: sub } });
  } else {
    show(
      400,
      'Sign in as a demonstration person',
      `<p role="alert">Choose one of the people below.</p>${signInBody(people, url)}`,
    );
  }
}

async function underWay(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  try {
    await provider.interactionDetails(request, response);
    return true;
  } catch (error) {
    // The provider's only way to say so: `SessionNotFound`.
    if (error instanceof Error && error.name === 'SessionNotFound') return false;
    throw error;
  }
}
