import { sessionCookie } from '#shared/kernel/session-cookie.ts';
import { apiFor } from '#lib/api.ts';
import type { Session } from '#lib/accounts/session.ts';
import { refusalOf } from '#lib/refusal.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ cookies, fetch }) => {
  // Visitors without it are nobody to the API either: no call is spent on them.
  if (!cookies.get(sessionCookie)) return {};
  let session: Session;
  try {
    session = await apiFor(fetch).accounts.session.get();
  } catch (thrown) {
    // A public page is read without an account too, so it does not fail with this part.
    if (refusalOf(thrown) === undefined) throw thrown;
    return {};
  }
  const { person, acting } = session;
  if (person === undefined) return {};
  return {
    session,
    signedIn: { name: person.name, ...(acting === undefined ? {} : { organization: { name: acting.name } }) },
  };
};
