// Plain JavaScript for Node 20 without dependencies: it is what runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const bin = join(root, 'node_modules', '.bin');

/** What each command hands over to. */
const commands = {
  start: { file: 'infra/local/main.ts' },
  test: { file: 'tests/run-all.ts' },
  check: { file: 'tests/check.ts' },
  journey: { file: 'tests/journeys/run.ts', browser: true },
  seed: { file: 'infra/local/seed.ts' },
  verify: { file: 'infra/local/verify.ts' },
  operate: { file: 'infra/local/operate.ts' },
  bench: { file: 'tests/bench/matrix-bench.ts' },
  storm: { file: 'tests/bench/write-storm.ts' },
};

/** Tells why in one sentence and ends. */
function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function installWhatIsMissing() {
  const installed = modified(join(root, 'node_modules', '.package-lock.json'));
  if (installed > 0 && modified(join(root, 'package-lock.json')) <= installed) return;
  process.stderr.write('Installing packages; the first time takes about a minute.\n');
  // npm tells its scripts where it is; run by hand, it is looked up.
  const npm = process.env.npm_execpath;
  const [file, leading] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const { status } = spawnSync(file, [...leading, 'ci', '--include=dev', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) refuse('The packages could not be installed: npm ci failed, and its message is above.');
}

function pinnedNode() {
  const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.node;
  const node = join(bin, 'node');
  const found = existsSync(node) ? spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim() : undefined;
  if (found === `v${pinned}`) return node;
  return refuse(`Node ${pinned} is needed and ${found ?? 'none'} is installed in node_modules: run npm ci.`);
}

/**
 * The processes between us and npm: a shell that stays, and npm above it. A shell that made way for us
 * leaves npm as our parent, and who is above npm is no concern of ours.
 */
function aboveUs() {
  const parent = process.ppid;
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    const [, name = '', rest = ''] = /\((.*)\) \S+ (\d+)/s.exec(stat) ?? [];
    return /^(ba|da|a|z|k)?sh$/.test(name) ? `${parent} ${rest}` : String(parent);
  } catch {
    // Only Linux shows it this way; elsewhere the parent alone has to do.
    return String(parent);
  }
}

function handOver(node, file, words) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, file), ...words], {
    cwd: root,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
    // The channel carries nothing: its end tells the child that we are gone.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm may be killed without a word to us; then nobody wants this to run on.
  if (process.env.npm_lifecycle_event !== undefined) {
    const chain = aboveUs();
    setInterval(() => aboveUs() !== chain && child.kill('SIGTERM'), 250).unref();
  }
  child.once('error', (error) => refuse(`Node could not be started: ${error.message}.`));
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

const [name = '', ...words] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined) refuse(`Say what to do: ${Object.keys(commands).join(', ')}.`);
installWhatIsMissing();
const node = pinnedNode();
if (!existsSync(join(root, command.file))) refuse(`${command.file} is missing, so there is no ${name}.`);
if (command.browser === true) {
  const { ensureChromium } = await import('./chromium.js');
  await ensureChromium().catch(({ message }) => refuse(message));
}
handOver(node, command.file, words);
