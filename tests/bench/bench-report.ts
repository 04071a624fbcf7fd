import * as z from 'zod';
import type { Contest } from './matrix-contest.ts';

/** What `npm run bench -- --json` prints: times in milliseconds, sizes in bytes, ratios peer / engine. */

const milliseconds = z.number().positive();
const bytes = z.number().int();
const times = z.strictObject({ p50: milliseconds, p99: milliseconds });
const ranking = z.strictObject({
  engine: times,
  peers: z.record(z.string(), z.strictObject({ ...times.shape, ratio: z.number().positive() })),
});

const sizeReport = z.strictObject({
  filter: ranking,
  text: ranking,
  joins: ranking,
  snapshot: z.strictObject({
    coreBrotli: bytes.positive(),
    coreRaw: bytes.positive(),
    buildMs: milliseconds,
    loadMs: milliseconds,
    coreLoadMs: milliseconds,
    memory: bytes,
    memoryOf: z.strictObject({ core: bytes, sites: bytes, sets: bytes, texts: bytes }),
    scenarioMs: milliseconds,
  }),
  limit: z.strictObject({ bytes: bytes.positive(), ms: milliseconds }),
});
export type SizeReport = z.infer<typeof sizeReport>;

/** By number of partners. */
export const benchReport = z.strictObject({ matrix: z.record(z.string(), sizeReport) });

/** What a contest found, without what it compared. */
export function rankingOf({ engine, peers }: Contest): z.infer<typeof ranking> {
  return { engine, peers };
}

export function printReport(size: number, report: SizeReport, searched: Contest): void {
  const { snapshot, limit } = report;
  const partners = `${size.toLocaleString('en-US')} partners`;
  console.log(`${partners}, 50 queries with all facets`);
  console.table(rows(report.filter));
  console.log(`${partners}, 20 texts with filters (${searched.differences.length} answers differ)`);
  for (const one of searched.differences.slice(0, 3)) console.log(one);
  console.table(rows(report.text));
  console.log(
    `${partners}, 20 queries that join approvals, offerings and findings, with a cost scenario; another scenario takes ${rounded(snapshot.scenarioMs)} ms more`,
  );
  console.table(rows(report.joins));
  console.log(`${partners}, the snapshot`);
  console.table({
    'core, raw': inBytes(snapshot.coreRaw),
    'core, brotli 11': inBytes(snapshot.coreBrotli),
    'bytes a partner, brotli 11': { value: Number((snapshot.coreBrotli / size).toFixed(1)) },
    'encoded, written and compressed': inMilliseconds(snapshot.buildMs),
    'core parsed and decoded': inMilliseconds(snapshot.coreLoadMs),
    'core and sites parsed and decoded': inMilliseconds(snapshot.loadMs),
    ...Object.fromEntries(
      Object.entries(snapshot.memoryOf).map(([part, size]) => [`memory of the ${part}`, inBytes(size)]),
    ),
    'bits that a query counts': inBytes(limit.bytes),
    'reading them once': inMilliseconds(limit.ms),
    'a filter query, times that': { value: Number((report.filter.engine.p50 / limit.ms).toFixed(1)) },
  });
}

function rows({ engine, peers }: SizeReport['filter']) {
  return Object.fromEntries([
    ['engine', { 'p50, ms': rounded(engine.p50), 'p99, ms': rounded(engine.p99) }],
    ...Object.entries(peers).map(([name, { p50, p99, ratio }]) => [
      name,
      { 'p50, ms': rounded(p50), 'p99, ms': rounded(p99), 'times the engine': Number(ratio.toFixed(1)) },
    ]),
  ]);
}

function inBytes(size: number) {
  return { value: Number((size / 1_000).toFixed(1)), unit: 'kB' };
}

function inMilliseconds(time: number) {
  return { value: rounded(time), unit: 'ms' };
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
