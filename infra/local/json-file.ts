import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type * as z from 'zod';
import { StartRefusal } from './start-refusal.ts';

/** What an unreadable file of the data folder is answered with. */
export function unreadable(path: string): StartRefusal {
  return new StartRefusal(
    `The file ${path} does not hold what a server wrote there: put it back from a copy, or move it away and start again.`,
  );
}

/** Reads a JSON file; undefined when there is none. Throws StartRefusal when it is damaged. */
export function readJsonFile<S extends z.ZodType>(path: string, schema: S): z.infer<S> | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw unreadable(path);
  }
  const parsed = schema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw unreadable(path);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Replaces the file in one step: after a kill it holds the old value or the new one. */
export function writeJsonFile(path: string, value: unknown): void {
  const half = `${path}.part`;
  writeFileSync(half, JSON.stringify(value), { mode: 0o600 });
  renameSync(half, path);
}
