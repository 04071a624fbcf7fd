import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { StartRefusal } from './start-refusal.ts';

const note = z.object({ pid: z.int().positive(), port: z.int().positive() });
type EngineNote = z.infer<typeof note>;

function noteFile(dataDir: string): string {
  return join(dataDir, 'engine.json');
}

export function noteEngine(dataDir: string, engine: EngineNote): void {
  writeFileSync(noteFile(dataDir), JSON.stringify(engine));
}

export function forgetEngine(dataDir: string): void {
  rmSync(noteFile(dataDir), { force: true });
}

/**
 * Stops the engine that a killed server left running on `database`. Call it with the data folder
 * locked. A process that only has the same number by chance is left alone.
 * Throws StartRefusal when the engine does not go.
 */
export async function stopLeftEngine(dataDir: string, database: string): Promise<void> {
  const left = readNote(dataDir);
  if (left !== undefined) {
    for (let attempt = 0; commandOf(left.pid).includes(database); attempt += 1) {
      if (attempt === 100) throw new StartRefusal(`An earlier engine (process ${left.pid}) does not stop.`);
      // Each acknowledged write is on disk already: a late engine loses nothing by being killed.
      signal(left.pid, attempt < 50 ? 'SIGTERM' : 'SIGKILL');
      await sleep(50);
    }
  }
  forgetEngine(dataDir);
}

/** The endpoint of the engine that a running server has open in this folder; undefined when none runs. */
export function runningEngine(dataDir: string, database: string): string | undefined {
  const noted = readNote(dataDir);
  return noted !== undefined && commandOf(noted.pid).includes(database) ? `http://127.0.0.1:${noted.port}` : undefined;
}

function readNote(dataDir: string): EngineNote | undefined {
  try {
    return note.parse(JSON.parse(readFileSync(noteFile(dataDir), 'utf8')));
  } catch {
    // No note, or half of one: the engine behind it, if any, had not opened the file yet.
    return undefined;
  }
}

/** The command line of a process; empty when there is none or it has ended. */
function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** Signals the process with everything it started (the engine leads a group of its own). */
export function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-pid, name);
  } catch {
    // It has ended in the meantime, which is what was asked for.
  }
}
