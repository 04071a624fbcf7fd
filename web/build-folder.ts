import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the build reads, from the project's root. */
const inputs = ['web', 'shared', 'package.json', 'package-lock.json'];
/** What the build writes, and packages. */
const outputs = new Set(['build', 'node_modules', '.svelte-kit']);

/** Where every build of the pages stands, in a folder of its own. */
export function buildsFolder(root: string): string {
  return join(root, 'web/build');
}

/**
 * Where the pages stand that are built from what is in `root` now: the folder is named by the content
 * of everything that the build reads, so a build is never written over while somebody serves it.
 */
export function buildFolder(root: string): string {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of filesIn(root, input))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(root, file)))
        .update('\0');
  }
  return join(buildsFolder(root), hash.digest('hex').slice(0, 16));
}

function filesIn(root: string, path: string): readonly string[] {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [path];
  const names = readdirSync(join(root, path)).filter((name) => !outputs.has(name));
  return names.sort().flatMap((name) => filesIn(root, `${path}/${name}`));
}
