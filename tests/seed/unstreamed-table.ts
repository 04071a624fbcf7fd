import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { DynamoTable } from '#platform/dynamo-table.ts';
import type { Table } from '#platform/table.ts';
import { createTable, startEngine } from '../../infra/local/engine.ts';

/** A table as it is seeded: the stream comes on afterwards, for with one a bulk load is many times slower. */
export function unstreamedTable(): { readonly table: Table } {
  const found: { table?: Table; stop?: () => Promise<void> } = {};
  beforeAll(async () => {
    process.env['AWS_REGION'] = 'us-east-1';
    process.env['AWS_ACCESS_KEY_ID'] = 'local';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'local';
    const engine = await startEngine({});
    found.stop = () => engine.stop();
    await createTable(engine.endpoint, 'seeded', { stream: false });
    found.table = new DynamoTable(new DynamoDBClient({ endpoint: engine.endpoint }), 'seeded');
  });
  afterAll(async () => found.stop?.());
  return {
    get table() {
      if (found.table === undefined) throw new Error('The engine has not started.');
      return found.table;
    },
  };
}
