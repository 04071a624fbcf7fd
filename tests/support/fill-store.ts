import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Names the folder of the shared store to all processes of one run. */
const sharedFolder = 'FILLED_STORE';
/** To fill a store takes half a minute on a slow machine with other work. */
const mostWait = 120_000;

/**
 * Fills an empty data folder as `npm run seed` does, in a process of its own.
 * @throws Error where it cannot be filled; the process has told why.
 */
export async function fillStore(folder: string): Promise<void> {
  const seed = join(import.meta.dirname, '../../infra/local/seed.ts');
  const environment = { ...process.env, DATA_DIR: folder };
  const [code] = await once(
    spawn(process.execPath, [seed], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] }),
    'exit',
  );
  if (code !== 0) throw new Error(`The store in ${folder} could not be filled.`);
}

/**
 * Lets this process and all that it starts share one filled store. Does nothing where whoever started this one did.
 * @returns what takes the store away.
 */
export function shareFilledStore(): () => void {
  if (process.env[sharedFolder] !== undefined) return () => undefined;
  const folder = mkdtempSync(join(tmpdir(), 'priority-partners-filled-'));
  process.env[sharedFolder] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/**
 * A new folder with a copy of the shared store. Whoever asks first fills that, and the others wait: to fill one for each
 * would take as long as a journey.
 * @returns the folder, which the caller removes.
 * @throws Error where nobody shares a store, or it could not be filled.
 */
export async function copyFilledStore(): Promise<string> {
  const folder = process.env[sharedFolder];
  if (folder === undefined) throw new Error('Nobody shares a filled store; call shareFilledStore first.');
  const store = join(folder, 'store');
  const filled = join(folder, 'filled');
  const failed = join(folder, 'failed');
  if (mkdirSync(store, { recursive: true }) !== undefined) {
    try {
      await fillStore(store);
      writeFileSync(filled, '');
    } catch (error) {
      writeFileSync(failed, '');
      throw error;
    }
  }
  const began = performance.now();
  while (!existsSync(filled)) {
    if (existsSync(failed) || performance.now() - began > mostWait)
      throw new Error('The shared store could not be filled.');
    await sleep(100);
  }
  const copy = mkdtempSync(join(tmpdir(), 'priority-partners-copy-'));
  cpSync(store, copy, { recursive: true });
  return copy;
}
