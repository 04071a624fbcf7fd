import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { contextEntry } from './contexts.ts';
import { queueReaders } from './consumers.ts';
import { buildFolder } from '../../web/build-folder.ts';
import { declaredRoutes } from '#shared/contract/routes.ts';

/** The contexts that have routes, each once. */
export const servedContexts = [...new Set(declaredRoutes.map((route) => route.context))];

export const relayEntry = 'functions/relay/handler.ts';
export const clockEntry = 'functions/clock/handler.ts';

/** The page server and the files it needs beside it, as `web/adapter.ts` builds them into `buildFolder`. */
export const webBuild = { handler: 'handler.js', parts: 'server', client: 'client' } as const;

/** Every function of the project that is bundled. */
export const functionEntries: readonly string[] = [
  ...servedContexts.map(contextEntry),
  relayEntry,
  clockEntry,
  ...Object.values(queueReaders).map((reader) => reader.entry),
];

/** Throws one sentence that names every file that is declared and not there. */
export function requireSources(root: string): void {
  const missing = functionEntries.filter((entry) => !existsSync(join(root, entry)));
  if (missing.length > 0)
    throw new Error(`These functions are declared, but their files are missing: ${missing.join(', ')}.`);
  const folder = buildFolder(root);
  const missingParts = Object.values(webBuild).filter((part) => !existsSync(join(folder, part)));
  if (missingParts.length > 0) {
    throw new Error(
      `The pages are not built as they are now: ${folder} lacks ${missingParts.join(', ')}. Build them first (npm exec -- vite build web).`,
    );
  }
}

/** The programs' own folders, whose `program.json` goes beside every bundle. */
export function programFolders(root: string): readonly string[] {
  return readdirSync(join(root, 'shared/programs'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'shared/programs', entry.name, 'program.json')))
    .map((entry) => entry.name)
    .sort();
}
