import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../infra/local/free-port.ts';
import { copyFilledStore } from '../support/fill-store.ts';

export interface Served {
  readonly address: string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

/**
 * What `npm start` starts, in a process of its own, on a free port and in a folder that goes at the end. Its store
 * is a copy of the one that all tests share.
 */
export async function serveInvented(): Promise<Served> {
  const dataDir = await copyFilledStore();
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
