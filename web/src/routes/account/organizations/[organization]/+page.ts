import { apiFor } from '#lib/api.ts';
import { signedInPerson } from '#lib/accounts/session.ts';
import { headRoles } from '#shared/accounts/roles.ts';
import type { Zone } from '#shared/kernel/instants.ts';
import { forPage } from '#lib/failure.ts';
import type { PageLoad } from './$types';

/** The query words that say where each of the page's three lists goes on. */
const lists = ['after', 'invitations', 'joining'] as const;

function placeIn(url: URL, list: (typeof lists)[number]): { after?: string } {
  const after = url.searchParams.get(list) ?? '';
  return after === '' ? {} : { after };
}

/** Where the organization is, if it belongs to a program. */
async function zoneOf(fetch: typeof globalThis.fetch, program: string): Promise<Zone> {
  return (await forPage(apiFor(fetch).catalogue.programs.get({ params: { program } }))).zone;
}

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
  const program = acting?.program;
  const [organization, members, invitations, joinRequests, zone] = await Promise.all([
    forPage(api.organizations.get(of)),
    forPage(api.members.list({ ...of, query: placeIn(url, 'after') })),
    inCharge ? forPage(api.invitations.list({ ...of, query: placeIn(url, 'invitations') })) : undefined,
    inCharge ? forPage(api.joinRequests.list({ ...of, query: placeIn(url, 'joining') })) : undefined,
    program === undefined ? data.zone : zoneOf(fetch, program),
  ]);
  const isFirst = (list: (typeof lists)[number]) => placeIn(url, list).after === undefined;
  return {
    ...data,
    zone,
    person,
    other: '',
    people: {
      organization,
      members,
      invitations,
      joinRequests,
      isFirst: { members: isFirst('after'), invitations: isFirst('invitations'), joining: isFirst('joining') },
    },
  };
};
