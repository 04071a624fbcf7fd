import * as z from 'zod';
import type { accountsContract } from '#shared/accounts/contract.ts';
import type { Personal } from '#shared/accounts/model.ts';
import { returnPath } from '#shared/accounts/return-path.ts';
import { changePersonalData, registerPerson } from '#shared/accounts/rules.ts';
import { beginSession } from '#shared/accounts/session.ts';
import { signInReturnPath } from '#shared/accounts/sign-in-return.ts';
import type { OrganizationId, PersonId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import { commit } from '#platform/aggregates.ts';
import { again, inRounds } from '#platform/rounds.ts';
import { newId, randomWord } from '#platform/ids.ts';
import type { UseCases } from '#platform/router.ts';
import { readCookie, sessionCookie, signInCookie, writeCookie } from '#platform/session-cookie.ts';
import type { Table } from '#platform/table.ts';
import { newChecks, type Identity, type IdentityProvider, type SignInFailure } from './identity-provider.ts';
import {
  findSubject,
  loadLastActed,
  loadPerson,
  loadPersonal,
  personalHash,
  personalItemOf,
  personStep,
  subjectItem,
} from './person-store.ts';
import { expiry, sessionBegun, sessionEnded } from './session-store.ts';
import { membershipsOf } from './store.ts';

export interface SignInParts {
  readonly table: Table;
  readonly provider: IdentityProvider;
  /** The one address that visitors use, without a path. */
  readonly origin: string;
}

/** A sign-in at the provider may take this long. */
const signInSeconds = 600;

const underWay = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
  until: z.int(),
});

function packed(value: z.infer<typeof underWay>): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function unpacked(cookie: string | undefined, at: Instant): z.infer<typeof underWay> | undefined {
  try {
    const parsed = underWay.safeParse(JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString()));
    return parsed.success && expiry(at) < parsed.data.until ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function redirect(location: string, ...cookies: readonly string[]) {
  return ok({
    status: 302 as const,
    headers: { location, ...(cookies.length === 0 ? {} : { 'set-cookie': [...cookies] }) },
  });
}

const noSignIn = writeCookie(signInCookie, '', 0);

function failed(reason: SignInFailure, to: string) {
  return redirect(`/sign-in/failed?${new URLSearchParams({ reason, return: returnPath(to) })}`, noSignIn);
}

function personalOf({ name, email }: Identity): Personal {
  return { name, ...(email === undefined ? {} : { email }) };
}

async function register(table: Table, identity: Identity, at: Instant) {
  const id = newId('per');
  const salt = randomWord(32);
  const data = personalOf(identity);
  const written = await commit(
    table,
    [personStep(undefined, registerPerson(id, personalHash(data, salt), at))],
    at,
    { kind: 'person', person: id },
    [
      { kind: 'put', item: subjectItem(identity.issuer, identity.subject, id), guard: 'absent' },
      { kind: 'put', item: personalItemOf(id, data, salt), guard: 'absent' },
    ],
  );
  return written.ok ? ok(id) : again;
}

/** Takes over what the provider says now; a new salt, or the two hashes would tell whether a value came back. */
async function refresh(table: Table, id: PersonId, identity: Identity, at: Instant) {
  const [before, stored] = await Promise.all([loadPerson(table, id), loadPersonal(table, id)]);
  if (before === undefined) throw new Error(`${id} has an identity but is not in the table.`);
  const data = personalOf(identity);
  if (stored !== undefined && stored.name === data.name && stored.email === data.email) return ok(id);
  const salt = randomWord(32);
  const decision = changePersonalData(before.state, personalHash(data, salt));
  const written = await commit(table, [personStep(before, decision)], at, { kind: 'person', person: id }, [
    { kind: 'put', item: personalItemOf(id, data, salt) },
  ]);
  return written.ok ? ok(id) : again;
}

/** The person behind an identity, made at the first sign-in. An e-mail address is never compared. */
async function personFor(table: Table, identity: Identity, at: Instant): Promise<PersonId> {
  const found = await inRounds(async () => {
    const known = await findSubject(table, identity.issuer, identity.subject);
    return known === undefined ? register(table, identity, at) : refresh(table, known, identity, at);
  });
  if (!found.ok) throw new Error(`A person could not be written: ${found.refusal.code}.`);
  return found.value;
}

/** With one membership that one, with several the one last acted for, else none until it is chosen. */
async function firstActing(table: Table, person: PersonId): Promise<OrganizationId | undefined> {
  const [held, last] = await Promise.all([membershipsOf(table, person), loadLastActed(table, person)]);
  const only = held.length === 1 ? held[0] : held.find((one) => one.organization === last);
  return only?.organization;
}

export function signInCases({ table, provider, origin }: SignInParts): UseCases<(typeof accountsContract)['signIn']> {
  const callback = new URL(signInReturnPath, origin);
  return {
    async begin({ query }, { at }) {
      const checks = newChecks();
      const address = await provider.begin(callback, checks);
      if (address === undefined) return refuse('unavailable');
      const until = expiry(at) + signInSeconds;
      const cookie = packed({ ...checks, to: returnPath(query.return), until });
      return redirect(address.href, writeCookie(signInCookie, cookie, signInSeconds));
    },

    async callback({ query }, { at, visitor }) {
      const begun = unpacked(readCookie(visitor.cookies, signInCookie), at);
      if (begun === undefined || query.state !== begun.state) return failed('expired', begun?.to ?? '/');
      const returned = new URL(callback);
      for (const word of ['code', 'state', 'iss', 'error', 'error_description'] as const) {
        const value = query[word];
        if (value !== undefined) returned.searchParams.set(word, value);
      }
      const finished = await provider.finish(returned, begun);
      if (finished.kind === 'away') return refuse('unavailable');
      if (finished.kind === 'failed') return failed(finished.reason, begun.to);

      const person = await personFor(table, finished.identity, at);
      const organization = await firstActing(table, person);
      // A new token each time: one that somebody planted in the browser before is worth nothing.
      const token = randomWord(52);
      const session = beginSession({ person, ...(organization === undefined ? {} : { organization }) }, at);
      const old = visitor.session === undefined ? [] : [sessionEnded(visitor.session)];
      const written = await table.write([sessionBegun(token, session), ...old]);
      if (!written.ok) throw new Error('A session token was given out twice.');
      const seconds = expiry(session.endsAt) - expiry(at);
      return redirect(returnPath(begun.to), writeCookie(sessionCookie, token, seconds), noSignIn);
    },

    async signOut(_, { visitor }) {
      if (visitor.session !== undefined) await table.write([sessionEnded(visitor.session)]);
      const next = await provider.end(new URL('/', origin));
      return ok({
        headers: { 'set-cookie': [writeCookie(sessionCookie, '', 0), noSignIn] },
        body: { next: next?.href ?? '/' },
      });
    },
  };
}
