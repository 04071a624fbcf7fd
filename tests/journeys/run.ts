import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBrowser, type Journey } from './browser.ts';

/**
 * `npm run journey -- NAME`: one journey in the real browser, against a server of its own with an
 * empty store. Without a name, every journey in turn.
 */
const folder = import.meta.dirname;
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.journey.ts'))
  .map((file) => file.slice(0, -'.journey.ts'.length))
  .sort();

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? done(address.port) : fail(new Error('no port')),
      );
    });
  });
}

interface Served {
  readonly address: string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

/** Starts what `npm start` starts, on a free port and in a folder that goes at the end. */
async function serve(): Promise<Served> {
  const dataDir = mkdtempSync(join(tmpdir(), 'priority-partners-journey-'));
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, [resolve(folder, '../../infra/local/main.ts')], {
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

async function run(name: string): Promise<void> {
  const { journey } = (await import(join(folder, `${name}.journey.ts`))) as { journey: Journey }; // every journey file exports one
  const started = performance.now();
  const server = await serve();
  const browser = await openBrowser(server.address);
  try {
    await journey({ address: server.address, dataDir: server.dataDir, browser });
    process.stdout.write(`ok   ${name} (${Math.round((performance.now() - started) / 1000)} s)\n`);
  } finally {
    await browser.close();
    await server.stop();
  }
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no journey ${unknown.join(', ')}. There are: ${known.join(', ')}.\n`);
  process.exit(1);
}
for (const name of asked.length > 0 ? asked : known) await run(name);
