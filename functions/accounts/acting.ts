import type { accountsContract } from '#shared/accounts/contract.ts';
import type { Membership, Organization } from '#shared/accounts/model.ts';
import { programOf } from '#shared/accounts/roles.ts';
import type { OrganizationSummary, SessionView } from '#shared/accounts/views.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import type { OrganizationId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import { again, inRounds } from '#platform/rounds.ts';
import type { UseCases } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import { joinRequestsOf } from './join-store.ts';
import { lastActed, loadPersonal, namelessPerson } from './person-store.ts';
import { findSession, readSignedIn, sessionChanged } from './session-store.ts';
import { loadMembership, loadOrganization, loadOrganizations, membershipsOf } from './store.ts';

export function summaryOf(of: Organization): OrganizationSummary {
  const program = programOf(of);
  return { organization: of.id, name: of.name, kind: of.kind, ...(program === undefined ? {} : { program }) };
}

/** Whom somebody acts for, as the session tells it. */
function actingView(of: Organization, { roles }: Membership): NonNullable<SessionView['acting']> {
  const summary = { ...summaryOf(of), roles };
  if (of.kind !== 'district') return summary;
  const { schools, enrollment } = of.facts;
  return {
    ...summary,
    size: { ...(schools === undefined ? {} : { schools }), ...(enrollment === undefined ? {} : { enrollment }) },
  };
}

const nobody: SessionView = { memberships: [], joinRequests: [] };

/** Writes for whom a session acts from now on, if the session still runs and the membership holds. */
export async function actFor(table: Table, token: string | undefined, organization: OrganizationId, at: Instant) {
  return inRounds(async () => {
    const found = token === undefined ? undefined : await findSession(table, token, at);
    if (token === undefined || found === undefined) return refuse('not-signed-in');
    const held = await loadMembership(table, { organization, person: found.person });
    if (held === undefined || held.state.ended !== undefined) return refuse('not-found');
    const { version, ...plain } = found;
    const written = await table.write([
      sessionChanged(token, { ...plain, version }, { ...plain, organization }),
      lastActed(found.person, organization),
    ]);
    return written.ok ? ok(held.state) : again;
  });
}

export function actingCases(table: Table): UseCases<(typeof accountsContract)['session']> {
  return {
    async get(_, { at, visitor }) {
      const signedIn = visitor.session === undefined ? undefined : await readSignedIn(table, visitor.session, at);
      if (signedIn === undefined) return ok(nobody);
      const { person } = signedIn.session;
      const [personal, held, asked] = await Promise.all([
        loadPersonal(table, person),
        membershipsOf(table, person),
        joinRequestsOf(table, person),
      ]);
      const acting = signedIn.membership;
      // The index may lag behind a membership that has just begun.
      const memberships =
        acting === undefined || held.some((one) => one.organization === acting.organization) ? held : [...held, acting];
      const ids = [...new Set([...memberships, ...asked].map((one) => one.organization))].slice(0, 100);
      const found = new Map((await loadOrganizations(table, ids)).map((one) => [one.id, one]));
      const present = acting && found.get(acting.organization);
      return ok({
        person: {
          id: person,
          name: personal?.name ?? namelessPerson,
          ...(personal?.email === undefined ? {} : { email: personal.email }),
        },
        ...(present === undefined || acting === undefined ? {} : { acting: actingView(present, acting) }),
        memberships: memberships.flatMap((one) => {
          const organization = found.get(one.organization);
          return organization === undefined ? [] : [{ ...summaryOf(organization), roles: one.roles }];
        }),
        joinRequests: asked.flatMap((one) => {
          const organization = found.get(one.organization);
          if (organization === undefined) return [];
          const declined = one.decided === undefined ? {} : { decision: 'declined' as const };
          return [{ ...summaryOf(organization), askedAt: one.askedAt, ...declined }];
        }),
      });
    },

    async act({ body }, { at, visitor }) {
      const acting = await actFor(table, visitor.session, body.organization, at);
      if (!acting.ok) return acting;
      const organization = await loadOrganization(table, body.organization);
      if (organization === undefined) throw new Error(`${body.organization} has members but is not in the table.`);
      return ok(actingView(organization, acting.value));
    },
  };
}
