import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../infra/local/free-port.ts';
import { fillStore } from '../support/fill-store.ts';

export interface Served {
  readonly address: string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

let filled: string | undefined;

/** A store that is filled once: to fill one for each journey would take as long as a journey. */
async function filledStore(): Promise<string> {
  if (filled !== undefined) return filled;
  const folder = mkdtempSync(join(tmpdir(), 'priority-partners-filled-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await fillStore(folder);
  filled = folder;
  return folder;
}

/**
 * What `npm start` starts, in a process of its own, on a free port and in a folder that goes at the end. Its store
 * is a copy of one that was filled for all journeys.
 */
export async function serveInvented(): Promise<Served> {
  const dataDir = mkdtempSync(join(tmpdir(), 'priority-partners-journey-'));
  cpSync(await filledStore(), dataDir, { recursive: true });
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, [resolve(import.meta.dirname, '../../infra/local/main.ts')], {
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, TEST_CLOCK: '1', SHOW_CAPACITY: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const ready = new Promise<void>((done, fail) => {
    child.stdout?.on('data', (bytes) => {
      if (String(bytes).includes('ready at')) done();
    });
    child.once('exit', (code) => fail(new Error(`The server ended with ${code} before it was ready.`)));
  });
  await Promise.race([
    ready,
    sleep(120_000, undefined, { ref: false }).then(() => {
      throw new Error('The server was not ready after two minutes.');
    }),
  ]);
  return {
    address: `http://localhost:${port}`,
    dataDir,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
