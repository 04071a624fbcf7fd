import type { engagementsContract } from '#shared/engagements/contract.ts';
import { answerQuestion, comment } from '#shared/engagements/discussion-rules.ts';
import { commentsAtMost } from '#shared/engagements/limits.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import { repeated, write } from '#platform/rounds.ts';
import type { UseCases } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import { actIn } from './acting.ts';
import { ownRequest } from './district-gathering.ts';
import {
  commentInList,
  commentKey,
  loadComment,
  loadQuestion,
  oneMore,
  questionInList,
  questionKey,
  requestUnchanged,
  wordsCount,
  wordsCountKey,
} from './store.ts';

type Requests = UseCases<(typeof engagementsContract)['requests']>;

/** What a district says beside its request: to the partners that asked, and among its own people. */
export function discussionActs(
  table: Table,
  programs: ReadonlyMap<string, Program>,
): Pick<Requests, 'answerQuestion' | 'comment'> {
  return {
    answerQuestion: async ({ params, body }, call) =>
      actIn(programs, params.program, call, async (acting) => {
        const { program, actor: person } = acting;
        const [own, before] = await Promise.all([
          ownRequest(table, acting, params.request),
          loadQuestion(table, params.request, params.question),
        ]);
        if (!own.ok) return own;
        if (before === undefined) return refuse('not-found');
        const answered = { question: params.question, version: body.version + 1 };
        const same = before.state.answer?.words === body.words && before.state.answer.by === person.person;
        if (same && before.version === answered.version) return ok(answered);
        if (before.version !== body.version) return refuse('changed-meanwhile');
        const decided = answerQuestion(own.value.state, before.state, person, call.at, { words: body.words });
        if (!decided.ok) return decided;
        const key = questionKey(program.id, params.request, params.question);
        const step = { key, before, decision: decided.value, list: questionInList(decided.value.next) };
        return write(table, { steps: [step], also: [requestUnchanged(own.value)], actor: person, call }, answered);
      }),

    comment: async ({ params, body }, call) =>
      actIn(programs, params.program, call, async (acting) => {
        const { program, actor: person } = acting;
        const count = wordsCountKey(params.request);
        const [own, found, said] = await Promise.all([
          ownRequest(table, acting, params.request),
          loadComment(table, params.request, body.id),
          wordsCount(table, count),
        ]);
        if (!own.ok) return own;
        if (found !== undefined) {
          const same = found.state.person === person.person && found.state.words === body.words;
          return repeated(same, { comment: body.id });
        }
        const decided = comment(own.value.state, person, call.at, body.id, { words: body.words }, said);
        if (!decided.ok) return decided;
        const key = commentKey(program.id, params.request, body.id);
        const step = { key, before: undefined, decision: decided.value, list: commentInList(decided.value.next) };
        return write(
          table,
          { steps: [step], also: [requestUnchanged(own.value), oneMore(count, commentsAtMost)], actor: person, call },
          { comment: body.id },
        );
      }),
  };
}
