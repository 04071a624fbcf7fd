import { theTable } from '#platform/dynamo-table.ts';
import { thePrograms } from '#platform/programs.ts';
import { consume } from '#platform/stream.ts';
import { askContexts } from './ask-contexts.ts';
import { tasksConsumer } from './reactions.ts';

const table = theTable();

export const handler = consume(table, tasksConsumer({ table, sources: askContexts(table), programs: thePrograms() }));
