import { createServer } from 'node:http';
import { afterAll, beforeAll } from 'vitest';
import { accountsContract } from '#shared/accounts/contract.ts';
import type { Organization } from '#shared/accounts/model.ts';
import { beginSession } from '#shared/accounts/session.ts';
import type { OrganizationId, PersonId } from '#shared/kernel/ids.ts';
import type { Role } from '#shared/kernel/actors.ts';
import { instant, type Instant } from '#shared/kernel/instants.ts';
import type { District, School } from '#shared/programs/roster.ts';
import { changesOf } from '#platform/aggregates.ts';
import { serve, type ApiHandler } from '#platform/http.ts';
import { randomWord } from '#platform/ids.ts';
import { sessionCookie } from '#platform/session-cookie.ts';
import type { Table } from '#platform/table.ts';
import { OpenIdProvider } from '../../../functions/accounts/identity-provider.ts';
import { importOrganizations, importPeople, importRoster, type Imported } from '../../../functions/accounts/import.ts';
import { accountsService } from '../../../functions/accounts/service.ts';
import { actorOf, sessionBegun } from '../../../functions/accounts/session-store.ts';
import { startIdentity, type Identity } from '../../../infra/local/identity.ts';
import { listenOnLoopback } from '../../../infra/local/listen.ts';
import { secretsIn } from '../../../infra/local/secrets.ts';
import { clientFor, testInstant, testOrigin, type Visit } from '../../support/client.ts';
import { testTable } from '../../support/table.ts';

const early = instant.parse('2026-01-01T00:00:00.000Z');

/** Writes an import as the seed does, a step or an item at a time. */
export async function put(table: Table, { steps, items }: Imported): Promise<void> {
  for (const step of steps) {
    const written = await table.write(changesOf(step, early, { kind: 'system', part: 'import' }).changes);
    if (!written.ok) throw new Error(`${step.key.partition} ${step.key.name} is there already.`);
  }
  for (const item of items) await table.write([{ kind: 'put', item }]);
}

export async function putOrganizations(table: Table, ...organizations: readonly Organization[]): Promise<void> {
  await put(table, importOrganizations(organizations));
}

export async function putRoster(
  table: Table,
  program: Parameters<typeof importRoster>[0],
  districts: readonly District[],
  schools: readonly School[],
): Promise<void> {
  await put(table, importRoster(program, districts, schools));
}

/** People who may sign in at the embedded provider; `sub` is how they choose themselves. */
const people = ['anna', 'ben', 'carla'].map((sub) => ({
  sub,
  name: `${sub.charAt(0).toUpperCase()}${sub.slice(1)} Example`,
  email: `${sub}@example.invalid`,
  program: 'Demo',
  organization: 'none',
  role: 'none',
}));

export interface World {
  readonly table: Table;
  readonly handler: ApiHandler;
  readonly issuer: string;
  /** Changes what the provider says of somebody at the next sign-in. */
  rename(sub: string, name: string): void;
  /** A person with memberships, written as the seed does. */
  member(id: PersonId, ...memberships: readonly (readonly [Organization, ...Role[]])[]): Promise<void>;
  /** The session token of a person, as after a sign-in at that instant. */
  session(person: PersonId, organization?: OrganizationId, at?: Instant): Promise<string>;
  /** The typed client of somebody who holds that session; of nobody without one. */
  as(token: string | undefined, visit?: Visit): ReturnType<typeof clientFor<typeof accountsContract>>;
}

/** The context on the embedded engine with the embedded provider, for one test file. */
export function accountsWorld(): World {
  const engine = testTable();
  const found: { handler?: ApiHandler; issuer?: string; close?: () => Promise<void> } = {};

  beforeAll(async () => {
    const mounted: { identity?: Identity } = {};
    const server = createServer((request, response) => {
      void mounted.identity?.handle(request, response, new URL(request.url ?? '/', 'http://127.0.0.1'));
    });
    const listening = await listenOnLoopback(server, 0);
    const issuer = `http://127.0.0.1:${listening.port}/identity`;
    const secrets = secretsIn();
    mounted.identity = startIdentity({
      issuer,
      secrets,
      returnTo: [`${testOrigin}/api/sign-in/callback`],
      signedOutTo: [`${testOrigin}/`],
      people: async () => people,
    });
    const provider = new OpenIdProvider({
      IDENTITY_ISSUER: issuer,
      IDENTITY_CLIENT_ID: mounted.identity.clientId,
      IDENTITY_CLIENT_SECRET: secrets.identityClient,
    });
    const table = engine.table;
    const service = accountsService({ table, provider, origin: testOrigin, programs: new Set(['demo', 'other']) });
    found.handler = serve(accountsContract, service, { table, actorOf: actorOf(table) });
    found.issuer = issuer;
    found.close = () => listening.close();
  });
  afterAll(async () => found.close?.());

  const handler: ApiHandler = async (event, context) => {
    if (found.handler === undefined) throw new Error('The world has not begun.');
    return found.handler(event, context);
  };
  return {
    handler,
    get table() {
      return engine.table;
    },
    get issuer() {
      if (found.issuer === undefined) throw new Error('The provider has not started.');
      return found.issuer;
    },
    rename(sub, name) {
      const person = people.find((one) => one.sub === sub);
      if (person !== undefined) person.name = name;
    },
    async member(id, ...memberships) {
      const imported = importPeople(
        [
          {
            id,
            issuer: 'https://identity.test',
            subject: id,
            name: `Person ${id.slice(4, 5)}`,
            email: `${id}@example.invalid`,
            salt: 'a salt for tests only',
            memberships: memberships.map(([organization, ...roles]) => ({ organization, roles })),
          },
        ],
        early,
      );
      await put(engine.table, imported);
    },
    async session(person, organization, at = testInstant) {
      const token = randomWord(52);
      const begun = beginSession({ person, ...(organization === undefined ? {} : { organization }) }, at);
      await engine.table.write([sessionBegun(token, begun)]);
      return token;
    },
    as(token, visit = {}) {
      const cookies = token === undefined ? {} : { [sessionCookie]: token };
      return clientFor(accountsContract, handler, { ...visit, cookies: { ...cookies, ...visit.cookies } });
    },
  };
}
