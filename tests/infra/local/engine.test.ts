import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  DescribeTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { createTable, enableStream, startEngine } from '../../../infra/local/engine.ts';
import { StreamApi } from '../../../infra/local/stream-api.ts';
import { scratchFolder } from './scratch-folder.ts';

const table = 'priority-partners';

function clientOf(endpoint: string): DynamoDBClient {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  onTestFinished(() => client.destroy());
  return client;
}

async function engineWith(dataDir?: string) {
  const engine = await startEngine(dataDir === undefined ? {} : { dataDir });
  onTestFinished(() => engine.stop());
  return { engine, client: clientOf(engine.endpoint) };
}

function eventItem(pk: string, sequence: number) {
  return { pk: { S: pk }, sk: { S: `EVENT#${String(sequence).padStart(9, '0')}` } };
}

test('holds what the table port relies on: guarded transactions, both indexes, expiry', async () => {
  const { engine, client } = await engineWith();
  expect(await createTable(engine.endpoint, table)).toBe('created');
  expect(await createTable(engine.endpoint, table)).toBe('existing');

  const item = {
    pk: { S: 'a' },
    sk: { S: 'STATE' },
    jpk: { S: 'day' },
    jsk: { S: '1' },
    lpk: { S: 'list' },
    lsk: { S: '1' },
  };
  await client.send(new PutItemCommand({ TableName: table, Item: item }));
  for (const [index, key, value] of [
    ['journal', 'jpk', 'day'],
    ['list', 'lpk', 'list'],
  ] as const) {
    const found = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: index,
        KeyConditionExpression: '#k = :v',
        ExpressionAttributeNames: { '#k': key },
        ExpressionAttributeValues: { ':v': { S: value } },
      }),
    );
    expect(found.Items).toEqual([item]);
  }

  const refused = client.send(
    new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName: table, Item: { pk: { S: 'b' }, sk: { S: 'STATE' } } } },
        { Put: { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } },
      ],
    }),
  );
  const error = await refused.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TransactionCanceledException);
  if (!(error instanceof TransactionCanceledException)) return;
  expect(error.CancellationReasons?.map((reason) => reason.Code)).toEqual(['None', 'ConditionalCheckFailed']);

  const expiry = await client.send(new DescribeTimeToLiveCommand({ TableName: table }));
  expect(expiry.TimeToLiveDescription).toMatchObject({ AttributeName: 'expires', TimeToLiveStatus: 'ENABLED' });
});

test('what a bulk load wrote before the stream was on is not in the stream', async () => {
  const { engine, client } = await engineWith();
  await createTable(engine.endpoint, table, { stream: false });
  await client.send(new PutItemCommand({ TableName: table, Item: eventItem('a', 1) }));
  await enableStream(engine.endpoint, table);
  await enableStream(engine.endpoint, table);
  await client.send(new PutItemCommand({ TableName: table, Item: eventItem('a', 2) }));
  expect(await streamedKeys(engine.endpoint)).toEqual(['EVENT#000000002']);
});

async function streamedKeys(endpoint: string): Promise<(string | undefined)[]> {
  const api = new StreamApi(endpoint);
  const stream = (await api.current(table)) ?? '';
  const keys: (string | undefined)[] = [];
  for (const shard of await api.shards(stream)) {
    let next = await api.iterator(stream, shard, 'oldest');
    while (next !== undefined) {
      const page = await api.records(next);
      keys.push(...page.records.map((record) => String(record.dynamodb.Keys['sk']?.['S'])));
      next = page.records.length === 0 ? undefined : page.next;
    }
  }
  return keys;
}

/**
 * The processor time that a process has used, on Linux. Unlike the clock on the wall it does not tell of
 * whatever else the machine is doing while the tests run.
 */
function secondsOfWork(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticks = Number(fields[11]) + Number(fields[12]);
  return ticks / 100;
}

