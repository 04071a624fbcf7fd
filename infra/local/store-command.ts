import { join, resolve } from 'node:path';
import { readableFolder } from './data-folder.ts';
import { createTable, startEngine } from './engine.ts';
import { environmentFor, tableName } from './environment.ts';
import { runningEngine } from './left-engine.ts';
import { defectOf, logLine } from './log-line.ts';
import { parts } from './parts.ts';
import { secretsIn } from './secrets.ts';
import { StartRefusal } from './start-refusal.ts';

/** The store of a data folder, as a command beside the server uses it. */
export interface OpenStore {
  readonly endpoint: string;
  /** A server has it open, and goes on when we leave. */
  readonly served: boolean;
  close(): Promise<void>;
}

/** The folder that `DATA_DIR` names. */
export function dataFolder(): string {
  return readableFolder(resolve(process.env['DATA_DIR'] || '.data'));
}

/** Opens the store, by the running server's engine or by one of our own, and sets the functions' environment. */
export async function openStore(folder: string): Promise<OpenStore> {
  const running = runningEngine(folder, join(folder, 'table.sqlite'));
  const engine = running === undefined ? await startEngine({ dataDir: folder }) : undefined;
  const endpoint = running ?? engine?.endpoint;
  if (endpoint === undefined) throw new StartRefusal('The database engine has no address.');
  if (engine !== undefined) await createTable(endpoint, tableName, { stream: false });
  // Nothing is sent from here: a message to one of these would fail, not wait.
  const nobody = 'http://127.0.0.1:9';
  Object.assign(
    process.env,
    environmentFor(
      {
        port: Number(process.env['PORT'] || 3000),
        tableEndpoint: endpoint,
        queueEndpoint: nobody,
        queueUrls: Object.fromEntries(Object.keys(parts.consumers).map((name) => [name, nobody])),
        mailUrl: 'smtp://127.0.0.1:9',
        filesFolder: join(folder, 'files'),
        auditFolder: join(folder, 'audit'),
        identityClient: 'priority-partners',
      },
      secretsIn(join(folder, 'secrets.json')),
    ),
  );
  return { endpoint, served: running !== undefined, close: async () => engine?.stop() };
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
