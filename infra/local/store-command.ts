import { join, resolve } from 'node:path';
import { wallClock } from './clock.ts';
import { readableFolder } from './data-folder.ts';
import { createTable, startEngine, type Engine } from './engine.ts';
import { environmentFor, tableName } from './environment.ts';
import { runningEngine } from './left-engine.ts';
import { defectOf, logLine } from './log-line.ts';
import { parts } from './parts.ts';
import { queueFiles, startQueue, type Queue } from './queue.ts';
import { secretsIn } from './secrets.ts';
import { StartRefusal } from './start-refusal.ts';

/** The store of a data folder, as a command beside the server uses it. */
export interface OpenStore {
  readonly endpoint: string;
  /** A server has it open, and goes on when we leave. */
  readonly served: boolean;
  /** The store's queues: what is sent waits for the next start. Absent while a server has them open. */
  readonly queue: Queue | undefined;
  close(): Promise<void>;
}

/** The folder that `DATA_DIR` names. */
export function dataFolder(): string {
  return readableFolder(resolve(process.env['DATA_DIR'] || '.data'));
}

/** An engine outlives its starter: it is stopped when the queue beside it cannot be opened. */
async function queueBeside(engine: Engine, folder: string): Promise<Queue> {
  try {
    return await startQueue({ ...queueFiles(folder), clock: wallClock });
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

/** Opens the store, by the running server's engine or by one of our own, and sets the functions' environment. */
export async function openStore(folder: string): Promise<OpenStore> {
  const secrets = secretsIn(join(folder, 'secrets.json'));
  const running = runningEngine(folder, join(folder, 'table.sqlite'));
  const engine = running === undefined ? await startEngine({ dataDir: folder }) : undefined;
  const endpoint = running ?? engine?.endpoint;
  if (endpoint === undefined) throw new StartRefusal('The database engine has no address.');
  if (engine !== undefined) await createTable(endpoint, tableName, { stream: false });
  const queue = engine === undefined ? undefined : await queueBeside(engine, folder);
  // Beside a server nothing is sent from here: a message to one of these would fail, not wait.
  const nobody = 'http://127.0.0.1:9';
  const names = Object.keys(parts.consumers);
  Object.assign(
    process.env,
    environmentFor(
      {
        port: Number(process.env['PORT'] || 3000),
        tableEndpoint: endpoint,
        queueEndpoint: queue?.endpoint ?? nobody,
        queueUrls: Object.fromEntries(names.map((name) => [name, queue?.urlOf(name) ?? nobody])),
        mailUrl: 'smtp://127.0.0.1:9',
        filesFolder: join(folder, 'files'),
        auditFolder: join(folder, 'audit'),
        identityClient: 'priority-partners',
      },
      secrets,
    ),
  );
  return {
    endpoint,
    served: running !== undefined,
    queue,
    async close() {
      await queue?.stop();
      await engine?.stop();
    },
  };
}

/** Runs a command to its exit code; a refusal is one sentence, a defect one log line. */
export async function runCommand(work: () => Promise<number>): Promise<void> {
  try {
    process.exit(await work());
  } catch (error) {
    if (error instanceof StartRefusal) process.stderr.write(`${error.message}\n`);
    else logLine('command', 'The command failed.', defectOf(error));
    process.exit(1);
  }
}
