import { apiFor } from '#lib/api.ts';
import { refusalOf } from '#lib/refusal.ts';
import type { Session } from './session.ts';

/** Who is signed in; undefined also where the API does not answer: what is public is read without an account. */
export async function readSession(fetch: typeof globalThis.fetch): Promise<Session | undefined> {
  try {
    return await apiFor(fetch).accounts.session.get();
  } catch (thrown) {
    if (refusalOf(thrown) === undefined) throw thrown;
    return undefined;
  }
}
