import type { engagementsContract } from '#shared/engagements/contract.ts';
import { emptyDraft } from '#shared/engagements/empty-draft.ts';
import type { Request } from '#shared/engagements/model.ts';
import { amend, draftRequest, editDraft, send, withdraw } from '#shared/engagements/rules.ts';
import type { Decision } from '#shared/kernel/events.ts';
import type { ProgramId, RequestId } from '#shared/kernel/ids.ts';
import type { RefusalCode } from '#shared/kernel/refusals.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Loaded } from '#platform/aggregates.ts';
import { hashOf } from '#platform/hash.ts';
import { repeated, write } from '#platform/rounds.ts';
import type { Call, UseCases } from '#platform/router.ts';
import type { Change, Table } from '#platform/table.ts';
import { findOrganization } from '../accounts/index.ts';
import { actIn, type Acting } from './acting.ts';
import { ownRequest, refusedSchools, seenRequest, standings } from './district-gathering.ts';
import {
  districtActOnSummaries,
  invitationKey,
  invitationSummaryItem,
  loadInvitations,
  loadRequest,
  requestKey,
  requestSummaryItem,
} from './store.ts';

type Requests = UseCases<(typeof engagementsContract)['requests']>;

function changed(before: Loaded<Request>) {
  return { request: before.state.id, version: before.version + 1 };
}

/** The lines of a draft change with its one item; those of a sent request in the district's part only. */
function onSummaries(next: Request): readonly Change[] {
  return next.phase === 'draft' ? [{ kind: 'put', item: requestSummaryItem(next) }] : districtActOnSummaries(next);
}

/** What was decided of a request. */
interface Decided {
  /** Absent where nothing changes. */
  readonly decision: Decision<Request> | undefined;
  /** What else has to stand as it was read. */
  readonly guards?: readonly Change[];
}

/** What a district does with its request up to the outcome. */
export function requestActs(
  table: Table,
  programs: ReadonlyMap<string, Program>,
): Pick<Requests, 'draft' | 'edit' | 'send' | 'amend' | 'withdraw'> {
  /** An act on the district's own request alone, in the version that the person saw. */
  const onSeenRequest = <C extends RefusalCode>(
    call: Call,
    params: { readonly program: ProgramId; readonly request: RequestId },
    version: number,
    decide: (acting: Acting, before: Loaded<Request>) => Promise<Result<Decided, C>>,
  ) =>
    actIn(programs, params.program, call, async (acting) => {
      const seen = await seenRequest(table, acting, params.request, version, call);
      if (seen.before === undefined) return seen.answer;
      const { before } = seen;
      const decided = await decide(acting, before);
      if (!decided.ok) return decided;
      const { decision, guards = [] } = decided.value;
      if (decision === undefined) return ok({ request: params.request, version });
      const step = { key: requestKey(acting.program.id, params.request), before, decision };
      const also = [...onSummaries(decision.next), ...guards];
      return write(table, { steps: [step], also, actor: acting.actor, call }, changed(before));
    });

  return {
    draft: async ({ params, body }, call) =>
      actIn(programs, params.program, call, async (acting) => {
        const { at } = call;
        const { program, actor: person, organization } = acting;
        const found = await loadRequest(table, body.id);
        if (found !== undefined) {
          const { state, version } = found;
          const own = state.program === program.id && state.district === organization;
          const same = body.content === undefined || hashOf(body.content) === hashOf(state.content);
          return repeated(own && same && state.draftedBy === person.person, { request: state.id, version });
        }
        const foreign = await refusedSchools(table, acting, body.content?.schools);
        if (foreign !== undefined) return foreign;
        const decided = draftRequest(person, at, body.id, body.content ?? emptyDraft(at, program.zone), program);
        if (!decided.ok) return decided;
        const step = { key: requestKey(program.id, body.id), before: undefined, decision: decided.value };
        const also = onSummaries(decided.value.next);
        return write(table, { steps: [step], also, actor: person, call }, { request: body.id, version: 1 });
      }),

    edit: async ({ params, body }, call) =>
      onSeenRequest(call, params, body.version, async (acting, { state }) => {
        const foreign = await refusedSchools(table, acting, body.content.schools);
        if (foreign !== undefined) return foreign;
        const decided = editDraft(state, acting.actor, call.at, body.content, acting.program);
        return decided.ok ? ok({ decision: decided.value }) : decided;
      }),

    send: async ({ params, body }, call) =>
      actIn(programs, params.program, call, async (acting) => {
        const { at } = call;
        const { program, actor: person, organization } = acting;
        const own = await ownRequest(table, acting, params.request);
        if (!own.ok) return own;
        const before = own.value;
        // The same click twice: what it would have done is done.
        const sent = before.state.phase === 'sent' && before.version === body.version + 1;
        if (sent) return ok({ request: params.request, version: before.version });
        if (before.version !== body.version) return refuse('changed-meanwhile');
        const { area, asked } = before.state.content;
        const [partners, district] = await Promise.all([
          area === undefined ? [] : standings(table, program.id, asked, area, at),
          findOrganization(table, organization),
        ]);
        if (district === undefined) throw new Error(`The district ${organization} is not in the table.`);
        const decided = send(before.state, person, at, partners, program);
        if (!decided.ok) return decided;
        const { request, invitations } = decided.value;
        const steps = [
          { key: requestKey(program.id, params.request), before, decision: request },
          ...invitations.map((decision) => ({
            key: invitationKey(program.id, params.request, decision.next.partner),
            before: undefined,
            decision,
          })),
        ];
        const lines = invitations.map(({ next }) => {
          const name = partners.find((one) => one.partner === next.partner)?.name ?? next.partner;
          return invitationSummaryItem(request.next, next, { district: district.name, partner: name });
        });
        const also: Change[] = [
          ...[requestSummaryItem(request.next), ...lines].map((item) => ({ kind: 'put' as const, item })),
          ...partners.flatMap((one) => one.guards),
        ];
        return write(table, { steps, also, actor: person, call }, changed(before));
      }),

    amend: async ({ params, body }, call) =>
      onSeenRequest(call, params, body.version, async (acting, { state }) => {
        const { area, wantedStart } = state.content;
        const start = body.amendment.wantedStart;
        const moved = start !== undefined && start !== wantedStart;
        const invitations = moved ? await loadInvitations(table, params.request) : [];
        const open = invitations.filter((one) => one.state.answer?.kind !== 'declined').map((one) => one.state.partner);
        const partners = area === undefined ? [] : await standings(table, acting.program.id, open, area, call.at);
        const foreign = await refusedSchools(table, acting, body.amendment.schools);
        if (foreign !== undefined) return foreign;
        const decided = amend(state, acting.actor, call.at, body.amendment, partners, acting.program);
        return decided.ok ? ok({ decision: decided.value, guards: partners.flatMap((one) => one.guards) }) : decided;
      }),

    withdraw: async ({ params, body }, call) =>
      onSeenRequest(call, params, body.version, async ({ actor, program }, { state }) => {
        const decided = withdraw(state, actor, call.at, body, program);
        return decided.ok ? ok({ decision: decided.value }) : decided;
      }),
  };
}
