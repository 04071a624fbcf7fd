import type { engagementsContract } from '#shared/engagements/contract.ts';
import type { Comment, Request } from '#shared/engagements/model.ts';
import { summaryStatus } from '#shared/engagements/summaries.ts';
import { districtView } from '#shared/engagements/views.ts';
import { holds, type Actor } from '#shared/kernel/actors.ts';
import type { PersonId, ProgramId, RequestId } from '#shared/kernel/ids.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Loaded } from '#platform/aggregates.ts';
import type { UseCases } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import { actingIn } from './acting.ts';
import { namesOf, ownRequest } from './district-gathering.ts';
import {
  commentsPage,
  loadInvitations,
  loadInvitationSummaries,
  loadRequest,
  questionsPage,
  requestsPage,
} from './store.ts';

type Requests = UseCases<(typeof engagementsContract)['requests']>;

/** The district's own people whom a page names. */
function peopleOf(given: Request, comments: readonly Comment[]): readonly PersonId[] {
  const ended = given.withdrawn ?? (given.phase === 'sent' ? given.outcome : undefined);
  return [given.draftedBy, ...comments.map((one) => one.person), ...(ended === undefined ? [] : [ended.by])];
}

/** What a district, and an auditor of its program, read of requests. */
export function requestReading(
  table: Table,
  programs: ReadonlyMap<string, Program>,
): Pick<Requests, 'list' | 'get' | 'questions' | 'comments'> {
  async function readable(
    params: { readonly program: ProgramId; readonly request: RequestId },
    actor: Actor,
  ): Promise<Result<Loaded<Request>, 'not-found'>> {
    const acting = actingIn(programs, params.program, actor);
    if (!acting.ok) return acting;
    if (!holds(actor, 'agency:auditor')) return ownRequest(table, acting.value, params.request);
    const found = await loadRequest(table, params.request);
    return found?.state.program === params.program ? ok(found) : refuse('not-found');
  }

  return {
    list: async ({ params, query }, { actor, at }) => {
      const acting = actingIn(programs, params.program, actor);
      if (!acting.ok) return acting;
      const page = await requestsPage(table, acting.value.organization, query);
      if (!page.ok) return page;
      const items = page.value.items.map((one) => ({ ...one, status: summaryStatus(one, at) }));
      return ok({ ...page.value, items });
    },

    get: async ({ params }, { actor, at }) => {
      // Nothing more is read for who may not see it: how long an answer takes would tell that it is there.
      const found = await readable(params, actor);
      if (!found.ok) return found;
      const [invitations, summaries, questions, comments] = await Promise.all([
        loadInvitations(table, params.request),
        loadInvitationSummaries(table, params.request),
        questionsPage(table, params.request, undefined),
        commentsPage(table, params.request, undefined),
      ]);
      if (!questions.ok) return questions;
      if (!comments.ok) return comments;
      const { state, version } = found.value;
      const asked = questions.value.items;
      const said = comments.value.items;
      const view = districtView(
        state,
        invitations.map((one) => one.state),
        asked.map((one) => one.state),
        said,
        at,
      );
      return ok({
        ...view,
        version,
        partners: Object.fromEntries(summaries.map((one) => [one.partner, one.names.partner])),
        people: await namesOf(table, peopleOf(state, said)),
        older: {
          ...(questions.value.next === undefined ? {} : { questions: questions.value.next }),
          ...(comments.value.next === undefined ? {} : { comments: comments.value.next }),
        },
        questionVersions: Object.fromEntries(asked.map((one) => [one.state.id, one.version])),
      });
    },

    questions: async ({ params, query }, { actor }) => {
      const found = await readable(params, actor);
      if (!found.ok) return found;
      const page = await questionsPage(table, params.request, query.after);
      if (!page.ok) return page;
      return ok({ ...page.value, items: page.value.items.map(({ state, version }) => ({ ...state, version })) });
    },

    comments: async ({ params, query }, { actor }) => {
      const found = await readable(params, actor);
      if (!found.ok) return found;
      const page = await commentsPage(table, params.request, query.after);
      if (!page.ok) return page;
      const people = page.value.items.map((one) => one.person);
      return ok({ ...page.value, people: await namesOf(table, people) });
    },
  };
}
