import type { engagementsContract } from '#shared/engagements/contract.ts';
import type { OutcomeInput } from '#shared/engagements/inputs.ts';
import type { Invitation } from '#shared/engagements/model.ts';
import { recordOutcome } from '#shared/engagements/outcome-rules.ts';
import type { OrganizationId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import { refuse } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Loaded } from '#platform/aggregates.ts';
import { newId } from '#platform/ids.ts';
import { write } from '#platform/rounds.ts';
import type { UseCases } from '#platform/router.ts';
import type { Change, Table } from '#platform/table.ts';
import { actIn } from './acting.ts';
import { seenRequest, standings } from './district-gathering.ts';
import {
  districtActOnSummaries,
  engagementKey,
  engagementSummaryItems,
  invitationUnchanged,
  loadInvitations,
  loadInvitationSummaries,
  requestKey,
} from './store.ts';

type Requests = UseCases<(typeof engagementsContract)['requests']>;

/** The awarded partners that gave an answer other than the one that the person read. */
function changedAnswers(
  awarded: readonly OrganizationId[],
  invitations: readonly Loaded<Invitation>[],
  read: readonly { readonly partner: OrganizationId; readonly at: Instant }[],
): readonly OrganizationId[] {
  return awarded.filter((partner) => {
    const stands = invitations.find((one) => one.state.partner === partner)?.state.answer?.at;
    return stands !== undefined && stands !== read.find((one) => one.partner === partner)?.at;
  });
}

function awardedIn(outcome: OutcomeInput): readonly OrganizationId[] {
  return outcome.kind === 'awarded' ? outcome.awards.map((one) => one.partner) : [];
}

/** The end of a request, and the engagements that an award creates: one transaction. */
export function outcomeActs(table: Table, programs: ReadonlyMap<string, Program>): Pick<Requests, 'recordOutcome'> {
  return {
    recordOutcome: async ({ params, body }, call) =>
      actIn(programs, params.program, call, async (acting) => {
        const { at } = call;
        const { program, actor: person } = acting;
        const awarded = awardedIn(body.outcome);
        const [seen, invitations, summaries] = await Promise.all([
          seenRequest(table, acting, params.request, body.version, call),
          loadInvitations(table, params.request),
          awarded.length === 0 ? [] : loadInvitationSummaries(table, params.request),
        ]);
        if (seen.before === undefined) return seen.answer;
        const { before } = seen;
        const changed = changedAnswers(awarded, invitations, body.answers);
        if (changed.length > 0) {
          const names = changed.map((id) => summaries.find((one) => one.partner === id)?.names.partner ?? id);
          const sentence = `${new Intl.ListFormat('en-US').format(names)} answered anew after you opened this page. Nothing was saved; read the answer, then decide.`;
          return refuse('changed-meanwhile', sentence);
        }
        const { area } = before.state.content;
        const partners = area === undefined ? [] : await standings(table, program.id, awarded, area, at);
        const facts = {
          invitations: invitations.map((one) => one.state),
          partners,
          engagements: awarded.map(() => newId('eng')),
        };
        const decided = recordOutcome(before.state, person, at, body.outcome, facts, program);
        if (!decided.ok) return decided;
        const { request, engagements } = decided.value;
        const steps = [
          { key: requestKey(program.id, params.request), before, decision: request },
          ...engagements.map((decision) => ({
            key: engagementKey(program.id, decision.next.id),
            before: undefined,
            decision,
          })),
        ];
        const lines = engagements.flatMap(({ next }) => {
          const summary = summaries.find((one) => one.partner === next.partner);
          if (summary === undefined) throw new Error(`${next.partner} was awarded without an invitation's summary.`);
          return engagementSummaryItems(next, summary);
        });
        const also: Change[] = [
          ...districtActOnSummaries(request.next),
          ...lines.map((item) => ({ kind: 'put' as const, item })),
          ...invitations.map(invitationUnchanged),
          ...partners.flatMap((one) => one.guards),
        ];
        const answer = { request: params.request, version: before.version + 1 };
        return write(table, { steps, also, actor: person, call }, answer);
      }),
  };
}
