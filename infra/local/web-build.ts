import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StartRefusal } from './start-refusal.ts';

const root = resolve(import.meta.dirname, '../..');

/** What the build reads; a change in any of it makes the build old. */
const sources = ['web', 'shared', 'package-lock.json'];
/** What the build writes, and packages. */
const outputs = new Set(['build', 'node_modules', '.svelte-kit']);

/** Builds the pages when there is no build or when a source is newer. Throws StartRefusal when that fails. */
export async function buildWeb(builtFile: string): Promise<void> {
  const built = modified(join(root, builtFile));
  if (built > 0 && sources.every((source) => newest(join(root, source)) <= built)) return;
  process.stderr.write('Building the pages.\n');
  const code = await new Promise<number | null>((done) => {
    const child = spawn(
      process.execPath,
      [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'],
      {
        cwd: join(root, 'web'),
        // A test runner sets another environment, in which the pages would be built for debugging.
        env: { ...process.env, NODE_ENV: 'production' },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    child.once('error', () => done(1));
    child.once('exit', (status) => done(status));
  });
  if (code !== 0 || modified(join(root, builtFile)) === 0) throw new StartRefusal('The pages could not be built.');
}

function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isDirectory()) return stat?.mtimeMs ?? 0;
  const names = readdirSync(path);
  const inner = names.filter((name) => !outputs.has(name));
  // A folder's own time tells of removed files, but the build's output changes that of its parent too.
  const own = inner.length === names.length ? stat.mtimeMs : 0;
  return Math.max(own, ...inner.map((name) => newest(join(path, name))));
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
