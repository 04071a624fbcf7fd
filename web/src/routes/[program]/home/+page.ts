import type { Belonging } from '#lib/accounts/session.ts';
import { actingAs } from '#lib/accounts/session.ts';
import { apiFor } from '#lib/api.ts';
import { forPage } from '#lib/failure.ts';
import { refusalOf } from '#lib/refusal.ts';
import type { PageLoad } from './$types';

type Fetch = typeof globalThis.fetch;

/** How many lines of a list stand on a home page; of invitations more, since only the open ones show. */
const linesShown = 5;
const invitationsLooked = 10;

/** The partner's own listing here; undefined where this program does not list it. */
async function listingOf(fetch: Fetch, program: string, partner: string) {
  try {
    return await apiFor(fetch).catalogue.partners.get({ params: { program, partner }, query: {} });
  } catch (thrown) {
    if (refusalOf(thrown)?.code !== 'not-found') throw thrown;
    return undefined;
  }
}

/** What stands on a home page beside tasks and engagements, by whose home it is. */
async function ownPart(fetch: Fetch, program: string, { kind, organization }: Belonging) {
  const api = apiFor(fetch).engagements;
  const of = { params: { program }, query: { limit: String(linesShown) } };
  switch (kind) {
    case 'district':
      return { kind, requests: await forPage(api.requests.list(of)) } as const;
    case 'partner': {
      const [invitations, own] = await Promise.all([
        forPage(api.invitations.list({ ...of, query: { limit: String(invitationsLooked) } })),
        listingOf(fetch, program, organization),
      ]);
      return { kind, invitations, own } as const;
    }
    case 'agency': {
      const [demand, unmet] = await Promise.all([
        forPage(api.demand.get({ params: { program } })),
        forPage(api.demand.unmet(of)),
      ]);
      return { kind, months: demand.months, unmet } as const;
    }
  }
}

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const { session } = await parent();
  const { program } = params;
  const acting = actingAs(session, program, 'district', 'partner', 'agency');
  const api = apiFor(fetch);
  const [{ tasks, more }, engagements, part] = await Promise.all([
    forPage(api.notifications.tasks()),
    forPage(api.engagements.engagements.list({ params: { program }, query: { limit: String(linesShown) } })),
    ownPart(fetch, program, acting),
  ]);
  return { acting, tasks, more, engagements, part };
};
