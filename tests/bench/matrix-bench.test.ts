import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { encodeSnapshot } from '#shared/catalogue/matrix/encode-snapshot.ts';
import { benchPartners, meta } from './bench-partners.ts';
import { benchReport } from './bench-report.ts';

const run = promisify(execFile);

describe('the matrix engine', () => {
  // In a process of its own: the test runner rewrites imports, which slows our modules and not the libraries.
  // Few rounds and a machine that may have other work: half of what `npm run bench` demands is enough.
  test('answers as its peers and its single pass do, many times as fast, and the bench tells so', async () => {
    const sizes = ['1000', '2000'];
    const words = ['--rounds', '5', '--peers', 'itemsJs,crossFilter,miniSearch', '--share', '0.5'];
    const bench = ['tests/bench/matrix-bench.ts', '--json', '--sizes', sizes.join(), ...words];
    const { stdout } = await run(process.execPath, bench);
    const { matrix } = benchReport.parse(JSON.parse(stdout));
    expect(Object.keys(matrix)).toEqual(sizes);
    for (const { filter, text, joins, limit } of Object.values(matrix)) {
      expect(filter.peers['itemsjs']?.ratio).toBeGreaterThan(5);
      expect(Object.keys(filter.peers)).toEqual(['itemsjs', 'crossfilter2', 'one pass']);
      expect(Object.keys(text.peers)).toEqual(['minisearch', 'one pass']);
      expect(Object.keys(joins.peers)).toEqual(['one pass']);
      // The bits cannot be read faster than the system's own library reads them.
      expect(filter.engine.p50).toBeGreaterThan(limit.ms);
    }
  }, 150_000);

  test('has a snapshot of 100 partners under 25 kB', () => {
    const { core, sites, summaries, text } = encodeSnapshot(benchPartners(100, { seed: 3, alike: false }), meta);
    const bytes = [core, sites, summaries, text].map((part) => brotliCompressSync(JSON.stringify(part)).length);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(25_000);
  });
});
