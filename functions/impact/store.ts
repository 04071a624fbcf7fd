import type { EngagementId, ProgramId } from '#shared/kernel/ids.ts';
import type { AggregateKey } from '#platform/aggregates.ts';

/** RESULTS#<engagement>   STATE#results   what both sides confirmed of the engagement's goals */
export function resultsKey(program: ProgramId, engagement: EngagementId): AggregateKey {
  return { partition: `RESULTS#${engagement}`, name: 'results', program };
}
