import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureChromium } from '../infra/local/chromium.js';
import { exampleContext } from './infra/aws/example-context.ts';
import { shareFilledStore } from './support/fill-store.ts';

/** Synthesis needs some words about the deployment, and asks no account. */
const context = Object.entries(exampleContext).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

type Step = readonly [name: string, command: readonly [string, ...string[]]];

/** `npm test`: everything, in the order in which a fault is cheapest to find. Stops at the first that fails. */
const withoutBrowser: readonly Step[] = [
  ['The build of the pages', ['vite', 'build', 'web', '--logLevel', 'error']],
  ['Types, lint, boundaries, dead code', ['node', 'tests/check.ts']],
];
const others: readonly Step[] = [
  ['Tests', ['vitest', 'run', '--reporter=dot', '--project=!bench']],
  // with nothing beside it: what shares the processor with it would be timed too
  ['The bench in short', ['vitest', 'run', '--reporter=dot', '--project=bench']],
  ['The deployment, synthesised', ['cdk', 'synth', '--quiet', ...context]],
  ['Journeys in the browser', ['node', 'tests/journeys/run.ts']],
];

async function pass([name, [command, ...words]]: Step): Promise<void> {
  const began = performance.now();
  process.stdout.write(`\n${name}\n`);
  const [status] = await once(spawn(command, words, { stdio: 'inherit' }), 'exit');
  process.stdout.write(
    `${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${Math.round((performance.now() - began) / 1000)} s\n`,
  );
  if (status !== 0) process.exit(1);
}

process.once('exit', shareFilledStore());
const started = performance.now();
const browser = ensureChromium();
// It is looked at below: where a step fails before, that is what is told.
browser.catch(() => undefined);
for (const step of withoutBrowser) await pass(step);
await browser;
for (const step of others) await pass(step);
process.stdout.write(`\nAll passed in ${Math.round((performance.now() - started) / 1000)} s\n`);
