import { theTable } from '#platform/dynamo-table.ts';
import { theQueues } from '#platform/queue.ts';
import { consume } from '#platform/stream.ts';
import { matrixConsumer } from './reactions.ts';

export const handler = consume(theTable(), matrixConsumer(theQueues()));
