import type { ConsumerName } from '#shared/contract/consumers.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Consumer } from '#platform/consumers.ts';
import type { Queues } from '#platform/queue.ts';
import { changesConsumer, recordConsumer, workloadConsumer } from '../catalogue/index.ts';
import { demandConsumer } from '../engagements/index.ts';

/** A new consumer that is neither here nor named as an exception does not compile. */
type Projection = Exclude<
  ConsumerName,
  // writes facts of its own, builds files, tells people, or keeps lists that have a check of their own
  'claims' | 'matrix' | 'notices' | 'tasks'
>;

/** Every consumer whose views can be made again from the journal, by its name. */
export function projections(
  programs: ReadonlyMap<string, Program>,
  queues: Queues,
): Readonly<Record<Projection, Consumer>> {
  return {
    record: recordConsumer(queues),
    workload: workloadConsumer(queues),
    changes: changesConsumer(),
    demand: demandConsumer(programs),
  };
}
