import { theTable } from '#platform/dynamo-table.ts';
import { consume } from '#platform/stream.ts';
import { changesConsumer } from './reactions.ts';

export const handler = consume(theTable(), changesConsumer());
