import type { Person } from '../kernel/actors.ts';
import type { Decision } from '../kernel/events.ts';
import type { CommentId, QuestionId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instants.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { commentAdded, questionAnswered, questionAsked } from './events.ts';
import type { WordsInput } from './inputs.ts';
import { commentsAtMost, questionsAtMost } from './limits.ts';
import type { Comment, Invitation, Question, Request, SentRequest } from './model.ts';
import { assertSameRequest, districtMay, districtMayOnSent, partnerMay, type Barred } from './permission.ts';

/**
 * A question of an invited partner, while it can still answer.
 * @param asked how many this partner has asked already.
 */
export function askQuestion(
  request: SentRequest,
  invitation: Invitation,
  actor: Person,
  at: Instant,
  id: QuestionId,
  input: WordsInput,
  asked: number,
): Result<Decision<Question, typeof questionAsked>, Barred> {
  const may = partnerMay('ask', request, invitation, actor, at);
  if (!may.ok) return may;
  if (asked >= questionsAtMost) {
    return refuse(
      'wrong-state',
      `You asked ${questionsAtMost} questions about this request, which is the most there can be.`,
    );
  }
  const { partner, district } = invitation;
  return ok({
    next: { id, request: request.id, partner, asked: { at, by: actor.person, words: input.words } },
    fact: { type: questionAsked.name, data: { request: request.id, district, question: id, partner } },
  });
}

/** The district's answer, which every invited partner sees. It stands: what changes later is an amendment. */
export function answerQuestion(
  request: Request,
  question: Question,
  actor: Person,
  at: Instant,
  input: WordsInput,
): Result<Decision<Question, typeof questionAnswered>, Barred> {
  assertSameRequest(request, question);
  const may = districtMayOnSent('answer-question', request, actor, at);
  if (!may.ok) return may;
  if (question.answer !== undefined) {
    return refuse('wrong-state', 'This question has been answered. Amend the request if the answer has changed.');
  }
  return ok({
    next: { ...question, answer: { at, by: actor.person, words: input.words } },
    fact: {
      type: questionAnswered.name,
      data: {
        request: request.id,
        district: request.district,
        question: question.id,
        partners: may.value.content.asked,
      },
    },
  });
}

/**
 * A word among the district's own people.
 * @param said how many comments the request has already.
 */
export function comment(
  request: Request,
  actor: Person,
  at: Instant,
  id: CommentId,
  input: WordsInput,
  said: number,
): Result<Decision<Comment, typeof commentAdded>, Barred> {
  const may = districtMay('comment', request, actor, at);
  if (!may.ok) return may;
  if (said >= commentsAtMost) {
    return refuse('wrong-state', `This request has ${commentsAtMost} comments, which is the most there can be.`);
  }
  return ok({
    next: { id, request: request.id, at, person: actor.person, words: input.words },
    fact: { type: commentAdded.name, data: { request: request.id, district: request.district, comment: id } },
  });
}