test('keeps 300 transactions a second of its own work after 50,000 stream records, in the order they were written', async () => {
  const dataDir = scratchFolder();
  const { engine, client } = await engineWith(dataDir);
  await createTable(engine.endpoint, table);
  await client.send(new PutItemCommand({ TableName: table, Item: eventItem('first', 1) }));
  const database = new DatabaseSync(join(dataDir, 'table.sqlite'));
  database.exec(`
    INSERT INTO _stream_records (table_name, event_name, keys_json, new_image, sequence_number, shard_id, created_at)
    WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
    SELECT table_name, event_name, keys_json, new_image, CAST(n.i AS TEXT), shard_id, created_at
    FROM n, (SELECT * FROM _stream_records LIMIT 1)`);
  database.close();

  const writes = 600;
  const started = secondsOfWork(pidIn(dataDir));
  for (let sequence = 1; sequence <= writes; sequence += 1) {
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Put: {
              TableName: table,
              Item: { pk: { S: 'busy' }, sk: { S: 'STATE' }, version: { N: String(sequence) } },
            },
          },
          { Put: { TableName: table, Item: eventItem('busy', sequence) } },
        ],
      }),
    );
  }
  expect(writes / (secondsOfWork(pidIn(dataDir)) - started)).toBeGreaterThan(300);

  const keys = (await streamedKeys(engine.endpoint)).slice(50_000);
  expect(keys.filter((key) => key !== 'STATE')).toEqual(
    Array.from({ length: writes }, (_, index) => `EVENT#${String(index + 1).padStart(9, '0')}`),
  );
});

test('keeps what it acknowledged across a stop', async () => {
  const dataDir = scratchFolder();
  const first = await startEngine({ dataDir });
  await createTable(first.endpoint, table);
  await clientOf(first.endpoint).send(new PutItemCommand({ TableName: table, Item: eventItem('a', 1) }));
  await first.stop();
  const { engine } = await engineWith(dataDir);
  expect(await createTable(engine.endpoint, table)).toBe('existing');
  expect(await streamedKeys(engine.endpoint)).toEqual(['EVENT#000000001']);
});

/** A server of its own process that holds an engine on `dataDir` until it is killed. */
async function otherServer(dataDir: string): Promise<{ kill(): Promise<void> }> {
  const engineFile = join(import.meta.dirname, '../../../infra/local/engine.ts');
  const script = `const { startEngine } = await import(${JSON.stringify(engineFile)});
    await startEngine({ dataDir: ${JSON.stringify(dataDir)} }); console.log('up'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  const left = pidIn(dataDir);
  onTestFinished(async () => {
    await kill();
    // Where no next start has done it.
    if (commandLine(left).includes(dataDir)) process.kill(left, 'SIGKILL');
  });
  return { kill };
}

function pidIn(dataDir: string): number {
  return JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8')).pid;
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** A process that has ended but was not waited for has no command line. */
function runs(pid: number): boolean {
  return commandLine(pid) !== '';
}

test('after a SIGKILL the next start stops the engine that was left', async () => {
  const dataDir = scratchFolder();
  const other = await otherServer(dataDir);
  const left = pidIn(dataDir);
  await other.kill();
  expect(runs(left)).toBe(true);
  await engineWith(dataDir);
  expect(runs(left)).toBe(false);
  expect(pidIn(dataDir)).not.toBe(left);
});

test('two servers never open one data folder', async () => {
  const dataDir = scratchFolder();
  await otherServer(dataDir);
  const before = pidIn(dataDir);
  await expect(startEngine({ dataDir })).rejects.toThrow(/in use by another running server/);
  expect(runs(before)).toBe(true);
});

test('a process that has the number of the old engine by chance is left alone', async () => {
  const dataDir = scratchFolder();
  const innocent = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  onTestFinished(() => {
    innocent.kill('SIGKILL');
  });
  writeFileSync(join(dataDir, 'engine.json'), JSON.stringify({ pid: innocent.pid, port: 4711 }));
  await engineWith(dataDir);
  expect(innocent.exitCode).toBeNull();
  expect(innocent.signalCode).toBeNull();
});

test('a data folder that is no folder, and a database that is none, are told in one sentence', async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'file'), 'text');
  await expect(startEngine({ dataDir: join(folder, 'file') })).rejects.toThrow(
    /^The data folder .* cannot be read and written/,
  );

  writeFileSync(
    join(folder, 'table.sqlite'),
    'this is not a database, and long enough to be looked at as one. '.repeat(50),
  );
  await expect(startEngine({ dataDir: folder })).rejects.toThrow(/^The database engine did not start: [^\n]*$/);
});
