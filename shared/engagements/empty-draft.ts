import { dayIn, endOfDay, millisecondsPerDay, plusMilliseconds, type Instant, type Zone } from '../kernel/instants.ts';
import type { DraftContent } from './model.ts';

const defaultReplyDays = 14;

/** An empty draft with a reply-by at the end of the day two weeks on, where the program is. */
export function emptyDraft(at: Instant, where: Zone): DraftContent {
  const replyDay = dayIn(plusMilliseconds(at, defaultReplyDays * millisecondsPerDay), where);
  return { need: { title: '', words: '' }, schools: [], grades: [], replyBy: endOfDay(replyDay, where), asked: [] };
}
