import type { Program } from '#shared/programs/program.ts';
import type { Consumer } from '#platform/consumers.ts';
import type { Queues } from '#platform/queue.ts';
import { changesConsumer, matrixConsumer, recordConsumer, workloadConsumer } from '../catalogue/index.ts';
import { demandConsumer } from '../engagements/index.ts';

/** Every consumer whose views can be made again from the journal. */
export function everyProjection(programs: ReadonlyMap<string, Program>, queues: Queues): readonly Consumer[] {
  return [
    recordConsumer(queues),
    workloadConsumer(queues),
    changesConsumer(),
    matrixConsumer(queues),
    demandConsumer(programs),
  ];
}
