import { apiFor } from '#lib/api.ts';
import { signedInPerson } from '#lib/accounts/session.ts';
import { headRoles } from '#shared/accounts/roles.ts';
import { cursorIn } from '#lib/catalogue/cursor-in.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent, url, data }) => {
  const { session } = await parent();
  const person = signedInPerson(session);
  const acting = session?.acting;
  if (acting?.organization !== params.organization) {
    // Somebody who has several organizations and acts for another one now: no reason to be lost.
    const other = session?.memberships.find((one) => one.organization === params.organization);
    if (other !== undefined) return { ...data, person, other: other.name, people: undefined };
  }
  const api = apiFor(fetch).accounts;
  const of = { params: { organization: params.organization } };
  const inCharge = acting?.roles.some((role) => headRoles.includes(role)) ?? false;
  const [organization, members, invitations, joinRequests] = await Promise.all([
    forPage(api.organizations.get(of)),
    forPage(api.members.list({ ...of, query: cursorIn(url) })),
    inCharge ? forPage(api.invitations.list({ ...of, query: {} })) : undefined,
    inCharge ? forPage(api.joinRequests.list({ ...of, query: {} })) : undefined,
  ]);
  return { ...data, person, other: '', people: { organization, members, invitations, joinRequests } };
};
