import type { engagementsContract } from '#shared/engagements/contract.ts';
import { answerQuestion, comment } from '#shared/engagements/discussion-rules.ts';
import { emptyDraft } from '#shared/engagements/empty-draft.ts';
import { commentsAtMost } from '#shared/engagements/limits.ts';
import type { Request } from '#shared/engagements/model.ts';
import { amend, draftRequest, editDraft, send, withdraw } from '#shared/engagements/rules.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Loaded } from '#platform/aggregates.ts';
import { hashOf } from '#platform/hash.ts';
import { inRounds, write } from '#platform/rounds.ts';
import type { UseCases } from '#platform/router.ts';
import type { Change, Table } from '#platform/table.ts';
import { findOrganization } from '../accounts/index.ts';
import { actingIn, ownRequest, refusedSchools, seenRequest, standings, unlessDone } from './district-gathering.ts';
import {
  commentInList,
  commentKey,
  districtActOnSummaries,
  invitationKey,
  invitationSummaryItem,
  loadComment,
  loadInvitations,
  loadQuestion,
  loadRequest,
  oneMore,
  questionInList,
  questionKey,
  requestKey,
  requestSummaryItem,
  requestUnchanged,
  wordsCount,
  wordsCountKey,
} from './store.ts';

type Requests = UseCases<(typeof engagementsContract)['requests']>;

function changed(before: Loaded<Request>) {
  return { request: before.state.id, version: before.version + 1 };
}

/** The lines of a draft change with its one item; those of a sent request in the district's part only. */
function onSummaries(next: Request): readonly Change[] {
  return next.phase === 'draft' ? [{ kind: 'put', item: requestSummaryItem(next) }] : districtActOnSummaries(next);
}

/** A creation that was sent twice answers the same; another one under the same id is refused. */
function repeated<T>(same: boolean, value: T): Result<T, 'already-exists'> {
  return same ? ok(value) : refuse('already-exists');
}

