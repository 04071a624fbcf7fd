import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { openDataFolder } from './data-folder.ts';
import { freePort } from './free-port.ts';
import { forgetEngine, noteEngine, signal, stopLeftEngine } from './left-engine.ts';
import { StartRefusal } from './start-refusal.ts';

export interface Engine {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** Resolves when the engine has ended, by `stop` or by itself. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const startMilliseconds = process.platform === 'linux' ? 8_000 : 120_000;

/**
 * Starts the DynamoDB-compatible engine on a free loopback port: on `dataDir`/table.sqlite, or in
 * memory without a folder. Resolves when it answers; throws StartRefusal with a sentence.
 */
export async function startEngine(options: { readonly dataDir?: string } = {}): Promise<Engine> {
  if (options.dataDir === undefined) return await launch(undefined, () => undefined);
  const folder = openDataFolder(options.dataDir);
  try {
    const database = join(folder.path, 'table.sqlite');
    await stopLeftEngine(folder.path, database);
    const engine = await launch(database, (pid, port) => noteEngine(folder.path, { pid, port }));
    indexStream(database);
    const stop = async (): Promise<void> => {
      await engine.stop();
      forgetEngine(folder.path);
      folder.release();
    };
    return { ...engine, stop };
  } catch (error) {
    folder.release();
    throw error;
  }
}

/** The locked binary on Linux; elsewhere npm fetches the same version for the machine at hand. */
function command(): { readonly file: string; readonly leading: readonly string[] } {
  if (process.platform !== 'linux') return { file: 'npm', leading: ['exec', '--yes', 'dynoxide@1.2.1', '--'] };
  const file = fileURLToPath(new URL('../../node_modules/@dynoxide/linux-x64/dynoxide', import.meta.url));
  if (!existsSync(file)) {
    throw new StartRefusal(
      `The database engine is missing for ${process.platform}-${process.arch}: run npm ci, or set DYNAMODB_ENDPOINT to any DynamoDB-compatible engine.`,
    );
  }
  return { file, leading: [] };
}

async function launch(database: string | undefined, started: (pid: number, port: number) => void): Promise<Engine> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const outcome = await launchOn(port, database, started);
    if (typeof outcome !== 'string') return outcome;
    if (attempt === 5 || !outcome.includes('already in use')) {
      throw new StartRefusal(
        `The database engine did not start: ${outcome.trim().replaceAll('\n', ' ') || 'no answer'}.`,
      );
    }
  }
}

/** The running engine, or what it said when it did not start. */
async function launchOn(
  port: number,
  database: string | undefined,
  started: (pid: number, port: number) => void,
): Promise<Engine | string> {
  const { file, leading } = command();
  const place = database === undefined ? [] : ['--db-path', database];
  // A group of its own, so that Ctrl-C reaches us only and the last writes still find an engine.
  const child = spawn(file, [...leading, 'serve', '--host', '127.0.0.1', '--port', String(port), ...place], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  if (child.pid !== undefined) started(child.pid, port);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const withUs = (): void => stopNow(child, 'SIGTERM');
  process.once('exit', withUs);
  const said = await announcement(child);
  if (said.ready) return { endpoint: `http://127.0.0.1:${port}`, ended, stop: () => stopChild(child, ended, withUs) };
  await stopChild(child, ended, withUs);
  return said.text;
}

function announcement(child: ChildProcess): Promise<{ readonly ready: boolean; readonly text: string }> {
  return new Promise((resolve) => {
    let text = '';
    const finish = (ready: boolean): void => {
      clearTimeout(late);
      resolve({ ready, text });
    };
    const late = setTimeout(() => finish(false), startMilliseconds);
    const hear = (chunk: Buffer): void => {
      if (text.length < 4_000) text += chunk.toString();
      if (text.includes('listening on')) finish(true);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', (error) => {
      text += error.message;
      finish(false);
    });
    child.once('close', () => finish(false));
  });
}

function stopNow(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) signal(child.pid, name);
}

async function stopChild(child: ChildProcess, ended: Promise<void>, withUs: () => void): Promise<void> {
  process.off('exit', withUs);
  stopNow(child, 'SIGTERM');
  const late = setTimeout(() => stopNow(child, 'SIGKILL'), 5_000);
  await ended;
  clearTimeout(late);
}

/**
 * Each write asks the engine for the highest sequence number of the stream so far. Without this
 * index that is a scan: 636 transactions a second fell to 131 after 11,400 stream records.
 */
function indexStream(database: string): void {
  const connection = new DatabaseSync(database);
  try {
    connection.exec('PRAGMA busy_timeout = 5000');
    connection.exec(
      'CREATE INDEX IF NOT EXISTS pp_stream ON _stream_records(table_name, CAST(sequence_number AS INTEGER))',
    );
  } finally {
    connection.close();
  }
}

function clientOf(endpoint: string): DynamoDBClient {
  const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(endpoint);
  return new DynamoDBClient({
    endpoint,
    region: process.env['AWS_REGION'] ?? 'us-east-1',
    // An engine on this machine wants a signature, but does not care whose.
    ...(loopback ? { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } : {}),
  });
}

/**
 * Creates the one table with both indexes and the expiry attribute, unless it exists, with its
 * stream unless a bulk load comes first. Answers whether it was created.
 */
export async function createTable(
  endpoint: string,
  tableName: string,
  options: { readonly stream?: boolean } = {},
): Promise<'created' | 'existing'> {
  const client = clientOf(endpoint);
  try {
    const created = await createUnlessThere(client, {
      ...shape(tableName),
      ...(options.stream === false ? {} : streamed),
    });
    await untilActive(client, tableName);
    // Asked for even when the table exists: its creation may have been cut off before this step.
    const expiry = await client.send(new DescribeTimeToLiveCommand({ TableName: tableName }));
    if (expiry.TimeToLiveDescription?.AttributeName !== 'expires') {
      const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
      await client.send(new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification }));
    }
    return created ? 'created' : 'existing';
  } finally {
    client.destroy();
  }
}

async function createUnlessThere(client: DynamoDBClient, table: CreateTableCommandInput): Promise<boolean> {
  try {
    await client.send(new CreateTableCommand(table));
    return true;
  } catch (error) {
    if (error instanceof ResourceInUseException) return false;
    throw error;
  }
}

/** Turns the table's stream on; does nothing when it is on. */
export async function enableStream(endpoint: string, tableName: string): Promise<void> {
  const client = clientOf(endpoint);
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    if (Table?.StreamSpecification?.StreamEnabled === true) return;
    await client.send(new UpdateTableCommand({ TableName: tableName, ...streamed }));
    await untilActive(client, tableName);
  } finally {
    client.destroy();
  }
}

/** The relay reads keys and type of a new event, so the old image would be weight without use. */
const streamed = { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } } as const;

function shape(tableName: string) {
  const names = ['pk', 'sk', 'jpk', 'jsk', 'lpk', 'lsk'];
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: names.map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
    KeySchema: keys('pk', 'sk'),
    GlobalSecondaryIndexes: [
      { IndexName: 'journal', KeySchema: keys('jpk', 'jsk'), Projection: { ProjectionType: 'ALL' as const } },
      { IndexName: 'list', KeySchema: keys('lpk', 'lsk'), Projection: { ProjectionType: 'ALL' as const } },
    ],
  };
}

async function untilActive(client: DynamoDBClient, tableName: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    try {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
      if (Table?.TableStatus === 'ACTIVE') return;
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 10 + attempt));
  }
  throw new StartRefusal(`The table ${tableName} does not become ready.`);
}
