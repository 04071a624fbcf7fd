import type { accountsContract } from '#shared/accounts/contract.ts';
import {
  invitationStatus,
  isSteward,
  makeInvitation,
  mayInvite,
  useInvitation,
  withdrawInvitation,
} from '#shared/accounts/invitation-rules.ts';
import { mayManage } from '#shared/accounts/rules.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import { isDone } from '#platform/aggregates.ts';
import { selectPage } from '#platform/cursor.ts';
import { sha256 } from '#platform/hash.ts';
import { randomWord } from '#platform/ids.ts';
import { inRounds, write } from '#platform/rounds.ts';
import type { UseCases } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import { actFor, summaryOf } from './acting.ts';
import { asking } from './asking.ts';
import {
  findLink,
  invitationClosed,
  invitationKey,
  invitationOpened,
  invitationStep,
  invitationTaken,
  invitedMarker,
  invitedPrefix,
  loadInvitation,
} from './invitation-store.ts';
import { loadHeads, loadMembership, loadOrganization, memberChange, organizationPartition } from './store.ts';

/** Characters of five random bits each: 160 bits. */
export const tokenLength = 32;

/** The invitation and its organization behind a link; undefined when the link was taken back, ran out long ago or was never ours. */
async function behind(table: Table, token: string) {
  const link = await findLink(table, token);
  if (link === undefined) return undefined;
  const [organization, invitation] = await Promise.all([
    loadOrganization(table, link.organization),
    loadInvitation(table, { id: link.organization }, link.invitation),
  ]);
  return organization === undefined || invitation === undefined ? undefined : { organization, invitation };
}

export function invitationCases(table: Table): UseCases<(typeof accountsContract)['invitations']> {
  return {
    async list({ params, query }, call) {
      const actor = asking(call);
      if (!actor.ok) return actor;
      const organization = await loadOrganization(table, params.organization);
      if (organization === undefined) return refuse('not-found');
      const steward = isSteward(organization, actor.value);
      const may = steward ? ok(organization) : mayManage(organization, actor.value);
      if (!may.ok) return may;
      const selection = {
        partition: organizationPartition(organization.id),
        range: { prefix: invitedPrefix },
        limit: 50,
        consistent: true,
      };
      const page = await selectPage(table, selection, query.after);
      if (!page.ok) return page;
      const open = page.value.items.map((item) => invitedMarker.parse(item));
      return ok({
        ...page.value,
        // To the program's lead, the invitations of the organization's own people are not there.
        items: open
          .filter((one) => one.first || !steward)
          .map(({ id, ...one }) => ({
            ...one,
            invitation: id,
            status: invitationStatus(one, call.at) === 'open' ? ('open' as const) : ('expired' as const),
          })),
      });
    },

    async make({ params, body }, call) {
      const actor = asking(call);
      if (!actor.ok) return actor;
      return inRounds(async () => {
        const [organization, heads, before] = await Promise.all([
          loadOrganization(table, params.organization),
          loadHeads(table, params.organization),
          loadInvitation(table, { id: params.organization }, body.id),
        ]);
        if (organization === undefined) return refuse('not-found');
        const may = mayInvite(organization, heads.people, actor.value);
        if (!may.ok) return may;
        if (before !== undefined) {
          const { id, until } = before.state;
          const same = await isDone(table, invitationKey(organization, id), 0, call.fingerprint);
          return same ? ok({ invitation: id, until }) : refuse('already-exists');
        }
        const token = randomWord(tokenLength);
        const terms = { id: body.id, tokenHash: sha256(token), roles: body.roles };
        const decided = makeInvitation(terms, organization, heads.people, actor.value, call.at);
        if (!decided.ok) return decided;
        const step = invitationStep(organization, undefined, decided.value);
        const also = invitationOpened(decided.value.next, body.email);
        return write(
          table,
          { steps: [step], also, actor: actor.value, call },
          { invitation: body.id, until: decided.value.next.until, token },
        );
      });
    },

    async withdraw({ params }, call) {
      const actor = asking(call);
      if (!actor.ok) return actor;
      return inRounds(async () => {
        const [organization, before] = await Promise.all([
          loadOrganization(table, params.organization),
          loadInvitation(table, { id: params.organization }, params.invitation),
        ]);
        if (organization === undefined || before === undefined) return refuse('not-found');
        const decided = withdrawInvitation(before.state, organization, actor.value, call.at);
        if (!decided.ok) {
          const { id, withdrawnAt } = before.state;
          const done = await isDone(table, invitationKey(organization, id), before.version - 1, call.fingerprint);
          return done && withdrawnAt !== undefined ? ok({ invitation: id, withdrawnAt }) : decided;
        }
        const step = invitationStep(organization, before, decided.value);
        const also = invitationClosed(before.state);
        return write(
          table,
          { steps: [step], also, actor: actor.value, call },
          { invitation: params.invitation, withdrawnAt: call.at },
        );
      });
    },

    async look({ body }, { at }) {
      const found = await behind(table, body.token);
      if (found === undefined || invitationStatus(found.invitation.state, at) !== 'open') return refuse('link-used');
      const { roles, until } = found.invitation.state;
      return ok({ ...summaryOf(found.organization), roles, until });
    },

    async use({ body }, call) {
      const actor = asking(call);
      if (!actor.ok) return actor;
      const used = await inRounds(async () => {
        const found = await behind(table, body.token);
        if (found === undefined) return refuse('link-used');
        const { organization, invitation } = found;
        const [before, heads] = await Promise.all([
          loadMembership(table, { organization: organization.id, person: actor.value.person }),
          loadHeads(table, organization.id),
        ]);
        const answer = { ...summaryOf(organization), roles: invitation.state.roles };
        const joined = before !== undefined && before.state.ended === undefined;
        // Again by the same person, who did not hear that it worked.
        if (joined && invitation.state.used?.by === actor.value.person) return ok(answer);
        const decided = useInvitation(
          invitation.state,
          organization,
          before?.state,
          heads.people,
          actor.value,
          call.at,
        );
        if (!decided.ok) return decided;
        const member = memberChange(before, heads, decided.value.member);
        const steps = [invitationStep(organization, invitation, decided.value.invitation), member.step];
        const also = [...member.also, invitationTaken(invitation.state)];
        return write(table, { steps, also, actor: actor.value, call }, answer);
      });
      // Who joins wants to act there next; if the session ended meanwhile, they choose after signing in.
      if (used.ok) await actFor(table, call.visitor.session, used.value.organization, call.at);
      return used;
    },
  };
}
