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
      const named = new Map((await loadOrganizations(table, ids)).map((one) => [one.id, summaryOf(one)]));
      const belonging = (one: Membership) => {
        const summary = named.get(one.organization);
        return summary === undefined ? [] : [{ ...summary, roles: one.roles }];
      };
      const [present] = acting === undefined ? [] : belonging(acting);
      return ok({
        person: {
          id: person,
          name: personal?.name ?? namelessPerson,
          ...(personal?.email === undefined ? {} : { email: personal.email }),
        },
        ...(present === undefined ? {} : { acting: present }),
        memberships: memberships.flatMap(belonging),
        joinRequests: asked.flatMap((one) => {
          const summary = named.get(one.organization);
          if (summary === undefined) return [];
          const declined = one.decided === undefined ? {} : { decision: 'declined' as const };
          return [{ ...summary, askedAt: one.askedAt, ...declined }];
        }),
      });
    },

    async act({ body }, { at, visitor }) {
      const acting = await actFor(table, visitor.session, body.organization, at);
      if (!acting.ok) return acting;
      const organization = await loadOrganization(table, body.organization);
      if (organization === undefined) throw new Error(`${body.organization} has members but is not in the table.`);
      return ok({ ...summaryOf(organization), roles: acting.value.roles });
    },
  };
}
