import { apiFor } from '#lib/api.ts';
import { signedInPerson } from '#lib/accounts/session.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
  const { session } = await parent();
  const person = signedInPerson(session);
  const { programs } = await forPage(apiFor(fetch).catalogue.programs.list());
  return {
    person,
    programs,
    acting: session?.acting,
    memberships: session?.memberships ?? [],
    joinRequests: session?.joinRequests ?? [],
  };
};
