import type { Comment, Engagement, Invitation, Question, Request } from '#shared/engagements/model.ts';
import type { Author } from '#shared/kernel/actors.ts';
import type { Decision } from '#shared/kernel/events.ts';
import type { OrganizationId, ProgramId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import type { History } from '#platform/history.ts';
import {
  commentInList,
  commentKey,
  engagementKey,
  invitationKey,
  questionInList,
  questionKey,
  requestKey,
  summaryItems,
  wordsCountKey,
} from './store.ts';

/**
 * Past facts of requests and engagements, recorded under the keys that the use cases write. After the
 * last fact of a request, `recordSummaries` writes its lines in the lists.
 */

export function recordRequest(history: History, decision: Decision<Request>, at: Instant, by: Author): void {
  const { next } = decision;
  history.record(requestKey(next.program, next.id), decision, at, by);
}

export function recordInvitation(history: History, decision: Decision<Invitation>, at: Instant, by: Author): void {
  const { next } = decision;
  history.record(invitationKey(next.program, next.request, next.partner), decision, at, by);
}

export function recordQuestion(
  history: History,
  program: ProgramId,
  decision: Decision<Question>,
  at: Instant,
  by: Author,
): void {
  const { next } = decision;
  history.record(questionKey(program, next.request, next.id), decision, at, by, questionInList(next));
  if (next.answer === undefined) history.count(wordsCountKey(next.request, next.partner), 'count');
}

export function recordComment(
  history: History,
  program: ProgramId,
  decision: Decision<Comment>,
  at: Instant,
  by: Author,
): void {
  const { next } = decision;
  history.record(commentKey(program, next.request, next.id), decision, at, by, commentInList(next));
  history.count(wordsCountKey(next.request), 'count');
}

export function recordEngagement(history: History, decision: Decision<Engagement>, at: Instant, by: Author): void {
  const { next } = decision;
  history.record(engagementKey(next.program, next.id), decision, at, by);
}

/**
 * Writes the lines of a request in every list that shows it, as it stands after its last fact. Once for
 * each request; without it nobody finds the request.
 */
export function recordSummaries(
  history: History,
  given: Request,
  invitations: readonly Invitation[],
  engagements: readonly Engagement[],
  names: { readonly district: string; readonly partner: (id: OrganizationId) => string },
): void {
  for (const item of summaryItems(given, invitations, engagements, names)) history.put(item);
}
