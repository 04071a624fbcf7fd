import type { accountsContract } from '#shared/accounts/contract.ts';
import { askToJoin, decideJoin } from '#shared/accounts/join-rules.ts';
import { mayManage } from '#shared/accounts/rules.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import { isDone } from '#platform/aggregates.ts';
import { selectPage } from '#platform/cursor.ts';
import { inRounds, write } from '#platform/rounds.ts';
import type { UseCases } from '#platform/router.ts';
import type { Change, Table } from '#platform/table.ts';
import { asking } from './asking.ts';
import { askedKey, askedMarker, askedPrefix, joinKey, joinOpened, joinStep, loadJoinRequest } from './join-store.ts';
import { peopleOnPage } from './members.ts';
import { loadAllPersonal, namelessPerson } from './person-store.ts';
import { loadHeads, loadMembership, loadOrganization, memberChange, organizationPartition } from './store.ts';

export function joinCases(table: Table): UseCases<(typeof accountsContract)['joinRequests']> {
  return {
    async list({ params, query }, call) {
      const actor = asking(call);
      if (!actor.ok) return actor;
      const organization = await loadOrganization(table, params.organization);
      if (organization === undefined) return refuse('not-found');
      const may = mayManage(organization, actor.value);
      if (!may.ok) return may;
      const selection = {
        partition: organizationPartition(organization.id),
        range: { prefix: askedPrefix },
        limit: peopleOnPage,
        consistent: true,
      };
      const page = await selectPage(table, selection, query.after);
      if (!page.ok) return page;
      const asked = page.value.items.map((item) => askedMarker.parse(item));
      const people = await loadAllPersonal(
        table,
        asked.map((one) => one.person),
      );
      return ok({
        ...page.value,
        items: asked.map((one, index) => {
          const email = people[index]?.email;
          return { ...one, name: people[index]?.name ?? namelessPerson, ...(email === undefined ? {} : { email }) };
        }),
      });
    },

    async ask({ params, body }, call) {
      const actor = asking(call);
      if (!actor.ok) return actor;
      const { person } = actor.value;
      return inRounds(async () => {
        const [organization, before, membership, heads] = await Promise.all([
          loadOrganization(table, params.organization),
          loadJoinRequest(table, { id: params.organization }, person),
          loadMembership(table, { organization: params.organization, person }),
          loadHeads(table, params.organization),
        ]);
        if (organization === undefined) return refuse('not-found');
        const decided = askToJoin(before?.state, organization, membership?.state, heads.people, actor.value, call.at);
        if (!decided.ok) return decided;
        const decision = decided.value;
        if (decision === undefined) {
          return ok({ organization: organization.id, askedAt: before?.state.askedAt ?? call.at });
        }
        const step = joinStep(organization, before, decision);
        const also = [joinOpened(decision.next, body.note)];
        return write(
          table,
          { steps: [step], also, actor: actor.value, call },
          { organization: organization.id, askedAt: call.at },
        );
      });
    },

    async decide({ params, body }, call) {
      const actor = asking(call);
      if (!actor.ok) return actor;
      return inRounds(async () => {
        const [organization, before, membership, heads] = await Promise.all([
          loadOrganization(table, params.organization),
          loadJoinRequest(table, { id: params.organization }, params.person),
          loadMembership(table, params),
          loadHeads(table, params.organization),
        ]);
        if (organization === undefined || before === undefined) return refuse('not-found');
        const decided = decideJoin(
          before.state,
          organization,
          membership?.state,
          heads.people,
          body,
          actor.value,
          call.at,
        );
        if (!decided.ok) {
          const key = joinKey(organization, params.person);
          const done = await isDone(table, key, before.version - 1, call.fingerprint);
          return done ? ok({ person: params.person, decision: body.decision }) : decided;
        }
        const { request, member } = decided.value;
        const added = member === undefined ? undefined : memberChange(membership, heads, member);
        const steps = [joinStep(organization, before, request), ...(added === undefined ? [] : [added.step])];
        const also: Change[] = [{ kind: 'remove', key: askedKey(request.next) }, ...(added?.also ?? [])];
        return write(
          table,
          { steps, also, actor: actor.value, call },
          { person: params.person, decision: body.decision },
        );
      });
    },
  };
}
