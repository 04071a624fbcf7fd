import * as z from 'zod';
import { extended, runs, session, type Session } from '#shared/accounts/session.ts';
import type { Membership } from '#shared/accounts/model.ts';
import type { Actor } from '#shared/kernel/actors.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import { sha256 } from '#platform/hash.ts';
import type { Change, Key, Table } from '#platform/table.ts';
import { loadMembership } from './store.ts';

/**
 *     SESSION#<sha256(token)>  SESSION  whose it is, for whom they act, when it ends
 *
 * The cookie holds the token and the table its hash, so that whoever reads the table cannot sign in.
 */
function sessionKey(token: string): Key {
  return { pk: `SESSION#${sha256(token)}`, sk: 'SESSION' };
}

/** The second at which the table may drop an item: never before the instant. */
export function expiry(at: Instant): number {
  return Math.ceil(Date.parse(at) / 1000);
}

const stored = session.extend({ version: z.int().min(1) });
export type StoredSession = z.infer<typeof stored>;

export function sessionBegun(token: string, begun: Session): Change {
  return {
    kind: 'put',
    item: { ...sessionKey(token), ...begun, version: 1, expires: expiry(begun.endsAt) },
    guard: 'absent',
  };
}

/** A session that was ended meanwhile stays ended: its version is gone. */
export function sessionChanged(token: string, before: StoredSession, next: Session): Change {
  return {
    kind: 'put',
    item: { ...sessionKey(token), ...next, version: before.version + 1, expires: expiry(next.endsAt) },
    guard: { version: before.version },
  };
}

export function sessionEnded(token: string): Change {
  return { kind: 'remove', key: sessionKey(token) };
}

/** The session if it still runs at that instant. */
export async function findSession(table: Table, token: string, at: Instant): Promise<StoredSession | undefined> {
  const item = await table.get(sessionKey(token), { consistent: true });
  if (item === undefined) return undefined;
  const found = stored.parse(item);
  return runs(found, at) ? found : undefined;
}

export interface SignedIn {
  readonly session: StoredSession;
  /** The membership that the person acts in, if it has not ended. */
  readonly membership: Membership | undefined;
}

/** Who a session belongs to, read consistently; moves its idle end when that is worth a write. */
export async function readSignedIn(table: Table, token: string, at: Instant): Promise<SignedIn | undefined> {
  const found = await findSession(table, token, at);
  if (found === undefined) return undefined;
  const { version, ...plain } = found;
  const later = extended(plain, at);
  const [member] = await Promise.all([
    found.organization === undefined
      ? undefined
      : loadMembership(table, { organization: found.organization, person: found.person }),
    // When another request of the same person moved it, that is as good.
    later === undefined ? undefined : table.write([sessionChanged(token, { ...plain, version }, later)]),
  ]);
  return { session: found, membership: member?.state.ended === undefined ? member?.state : undefined };
}

function actorIn({ session: found, membership: member }: SignedIn): Extract<Actor, { kind: 'person' }> {
  if (member === undefined) return { kind: 'person', person: found.person };
  const { organization, kind, program, roles } = member;
  return {
    kind: 'person',
    person: found.person,
    acting: { organization, kind, roles, ...(program === undefined ? {} : { program }) },
  };
}

/**
 * Reads who a session token belongs to and for whom they act. The membership is read each time, so
 * that ending one takes effect with the next request.
 */
export function actorOf(table: Table): (session: string, at: Instant) => Promise<Actor> {
  return async (token, at) => {
    const signedIn = await readSignedIn(table, token, at);
    return signedIn === undefined ? { kind: 'public' } : actorIn(signedIn);
  };
}
