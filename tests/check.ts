import { spawn } from 'node:child_process';

/** Types, lint, format, boundaries and dead code: what a machine can say without running anything. */
const checks: Readonly<Record<string, readonly string[]>> = {
  types: ['tsc', '-p', '.'],
  'types of the pages': ['svelte-check', '--tsconfig', 'web/tsconfig.json', '--fail-on-warnings'],
  lint: ['oxlint', '--type-aware', '--deny-warnings'],
  format: ['prettier', '--check', '--log-level', 'warn', '.'],
  boundaries: ['depcruise', 'shared', 'functions', 'infra', 'tests', 'web/src', '--config', '.dependency-cruiser.cjs'],
  'dead code': ['knip', '--no-config-hints'],
};

interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly output: string;
  readonly seconds: number;
}

function run(name: string, [command = '', ...words]: readonly string[], cwd = '.'): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    const output: string[] = [];
    const child = spawn(command, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (bytes) => output.push(String(bytes)));
    child.stderr.on('data', (bytes) => output.push(String(bytes)));
    const end = (passed: boolean): void =>
      resolve({ name, passed, output: output.join(''), seconds: (performance.now() - started) / 1000 });
    child.once('error', (error) => {
      output.push(error.message);
      end(false);
    });
    child.once('exit', (code) => end(code === 0));
  });
}

/** Two at a time: each of these fills a core. */
const queue = Object.entries(checks);
const outcomes: Outcome[] = [];

function report(outcome: Outcome): void {
  outcomes.push(outcome);
  process.stdout.write(`${outcome.passed ? 'ok  ' : 'FAIL'} ${outcome.name} (${outcome.seconds.toFixed(1)} s)\n`);
  if (!outcome.passed) process.stdout.write(`${outcome.output.trim()}\n`);
}

async function work(): Promise<void> {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) report(await run(...next));
}

// Both types and lint read what SvelteKit generates, which a new checkout lacks.
report(await run('generated types', ['svelte-kit', 'sync'], 'web'));
await Promise.all([work(), work()]);
process.exit(outcomes.every((outcome) => outcome.passed) ? 0 : 1);
