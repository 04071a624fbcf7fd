import { instantOf } from '#shared/kernel/instants.ts';
import { theTable } from '#platform/dynamo-table.ts';
import { thePrograms } from '#platform/programs.ts';
import { consume } from '#platform/stream.ts';
import { claimsConsumer } from './claims.ts';

const table = theTable();

export const handler = consume(
  table,
  claimsConsumer(table, thePrograms(), () => instantOf(new Date())),
);
