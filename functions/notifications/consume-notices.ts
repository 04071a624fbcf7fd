import { theTable } from '#platform/dynamo-table.ts';
import { thePrograms } from '#platform/programs.ts';
import { theQueues } from '#platform/queue.ts';
import { consume } from '#platform/stream.ts';
import { noticesConsumer } from './reactions.ts';

const table = theTable();

export const handler = consume(table, noticesConsumer(table, thePrograms(), theQueues()));
