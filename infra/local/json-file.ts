import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Reads a JSON file; undefined when there is none. */
export function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces the file in one step: after a kill it holds the old value or the new one. */
export function writeJsonFile(path: string, value: unknown): void {
  const half = `${path}.part`;
  writeFileSync(half, JSON.stringify(value), { mode: 0o600 });
  renameSync(half, path);
}
