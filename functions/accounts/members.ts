import type { accountsContract } from '#shared/accounts/contract.ts';
import type { Membership } from '#shared/accounts/model.ts';
import { changeRoles, removeMember } from '#shared/accounts/rules.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import { isDone } from '#platform/aggregates.ts';
import { selectPage } from '#platform/cursor.ts';
import { inRounds, write } from '#platform/rounds.ts';
import type { UseCases } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import { summaryOf } from './acting.ts';
import { asking } from './asking.ts';
import { loadAllPersonal, namelessPerson } from './person-store.ts';
import {
  loadHeads,
  loadMembership,
  loadOrganization,
  memberChange,
  memberKey,
  memberMarker,
  memberPrefix,
  organizationPartition,
} from './store.ts';

/** A page of people: their names are read with one batch, which takes up to 100 keys. */
export const peopleOnPage = 50;

export function organizationCases(table: Table): UseCases<(typeof accountsContract)['organizations']> {
  return {
    async get({ params }, call) {
      const actor = asking(call);
      if (!actor.ok) return actor;
      if (actor.value.acting?.organization !== params.organization) return refuse('not-found');
      const [organization, heads] = await Promise.all([
        loadOrganization(table, params.organization),
        loadHeads(table, params.organization),
      ]);
      if (organization === undefined) return refuse('not-found');
      return ok({
        ...summaryOf(organization),
        claimed: heads.people.length > 0,
        ...(organization.kind === 'district' ? { facts: organization.facts } : {}),
      });
    },
  };
}

/** A membership, its organization and who is in charge of it, as they stand now. */
async function gatherMember(table: Table, of: Pick<Membership, 'organization' | 'person'>) {
  const [organization, before, heads] = await Promise.all([
    loadOrganization(table, of.organization),
    loadMembership(table, of),
    loadHeads(table, of.organization),
  ]);
  return organization === undefined || before === undefined ? refuse('not-found') : ok({ organization, before, heads });
}

export function memberCases(table: Table): UseCases<(typeof accountsContract)['members']> {
  return {
    async list({ params, query }, call) {
      const actor = asking(call);
      if (!actor.ok) return actor;
      if (actor.value.acting?.organization !== params.organization) return refuse('not-found');
      const selection = {
        partition: organizationPartition(params.organization),
        range: { prefix: memberPrefix },
        limit: peopleOnPage,
        consistent: true,
      };
      const page = await selectPage(table, selection, query.after);
      if (!page.ok) return page;
      const markers = page.value.items.map((item) => memberMarker.parse(item));
      const names = await loadAllPersonal(
        table,
        markers.map((one) => one.person),
      );
      return ok({
        ...page.value,
        items: markers.map((one, index) => ({ ...one, name: names[index]?.name ?? namelessPerson })),
      });
    },

    async change({ params, body }, call) {
      const actor = asking(call);
      if (!actor.ok) return actor;
      return inRounds(async () => {
        const member = await gatherMember(table, params);
        if (!member.ok) return member;
        const { organization, before, heads } = member.value;
        const decided = changeRoles(before.state, organization, body.roles, heads.people, actor.value);
        if (!decided.ok) return decided;
        const { next } = decided.value.membership;
        const answer = { person: next.person, roles: next.roles, since: next.since };
        // The same request again finds its own work done.
        const same = before.state.roles.join() === next.roles.join();
        if (same) return ok({ ...answer, version: before.version });
        if (before.version !== body.version) return refuse('changed-meanwhile');
        const { step, also } = memberChange(before, heads, decided.value);
        return write(
          table,
          { steps: [step], also, actor: actor.value, call },
          { ...answer, version: before.version + 1 },
        );
      });
    },

    async remove({ params }, call) {
      const actor = asking(call);
      if (!actor.ok) return actor;
      return inRounds(async () => {
        const member = await gatherMember(table, params);
        if (!member.ok) return member;
        const { organization, before, heads } = member.value;
        const decided = removeMember(before.state, organization, heads.people, actor.value, call.at);
        if (!decided.ok) {
          const { ended } = before.state;
          const done = await isDone(table, memberKey(before.state), before.version - 1, call.fingerprint);
          return done && ended !== undefined ? ok({ person: params.person, ended }) : decided;
        }
        const { step, also } = memberChange(before, heads, decided.value);
        return write(
          table,
          { steps: [step], also, actor: actor.value, call },
          { person: params.person, ended: call.at },
        );
      });
    },
  };
}
