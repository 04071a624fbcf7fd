import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/**
 * Test files that set up their process – a whole site in it, its environment, what it fetches with – as a function
 * finds it set up once for its life. Each gets a process of its own; the others share theirs, for to start one and to
 * read everything again takes as long as most files do.
 */
const setsUpItsProcess = /\b(startAll|testSite|theTable|theFiles|theQueues|stubEnv|stubGlobal)\b|\bprocess\.env\b/;
const bench = 'tests/bench/**/*.test.ts';
const inProcessOfItsOwn = globSync('tests/**/*.test.ts', { exclude: [bench] }).filter((file) =>
  setsUpItsProcess.test(readFileSync(file, 'utf8')),
);

export default defineConfig({
  test: {
    globalSetup: 'tests/support/share-filled-store.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // a page beside other tests may take more than the second that is the default
    expect: { poll: { timeout: 10_000 } },
    // what a test provokes on purpose need not fill the terminal
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
    // two cores: more workers only take turns
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'own process', include: inProcessOfItsOwn } },
      {
        extends: true,
        test: {
          name: 'shared process',
          include: ['tests/**/*.test.ts'],
          exclude: [bench, ...inProcessOfItsOwn],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'bench', include: [bench] } },
    ],
  },
});
