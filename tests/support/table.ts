import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { DynamoTable } from '#platform/dynamo-table.ts';
import type { Table } from '#platform/table.ts';
import { createTable, startEngine } from '../../infra/local/engine.ts';

/** A table of its own for one test file, on the embedded engine, in memory. */
export function testTable(): { readonly table: Table; readonly endpoint: string; readonly name: string } {
  const found: { table?: Table; endpoint?: string; stop?: () => Promise<void> } = {};
  const name = 'priority-partners';
  beforeAll(async () => {
    process.env['AWS_REGION'] = 'us-east-1';
    process.env['AWS_ACCESS_KEY_ID'] = 'local';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'local';
    const engine = await startEngine({});
    await createTable(engine.endpoint, name);
    found.endpoint = engine.endpoint;
    found.table = new DynamoTable(new DynamoDBClient({ endpoint: engine.endpoint }), name);
    found.stop = () => engine.stop();
  });
  afterAll(async () => found.stop?.());
  return {
    name,
    get table() {
      if (found.table === undefined) throw new Error('The engine has not started.');
      return found.table;
    },
    get endpoint() {
      if (found.endpoint === undefined) throw new Error('The engine has not started.');
      return found.endpoint;
    },
  };
}
