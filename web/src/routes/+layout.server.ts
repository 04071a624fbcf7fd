import { sessionCookie } from '#shared/kernel/session-cookie.ts';
import { readSession } from '#lib/accounts/read-session.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ cookies, fetch }) => {
  // Visitors without it are nobody to the API either: no call is spent on them.
  if (!cookies.get(sessionCookie)) return {};
  const session = await readSession(fetch);
  if (session?.person === undefined) return {};
  const { person, acting } = session;
  return {
    session,
    signedIn: { name: person.name, ...(acting === undefined ? {} : { organization: { name: acting.name } }) },
  };
};
