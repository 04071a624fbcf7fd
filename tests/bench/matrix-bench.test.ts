import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { encodeSnapshot } from '#shared/catalogue/matrix/encode-snapshot.ts';
import { benchPartners, meta } from './bench-partners.ts';

const run = promisify(execFile);

describe('the matrix engine', () => {
  // In a process of its own: the test runner rewrites imports, which slows our modules and not the library.
  test('answers as itemsjs does, in a fifth of its time or less', async () => {
    const { stdout } = await run(process.execPath, ['tests/bench/matrix-bench.ts', '--rounds', '9', '--repeats', '2']);
    expect(stdout).toMatch(/itemsjs takes [\d.]+ times as long/);
  }, 60_000);

  test('has a snapshot of 100 partners under 25 kB', () => {
    const snapshot = encodeSnapshot(benchPartners(100, { seed: 3, alike: false }), meta);
    expect(brotliCompressSync(JSON.stringify(snapshot)).length).toBeLessThan(25_000);
  });
});