/** What a district does with its request up to the outcome. */
export function requestActs(
  table: Table,
  programs: ReadonlyMap<string, Program>,
): Omit<Requests, 'list' | 'get' | 'questions' | 'comments' | 'recordOutcome'> {
  return {
    draft: async ({ params, body }, call) => {
      const { actor, at } = call;
      const acting = actingIn(programs, params.program, actor);
      if (!acting.ok) return acting;
      const { program, actor: person, organization } = acting.value;
      return inRounds(async () => {
        const found = await loadRequest(table, body.id);
        if (found !== undefined) {
          const { state, version } = found;
          const own = state.program === program.id && state.district === organization;
          const same = body.content === undefined || hashOf(body.content) === hashOf(state.content);
          return repeated(own && same && state.draftedBy === person.person, { request: state.id, version });
        }
        const foreign = await refusedSchools(table, acting.value, body.content?.schools);
        if (foreign !== undefined) return foreign;
        const decided = draftRequest(person, at, body.id, body.content ?? emptyDraft(at, program.zone), program);
        if (!decided.ok) return decided;
        const step = { key: requestKey(program.id, body.id), before: undefined, decision: decided.value };
        const also = onSummaries(decided.value.next);
        return write(table, { steps: [step], also, actor: person, call }, { request: body.id, version: 1 });
      });
    },

    edit: async ({ params, body }, call) => {
      const { actor, at } = call;
      const acting = actingIn(programs, params.program, actor);
      if (!acting.ok) return acting;
      const { program, actor: person } = acting.value;
      return inRounds(async () => {
        const seen = await seenRequest(table, acting.value, params.request, body.version);
        if (!seen.ok) {
          const said = { request: params.request, version: body.version };
          return unlessDone(table, acting.value, said, call, seen);
        }
        const before = seen.value;
        const foreign = await refusedSchools(table, acting.value, body.content.schools);
        if (foreign !== undefined) return foreign;
        const decided = editDraft(before.state, person, at, body.content, program);
        if (!decided.ok) return decided;
        if (decided.value === undefined) return ok({ request: params.request, version: before.version });
        const step = { key: requestKey(program.id, params.request), before, decision: decided.value };
        const also = onSummaries(decided.value.next);
        return write(table, { steps: [step], also, actor: person, call }, changed(before));
      });
    },

    send: async ({ params, body }, call) => {
      const { actor, at } = call;
      const acting = actingIn(programs, params.program, actor);
      if (!acting.ok) return acting;
      const { program, actor: person, organization } = acting.value;
      return inRounds(async () => {
        const own = await ownRequest(table, acting.value, params.request);
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
      });
    },

    amend: async ({ params, body }, call) => {
      const { actor, at } = call;
      const acting = actingIn(programs, params.program, actor);
      if (!acting.ok) return acting;
      const { program, actor: person } = acting.value;
      return inRounds(async () => {
        const seen = await seenRequest(table, acting.value, params.request, body.version);
        if (!seen.ok) {
          const said = { request: params.request, version: body.version };
          return unlessDone(table, acting.value, said, call, seen);
        }
        const before = seen.value;
        const { area, wantedStart } = before.state.content;
        const start = body.amendment.wantedStart;
        const moved = start !== undefined && start !== wantedStart;
        const invitations = moved ? await loadInvitations(table, params.request) : [];
        const open = invitations.filter((one) => one.state.answer?.kind !== 'declined').map((one) => one.state.partner);
        const partners = area === undefined ? [] : await standings(table, program.id, open, area, at);
        const foreign = await refusedSchools(table, acting.value, body.amendment.schools);
        if (foreign !== undefined) return foreign;
        const decided = amend(before.state, person, at, body.amendment, partners, program);
        if (!decided.ok) return decided;
        const step = { key: requestKey(program.id, params.request), before, decision: decided.value };
        const also = [...onSummaries(decided.value.next), ...partners.flatMap((one) => one.guards)];
        return write(table, { steps: [step], also, actor: person, call }, changed(before));
      });
    },

    withdraw: async ({ params, body }, call) => {
      const { actor, at } = call;
      const acting = actingIn(programs, params.program, actor);
      if (!acting.ok) return acting;
      const { program, actor: person } = acting.value;
      return inRounds(async () => {
        const seen = await seenRequest(table, acting.value, params.request, body.version);
        if (!seen.ok) {
          const said = { request: params.request, version: body.version };
          return unlessDone(table, acting.value, said, call, seen);
        }
        const before = seen.value;
        const decided = withdraw(before.state, person, at, body, program);
        if (!decided.ok) return decided;
        const step = { key: requestKey(program.id, params.request), before, decision: decided.value };
        const also = onSummaries(decided.value.next);
        return write(table, { steps: [step], also, actor: person, call }, changed(before));
      });
    },

    answerQuestion: async ({ params, body }, call) => {
      const { actor, at } = call;
      const acting = actingIn(programs, params.program, actor);
      if (!acting.ok) return acting;
      const { program, actor: person } = acting.value;
      return inRounds(async () => {
        const [own, before] = await Promise.all([
          ownRequest(table, acting.value, params.request),
          loadQuestion(table, params.request, params.question),
        ]);
        if (!own.ok) return own;
        if (before === undefined) return refuse('not-found');
        const answered = { question: params.question, version: body.version + 1 };
        const same = before.state.answer?.words === body.words && before.state.answer.by === person.person;
        if (same && before.version === answered.version) return ok(answered);
        if (before.version !== body.version) return refuse('changed-meanwhile');
        const decided = answerQuestion(own.value.state, before.state, person, at, { words: body.words });
        if (!decided.ok) return decided;
        const key = questionKey(program.id, params.request, params.question);
        const step = { key, before, decision: decided.value, list: questionInList(decided.value.next) };
        return write(table, { steps: [step], also: [requestUnchanged(own.value)], actor: person, call }, answered);
      });
    },

    comment: async ({ params, body }, call) => {
      const { actor, at } = call;
      const acting = actingIn(programs, params.program, actor);
      if (!acting.ok) return acting;
      const { program, actor: person } = acting.value;
      return inRounds(async () => {
        const count = wordsCountKey(params.request);
        const [own, found, said] = await Promise.all([
          ownRequest(table, acting.value, params.request),
          loadComment(table, params.request, body.id),
          wordsCount(table, count),
        ]);
        if (!own.ok) return own;
        if (found !== undefined) {
          const same = found.state.person === person.person && found.state.words === body.words;
          return repeated(same, { comment: body.id });
        }
        const decided = comment(own.value.state, person, at, body.id, { words: body.words }, said);
        if (!decided.ok) return decided;
        const key = commentKey(program.id, params.request, body.id);
        const step = { key, before: undefined, decision: decided.value, list: commentInList(decided.value.next) };
        return write(
          table,
          { steps: [step], also: [requestUnchanged(own.value), oneMore(count, commentsAtMost)], actor: person, call },
          { comment: body.id },
        );
      });
    },
  };
}
