import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { encodeSnapshot } from '#shared/catalogue/matrix/encode-snapshot.ts';
import { benchPartners, meta } from './bench-partners.ts';
import { contest, median } from './matrix-contest.ts';

/** `npm run bench`: the matrix engine beside itemsjs at 1,000 partners, and the size of a snapshot. */

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '11' }, repeats: { type: 'string', default: '4' } },
});

const leastRatio = 5;
const mostBytes = 25_000;

const { differences, ratios, engine, itemsjs } = contest({
  partners: 1_000,
  queries: 50,
  rounds: Number(values.rounds),
  repeats: Number(values.repeats),
});
assert.deepEqual(differences, [], 'The engine and itemsjs answer differently.');

console.table(
  ratios.map((ratio, round) => ({
    round: round + 1,
    'engine, ms': Number(engine[round]?.toFixed(4)),
    'itemsjs, ms': Number(itemsjs[round]?.toFixed(4)),
    ratio: Number(ratio.toFixed(1)),
  })),
);
console.log(
  `1,000 partners, 50 queries with all facets: itemsjs takes ${median(ratios).toFixed(1)} times as long (median of paired rounds).`,
);

const bytes = brotliCompressSync(
  JSON.stringify(encodeSnapshot(benchPartners(100, { seed: 3, alike: false }), meta)),
).length;
console.log(`The snapshot of 100 partners is ${bytes.toLocaleString('en-US')} bytes with brotli.`);

assert.ok(median(ratios) >= leastRatio, `The engine has to be at least ${leastRatio} times as fast as itemsjs.`);
assert.ok(bytes < mostBytes, `The snapshot of 100 partners has to be under ${mostBytes} bytes.`);
