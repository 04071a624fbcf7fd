import type { Work } from '#shared/notifications/tasks.ts';

function counted(count: number, one: string, many: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}

/** What there is to do, as the task list says it. */
export function taskWords(what: Work): string {
  switch (what.kind) {
    case 'answer-request':
      return `Answer the request “${what.title}”`;
    case 'look-at-answers':
      return `Look at ${counted(what.answers, 'answer', 'answers')} of ${what.asked} to “${what.title}”`;
    case 'record-outcome':
      return `Record the outcome of “${what.title}” (${counted(what.answers, 'answer', 'answers')} of ${what.asked})`;
    case 'answer-questions':
      return `Answer ${counted(what.questions, 'question', 'questions')} about “${what.title}”`;
    case 'look-at-unmet-need':
      return `Look at the need that no partner met: “${what.title}”`;
    case 'decide-join-request':
      return 'Decide on a request to join your organization';
  }
}
