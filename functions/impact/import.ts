import type { Results } from '#shared/impact/model.ts';
import type { Author } from '#shared/kernel/actors.ts';
import type { Decision } from '#shared/kernel/events.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import type { History } from '#platform/history.ts';
import { resultsKey } from './store.ts';

/** Records a past result under the key that the use case writes. */
export function recordResult(history: History, decision: Decision<Results>, at: Instant, by: Author): Results {
  return history.record(resultsKey(decision.next.program, decision.next.engagement), decision, at, by);
}
