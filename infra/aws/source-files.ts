import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { contextEntry } from './contexts.ts';
import { queueReaders } from './consumers.ts';
import { declaredRoutes } from '#shared/contract/routes.ts';

/** The contexts that have routes, each once. */
export const servedContexts = [...new Set(declaredRoutes.map((route) => route.context))];

export const relayEntry = 'functions/relay/handler.ts';

/** The page server and the files it needs beside it, as `web/adapter.ts` builds them. */
export const webBuild = { folder: 'web/build', handler: 'handler.js', parts: 'server', client: 'client' } as const;

/** Every function of the project that is bundled. */
export const functionEntries: readonly string[] = [
  ...servedContexts.map(contextEntry),
  relayEntry,
  ...Object.values(queueReaders).map((reader) => reader.entry),
];

/** Throws one sentence that names every file that is declared and not there. */
export function requireSources(root: string): void {
  const missing = functionEntries.filter((entry) => !existsSync(join(root, entry)));
  if (missing.length > 0)
    throw new Error(`These functions are declared, but their files are missing: ${missing.join(', ')}.`);
  const build = [webBuild.handler, webBuild.parts, webBuild.client].map((part) => join(webBuild.folder, part));
  if (build.some((part) => !existsSync(join(root, part)))) {
    throw new Error(
      `The pages are not built: ${build.join(', ')} must exist. Build them first (npm exec -- vite build web).`,
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
