import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { buildFolder, buildsFolder } from '../../web/build-folder.ts';
import { StartRefusal } from './start-refusal.ts';

/** A build of the pages. */
export interface Pages {
  /** The page server in the Lambda form of its build. */
  readonly handler: string;
  /** The folder of the files that are served under their own names. */
  readonly files: string;
  /** Says that we serve it no longer. */
  release(): void;
}

/** Builds that stay although nobody serves them: today's, and the one to compare it with. */
const kept = 2;
/** Which process serves which build: an empty file `<pid>.<build>` for each. */
const usedFolder = 'used';

/**
 * The pages as they are in `root`, built first where they are not yet. What a running server serves is
 * left alone. Throws StartRefusal when they cannot be built.
 */
export async function builtPages(
  root = resolve(import.meta.dirname, '../..'),
  build: (root: string) => Promise<boolean> = viteBuild,
): Promise<Pages> {
  const folder = buildFolder(root);
  const handler = join(folder, 'handler.js');
  if (!existsSync(handler)) {
    process.stderr.write('Building the pages.\n');
    if (!(await build(root)) || !existsSync(handler)) throw new StartRefusal('The pages could not be built.');
  }
  const note = join(buildsFolder(root), usedFolder, `${process.pid}.${basename(folder)}`);
  mkdirSync(join(buildsFolder(root), usedFolder), { recursive: true });
  writeFileSync(note, '');
  utimesSync(folder, new Date(), new Date());
  removeUnused(buildsFolder(root));
  return { handler, files: join(folder, 'client'), release: () => rmSync(note, { force: true }) };
}

async function viteBuild(root: string): Promise<boolean> {
  return await new Promise((done) => {
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
    child.once('error', () => done(false));
    child.once('exit', (status) => done(status === 0));
  });
}

/** Removes all builds but the newest and those that a running process serves. */
function removeUnused(builds: string): void {
  const used = new Set<string>();
  for (const note of readdirSync(join(builds, usedFolder))) {
    const [pid = '', build = ''] = note.split('.');
    if (isRunning(Number(pid))) used.add(build);
    else rmSync(join(builds, usedFolder, note), { force: true });
  }
  const newestFirst = readdirSync(builds)
    .filter((name) => name !== usedFolder)
    .map((name) => ({ name, at: statSync(join(builds, name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at);
  for (const { name } of newestFirst.slice(kept))
    if (!used.has(name)) rmSync(join(builds, name), { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
