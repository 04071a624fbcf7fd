import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { openDataFolder } from '../../../infra/local/data-folder.ts';
import { deadLettersIn } from '../../../infra/local/dead-letters.ts';
import { queueFiles } from '../../../infra/local/queue.ts';
import { QueueStore } from '../../../infra/local/queue-store.ts';
import { scratchFolder } from './scratch-folder.ts';

const local = join(import.meta.dirname, '../../../infra/local');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function runMain(environment: Record<string, string>, folder = local): Promise<Ended> {
  return run([join(folder, 'main.ts')], environment);
}

async function run(command: readonly string[], environment: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, command, { env: { ...process.env, ...environment } });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}

/** One sentence on standard error: a line that ends with a full stop, and nothing besides. */
const sentence = /^[A-Z][^\n]*\.\n$/;

test('a busy port is told in one sentence', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const ended = await runMain({ PORT: port, DATA_DIR: scratchFolder() });
  expect(ended).toMatchObject({ code: 1, out: '', err: expect.stringMatching(sentence) });
  expect(ended.err).toContain(`Port ${port} is already in use`);
});

test('a data folder that cannot be used and a port that is no number are told in one sentence', async () => {
  const file = join(scratchFolder(), 'file');
  writeFileSync(file, 'text');
  const noFolder = await runMain({ PORT: '0', DATA_DIR: file });
  expect(noFolder).toMatchObject({ code: 1, out: '', err: expect.stringMatching(sentence) });
  expect(noFolder.err).toContain('cannot be read and written');
  const noPort = await runMain({ PORT: 'eighty', DATA_DIR: scratchFolder() });
  expect(noPort).toMatchObject({ code: 1, out: '', err: expect.stringMatching(sentence) });
});

test.runIf(process.platform === 'linux')(
  'a folder that cannot be made is told in one sentence, and not tried for ever',
  { timeout: 20_000 },
  async () => {
    for (const folder of ['/proc/x', '/proc/x/y']) {
      const ended = await runMain({ PORT: '0', DATA_DIR: folder });
      expect(ended).toMatchObject({ code: 1, out: '', err: expect.stringMatching(sentence) });
      expect(ended.err).toContain(`The data folder ${folder} cannot be read and written`);
    }
  },
);

test('folders above a new data folder are made for their owner alone', () => {
  const parent = join(scratchFolder(), 'new');
  const opened = openDataFolder(join(parent, 'deep'));
  onTestFinished(() => opened.release());
  expect(statSync(parent).mode & 0o777).toBe(0o700);
});

test.each([
  ['queue.sqlite', 'no database, but long enough to have been one once, as a torn copy is'],
  ['secrets.json', '{"web":'],
  ['secrets.json', '{"web":"short"}'],
  ['stream-place.json', '{"stream":7}'],
])('a broken %s is told in one sentence that names it', { timeout: 60_000 }, async (name, text) => {
  const dataDir = scratchFolder();
  writeFileSync(join(dataDir, name), text);
  const script = `const { startAll } = await import(${JSON.stringify(join(local, 'start-all.ts'))});
    const { fixtureParts } = await import(${JSON.stringify(join(import.meta.dirname, 'fixture-parts.ts'))});
    await startAll({ parts: fixtureParts, dataDir: ${JSON.stringify(dataDir)} }).catch((error) => {
      console.log(JSON.stringify([error.name, error.message]));
      process.exit(0);
    });
    console.log('started');`;
  const ended = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    timeout: 50_000,
  });
  const [kind, said] = JSON.parse(ended.stdout);
  expect(kind).toBe('StartRefusal');
  expect(`${said}\n`).toMatch(sentence);
  expect(said).toContain(join(dataDir, name));
});

