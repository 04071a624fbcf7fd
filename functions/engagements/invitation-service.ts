import type { engagementsContract } from '#shared/engagements/contract.ts';
import { askQuestion } from '#shared/engagements/discussion-rules.ts';
import { answerDecline, answerInterested, markSeen } from '#shared/engagements/invitation-rules.ts';
import { questionsAtMost } from '#shared/engagements/limits.ts';
import type { Invitation, Request, SentRequest } from '#shared/engagements/model.ts';
import { invitationSummaryStatus, summaryPhase, type InvitationSummary } from '#shared/engagements/summaries.ts';
import { partnerView } from '#shared/engagements/views.ts';
import type { RequestId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import { isDone, type Loaded } from '#platform/aggregates.ts';
import { repeated, write } from '#platform/rounds.ts';
import type { UseCases } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import { actIn, actingIn, type Acting } from './acting.ts';
import {
  invitationKey,
  invitationsPage,
  loadInvitation,
  loadInvitationSummary,
  loadQuestion,
  loadRequest,
  oneMore,
  partnerActOnSummaries,
  questionInList,
  questionKey,
  questionsPage,
  requestUnchanged,
  wordsCount,
  wordsCountKey,
} from './store.ts';

interface Invited {
  readonly request: Loaded<Request> & { readonly state: SentRequest };
  readonly invitation: Loaded<Invitation>;
}

/**
 * The request and the one invitation of the person's own organization; nothing of others is read, and
 * nothing at all of a request to which the organization is not invited.
 */
async function ownInvitation(
  table: Table,
  { program, organization }: Acting,
  id: RequestId,
): Promise<Result<Invited, 'not-found'>> {
  const invitation = await loadInvitation(table, id, organization);
  if (invitation === undefined || invitation.state.program !== program.id) return refuse('not-found');
  const request = await loadRequest(table, id);
  if (request === undefined) throw new Error(`There is an invitation to ${id}, which is not in the table.`);
  const { state } = request;
  if (state.phase !== 'sent') throw new Error(`${id} has an invitation but was not sent.`);
  return ok({ request: { ...request, state }, invitation });
}

function lineOf(given: InvitationSummary, at: Instant) {
  const { end: _end, amendments, amendmentSeen, ...line } = given;
  return {
    ...line,
    status: invitationSummaryStatus(given, at),
    phase: summaryPhase(given, at),
    unread: amendments - amendmentSeen,
  };
}

/** What an invited partner reads and does. */
export function invitationService(
  table: Table,
  programs: ReadonlyMap<string, Program>,
): UseCases<(typeof engagementsContract)['invitations']> {
  return {
    list: async ({ params, query }, { actor, at }) => {
      const acting = actingIn(programs, params.program, actor);
      if (!acting.ok) return acting;
      const page = await invitationsPage(table, params.program, acting.value.organization, query);
      if (!page.ok) return page;
      return ok({ ...page.value, items: page.value.items.map((one) => lineOf(one, at)) });
    },

    get: async ({ params }, { actor, at }) => {
      const acting = actingIn(programs, params.program, actor);
      if (!acting.ok) return acting;
      const own = { request: params.request, partner: acting.value.organization };
      const found = await ownInvitation(table, acting.value, params.request);
      if (!found.ok) return found;
      const [summary, questions] = await Promise.all([
        loadInvitationSummary(table, own),
        questionsPage(table, params.request, undefined),
      ]);
      if (!questions.ok) return questions;
      if (summary === undefined) throw new Error(`The invitation to ${params.request} has no summary.`);
      const { request, invitation } = found.value;
      const asked = questions.value.items.map((one) => one.state);
      return ok({
        ...partnerView(request.state, invitation.state, asked, at),
        names: summary.names,
        older: questions.value.next === undefined ? {} : { questions: questions.value.next },
      });
    },

    questions: async ({ params, query }, { actor, at }) => {
      const acting = actingIn(programs, params.program, actor);
      if (!acting.ok) return acting;
      const found = await ownInvitation(table, acting.value, params.request);
      if (!found.ok) return found;
      const page = await questionsPage(table, params.request, query.after);
      if (!page.ok) return page;
      const { request, invitation } = found.value;
      const asked = page.value.items.map((one) => one.state);
      // The view sorts as a page reads; this list goes back in time.
      const items = partnerView(request.state, invitation.state, asked, at).questions.toReversed();
      return ok({ ...page.value, items });
    },

    seen: async ({ params, body }, call) =>
      actIn(programs, params.program, call, async (acting) => {
        const { actor: person, organization } = acting;
        const answer = { request: params.request };
        const found = await ownInvitation(table, acting, params.request);
        if (!found.ok) return found;
        const { request, invitation } = found.value;
        const decided = markSeen(request.state, invitation.state, person, call.at);
        if (!decided.ok) return decided;
        if (decided.value === undefined) return ok(answer);
        if (decided.value.next.amendmentSeen !== body.amendments) {
          return refuse(
            'changed-meanwhile',
            'The district amended this request after the page was opened. Open it again.',
          );
        }
        const key = invitationKey(params.program, params.request, organization);
        const step = { key, before: invitation, decision: decided.value };
        const also = [requestUnchanged(request), ...partnerActOnSummaries(invitation.state, decided.value.next)];
        return write(table, { steps: [step], also, actor: person, call }, answer);
      }),

    answer: async ({ params, body }, call) =>
      actIn(programs, params.program, call, async (acting) => {
        const { at } = call;
        const { program, actor: person, organization } = acting;
        const found = await ownInvitation(table, acting, params.request);
        if (!found.ok) return found;
        const { request, invitation } = found.value;
        const key = invitationKey(program.id, params.request, organization);
        if (invitation.state.answer?.at !== body.replaces) {
          const done = await isDone(table, key, invitation.version - 1, call.fingerprint);
          const stands = invitation.state.answer?.at;
          return done && stands !== undefined
            ? ok({ request: params.request, at: stands })
            : refuse('changed-meanwhile');
        }
        const decided =
          body.answer.kind === 'interested'
            ? answerInterested(request.state, invitation.state, person, at, body.answer, program)
            : answerDecline(request.state, invitation.state, person, at, body.answer, program);
        if (!decided.ok) return decided;
        const step = { key, before: invitation, decision: decided.value };
        const also = [requestUnchanged(request), ...partnerActOnSummaries(invitation.state, decided.value.next)];
        return write(table, { steps: [step], also, actor: person, call }, { request: params.request, at });
      }),

    ask: async ({ params, body }, call) =>
      actIn(programs, params.program, call, async (acting) => {
        const { program, actor: person, organization } = acting;
        const count = wordsCountKey(params.request, organization);
        const found = await ownInvitation(table, acting, params.request);
        if (!found.ok) return found;
        const [before, asked] = await Promise.all([
          loadQuestion(table, params.request, body.id),
          wordsCount(table, count),
        ]);
        if (before !== undefined) {
          const same = before.state.partner === organization && before.state.asked.words === body.words;
          return repeated(same, { question: body.id });
        }
        const { request, invitation } = found.value;
        const { words } = body;
        const decided = askQuestion(request.state, invitation.state, person, call.at, body.id, { words }, asked);
        if (!decided.ok) return decided;
        const key = questionKey(program.id, params.request, body.id);
        const step = { key, before: undefined, decision: decided.value, list: questionInList(decided.value.next) };
        const also = [requestUnchanged(request), oneMore(count, questionsAtMost)];
        return write(table, { steps: [step], also, actor: person, call }, { question: body.id });
      }),
  };
}
