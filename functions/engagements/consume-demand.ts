import { theTable } from '#platform/dynamo-table.ts';
import { thePrograms } from '#platform/programs.ts';
import { consume } from '#platform/stream.ts';
import { demandConsumer } from './reactions.ts';

export const handler = consume(theTable(), demandConsumer(thePrograms()));