test.runIf(process.platform === 'linux')('a missing engine is told in one sentence', async () => {
  const root = join(local, '../..');
  const copy = scratchFolder();
  for (const part of ['infra', 'shared', 'web/build-folder.ts', 'package.json'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  mkdirSync(join(copy, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '@dynoxide') symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name));
  const ended = await runMain({ PORT: '0', DATA_DIR: scratchFolder() }, join(copy, 'infra/local'));
  expect(ended).toMatchObject({ code: 1, out: '', err: expect.stringMatching(sentence) });
  expect(ended.err).toContain('The database engine is missing');
});

test('dead letters of a data folder are put back by an operator', { timeout: 60_000 }, async () => {
  const folder = scratchFolder();
  const { file, deadLetterFile } = queueFiles(folder);
  const letter = {
    consumer: 'demand',
    id: 'a',
    body: '{}',
    receives: 5,
    at: '2026-11-01T00:00:00.000Z',
    reason: 'none',
  };
  deadLettersIn(deadLetterFile).add(letter);
  const ended = await run([join(local, 'operate.ts'), 'replay'], { DATA_DIR: folder });
  expect(ended).toMatchObject({ code: 0, err: '', out: 'Put 1 dead letters back; the next start hands them out.\n' });
  const store = new QueueStore(file);
  onTestFinished(() => store.close());
  expect(store.counts()).toEqual(new Map([['demand', 1]]));
  expect(deadLettersIn(deadLetterFile).all()).toEqual([]);
  const elsewhere = await run([join(local, 'operate.ts'), 'replay'], { TABLE_NAME: 'a-deployment' });
  expect(elsewhere).toMatchObject({ code: 1, out: '', err: expect.stringMatching(sentence) });
});

test('the bootstrap says what it can do', () => {
  const ended = spawnSync(process.execPath, [join(local, 'bootstrap.js'), 'fly'], { encoding: 'utf8' });
  expect(ended.status).toBe(1);
  expect(ended.stderr).toMatch(/^Say what to do: start, test, .*\.\n$/);
});

interface Server {
  readonly process: ChildProcess;
  readonly address: string;
  readonly tableEndpoint: string;
}

/** All parts in a process of their own, with small functions in place of the real ones. */
async function serverOn(dataDir: string): Promise<Server> {
  const script = `const { startAll } = await import(${JSON.stringify(join(local, 'start-all.ts'))});
    const { fixtureParts } = await import(${JSON.stringify(join(import.meta.dirname, 'fixture-parts.ts'))});
    const running = await startAll({ parts: fixtureParts, dataDir: ${JSON.stringify(dataDir)} });
    console.log(JSON.stringify({ address: running.address, tableEndpoint: running.tableEndpoint }));
    process.once('SIGTERM', () => running.stop().then(() => process.exit(0)));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  const [line] = await once(child.stdout, 'data');
  return { process: child, ...JSON.parse(String(line)) };
}

async function mailed(server: Server): Promise<readonly string[]> {
  const { messages } = await (await fetch(`${server.address}/mailbox.json`)).json();
  return messages.map((mail: { subject: string }) => mail.subject);
}

test(
  'after a SIGKILL amid writes, all that was acknowledged is there and takes its effect',
  { timeout: 60_000 },
  async () => {
    const dataDir = scratchFolder();
    const first = await serverOn(dataDir);
    const client = new DynamoDBClient({
      endpoint: first.tableEndpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
    onTestFinished(() => client.destroy());
    const acknowledged: string[] = [];
    let written = 0;
    const write = async (): Promise<void> => {
      while (first.process.exitCode === null && first.process.signalCode === null) {
        const sk = `EVENT#${String((written += 1)).padStart(9, '0')}`;
        await client.send(
          new PutItemCommand({ TableName: 'priority-partners', Item: { pk: { S: 'a' }, sk: { S: sk } } }),
        );
        acknowledged.push(sk);
      }
    };
    const writers = [write(), write(), write()];
    while (acknowledged.length < 100) await sleep(5);
    first.process.kill('SIGKILL');
    await Promise.all(writers);

    const second = await serverOn(dataDir);
    let missing: string[] = [];
    for (let attempt = 0; attempt < 300; attempt += 1) {
      const subjects = new Set(await mailed(second));
      missing = acknowledged.filter((sk) => !subjects.has(sk));
      if (missing.length === 0) break;
      await sleep(100);
    }
    expect(missing).toEqual([]);
  },
);
