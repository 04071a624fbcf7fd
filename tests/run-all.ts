import { spawnSync } from 'node:child_process';
import { exampleContext } from './infra/aws/example-context.ts';
import { shareFilledStore } from './support/fill-store.ts';

/** Synthesis needs some words about the deployment, and asks no account. */
const context = Object.entries(exampleContext).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** `npm test`: everything, in the order in which a fault is cheapest to find. Stops at the first that fails. */
const steps: readonly (readonly [string, readonly string[]])[] = [
  ['The build of the pages', ['vite', 'build', 'web', '--logLevel', 'error']],
  ['Types, lint, boundaries, dead code', ['node', 'tests/check.ts']],
  ['Tests', ['vitest', 'run', '--reporter=dot', '--project=!bench']],
  // with nothing beside it: what shares the processor with it would be timed too
  ['The bench in short', ['vitest', 'run', '--reporter=dot', '--project=bench']],
  ['The deployment, synthesised', ['cdk', 'synth', '--quiet', ...context]],
  ['Journeys in the browser', ['node', 'tests/journeys/run.ts']],
];

process.once('exit', shareFilledStore());
const started = performance.now();
for (const [name, [command = '', ...words]] of steps) {
  const began = performance.now();
  process.stdout.write(`\n${name}\n`);
  const { status } = spawnSync(command, words, { stdio: 'inherit' });
  process.stdout.write(
    `${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${Math.round((performance.now() - began) / 1000)} s\n`,
  );
  if (status !== 0) process.exit(1);
}
process.stdout.write(`\nAll passed in ${Math.round((performance.now() - started) / 1000)} s\n`);
