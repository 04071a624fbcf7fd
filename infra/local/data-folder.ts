import { accessSync, constants, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartRefusal } from './start-refusal.ts';

export interface DataFolder {
  /** Absolute, without symbolic links: the same folder always has the same name. */
  readonly path: string;
  release(): void;
}

/** A server that is just being stopped needs a moment to let go. */
const patienceMilliseconds = 5_000;

/**
 * Takes a data folder for this process alone and creates it when it is missing.
 * Throws StartRefusal when it cannot be read and written or when another process has it.
 */
export function openDataFolder(folder: string): DataFolder {
  const path = readableFolder(resolve(folder));
  const lock = lockOf(path);
  return { path, release: () => lock.close() };
}

/**
 * Makes a folder and those above it that are missing, for its owner alone, and answers its own name.
 * One at a time: Node's recursive way never ends where the system says that a folder is missing which
 * stands there, as under `/proc`. Throws StartRefusal.
 */
export function readableFolder(path: string): string {
  const missing: string[] = [];
  for (let at = path; !existsSync(at) && at !== dirname(at); at = dirname(at)) missing.unshift(at);
  try {
    for (const folder of missing) mkdirSync(folder, { mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return realpathSync(path);
  } catch (error) {
    throw new StartRefusal(`The data folder ${path} cannot be read and written (${codeOf(error)}).`);
  }
}

/**
 * An SQLite transaction that stays open: the operating system ends it with the process, however the
 * process ends, so a lock is never left behind the way a file with a process id is.
 */
function lockOf(path: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(path, 'lock.sqlite'));
    lock.exec(`PRAGMA busy_timeout = ${patienceMilliseconds}; BEGIN EXCLUSIVE`);
    return lock;
  } catch (error) {
    lock?.close();
    const held = error instanceof Error && /locked|busy/.test(error.message);
    throw new StartRefusal(
      held
        ? `The data folder ${path} is in use by another running server.`
        : `The data folder ${path} cannot be read and written (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
}
