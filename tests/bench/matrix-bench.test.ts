import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { encodeSnapshot } from '#shared/catalogue/matrix/encode-snapshot.ts';
import { benchPartners, meta } from './bench-partners.ts';

const run = promisify(execFile);

describe('the matrix engine', () => {
  // In a process of its own: the test runner rewrites imports, which slows our modules and not the libraries.
  // Other tests run beside it, so half of what `npm run bench` demands is enough, and five times itemsjs.
  test('answers as its peers do, and many times as fast', async () => {
    const words = [
      '--sizes',
      '1000,10000',
      '--rounds',
      '5',
      '--peers',
      'itemsJs,crossFilter,miniSearch',
      '--share',
      '0.5',
    ];
    const { stdout } = await run(process.execPath, ['tests/bench/matrix-bench.ts', ...words, '--json']);
    const { matrix }: { matrix: Record<string, { filter: { peers: Record<string, { ratio: number }> } }> } =
      JSON.parse(stdout);
    for (const size of ['1000', '10000']) expect(matrix[size]?.filter.peers['itemsjs']?.ratio).toBeGreaterThan(5);
  }, 90_000);

  test('has a snapshot of 100 partners under 25 kB', () => {
    const { core, sites, summaries, text } = encodeSnapshot(benchPartners(100, { seed: 3, alike: false }), meta);
    const bytes = [core, sites, summaries, text].map((part) => brotliCompressSync(JSON.stringify(part)).length);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(25_000);
  });
});
