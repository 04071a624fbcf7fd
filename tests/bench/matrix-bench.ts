import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { benchPartners } from './bench-partners.ts';
import { filterQueries, joinQueries, textQueries } from './bench-queries.ts';
import { benchReport, printReport, rankingOf, type SizeReport } from './bench-report.ts';
import type { FlatItem } from './flat-items.ts';
import { comparable, contest, contestOfJoins, type Contest } from './matrix-contest.ts';
import type { Peer } from './peers/peer.ts';
import { crossFilter } from './peers/crossfilter2.ts';
import { flexSearch } from './peers/flexsearch.ts';
import { itemsJs } from './peers/itemsjs.ts';
import { miniSearch } from './peers/minisearch.ts';
import { orama } from './peers/orama.ts';
import { plain } from './peers/plain.ts';
import { sqlite } from './peers/sqlite.ts';
import { physicalLimit } from './physical-limit.ts';
import { weigh } from './snapshot-weight.ts';

/** `npm run bench`: the matrix engine beside its peers, and what a snapshot weighs. */

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000' },
    rounds: { type: 'string', default: '9' },
    peers: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    /** The share of the least ratios that has to be reached: less than 1 where the machine does other work meanwhile. */
    share: { type: 'string', default: '1' },
  },
});
const rounds = Number(values.rounds);
const share = Number(values.share);

type Peers = Readonly<Record<string, (items: readonly FlatItem[]) => Peer>>;
/** Who filters and counts facets by itself. */
const filtering: Peers = { itemsJs, crossFilter, orama, sqlite, plain };
/** Who can be asked for texts of which each word begins a word of the item; some only find, and are counted by hand. */
const searching: Peers = { flexSearch, miniSearch, orama, sqlite, plain };
/** Who is asked up to a size only: with more partners its queries take minutes. */
const mostItems: Readonly<Record<string, number>> = { orama: 1_000, naive: 10_000 };

function isAsked(name: string, size: number): boolean {
  return size <= (mostItems[name] ?? size) && (values.peers === '' || values.peers.split(',').includes(name));
}

function peersOf(all: Peers, items: readonly FlatItem[]): readonly Peer[] {
  return Object.entries(all)
    .filter(([name]) => isAsked(name, items.length))
    .map(([, make]) => make(items));
}

/** What has to hold at each size: how many times as fast as the fastest library, and as one pass over the rows. */
const leastOfFew = { peers: 20, onePass: 10, text: 4 };
const leastOfMany = { peers: 40, onePass: 10, text: 10 };
const few = 3_000;

/** How many times its raw bytes the core may take in memory, above `few` partners: below, what is measured with it counts. */
const mostMemory = 1.5;

/** Bytes that the core may take, compressed as well as brotli can. */
const mostBytes: Readonly<Record<number, number>> = { 1_000: 30_000, 10_000: 260_000, 100_000: 2_600_000 };

/** The partners are let go before the next contest, so that collecting memory does not walk over them each time. */
function run(size: number): {
  readonly report: SizeReport;
  readonly filtered: Contest;
  readonly searched: Contest;
  readonly joined: Contest;
} {
  const weighed = weighAndJoin(size);
  const { field, items } = comparable(size);
  const filtered = contest(field, peersOf(filtering, items), filterQueries(50), rounds);
  const texts = textQueries(
    20,
    items.map((item) => item.text),
  );
  const searched = contest(field, peersOf(searching, items), texts, rounds);
  const report = {
    filter: rankingOf(filtered),
    text: rankingOf(searched),
    joins: rankingOf(weighed.joined),
    snapshot: weighed.snapshot,
    limit: physicalLimit(field.columns),
  };
  return { report, filtered, searched, joined: weighed.joined };
}

/** On partners whose rows differ, as those of a program do. */
function weighAndJoin(size: number) {
  const partners = benchPartners(size, { seed: 3, alike: false });
  const [text = assert.fail('There is no text to ask.')] = textQueries(
    1,
    partners.slice(0, 1).map((one) => one.summary),
  );
  const { field, snapshot } = weigh(partners, { filters: filterQueries(50), text });
  const naively = isAsked('naive', size) ? partners : [];
  return { snapshot, joined: contestOfJoins(field, naively, joinQueries(20), rounds) };
}

/** What does not hold, a sentence each. */
function faults(size: number, { report, filtered, searched, joined }: ReturnType<typeof run>): readonly string[] {
  const [best, bestText] = [fastest(filtered.peers), fastest(searched.peers)];
  const demand = (name: string, ratio: number, wanted: number): readonly string[] =>
    // A peer that was not asked has no ratio.
    ratio < wanted * share
      ? [`At ${size} ${name} takes ${ratio.toFixed(1)} times as long, and ${wanted * share} is the least.`]
      : [];
  const least = size <= few ? leastOfFew : leastOfMany;
  const most = mostBytes[size] ?? Number.POSITIVE_INFINITY;
  const { coreBrotli, coreRaw, memory } = report.snapshot;
  return [
    ...filtered.differences,
    ...joined.differences,
    ...demand(best.name, best.ratio, least.peers),
    ...demand('one pass', filtered.peers['one pass']?.ratio ?? Number.NaN, least.onePass),
    ...demand(`${bestText.name}, for texts,`, bestText.ratio, least.text),
    ...(coreBrotli <= most ? [] : [`At ${size} the core is ${coreBrotli} bytes, and ${most} is the most.`]),
    ...(size <= few || memory <= coreRaw * mostMemory
      ? []
      : [`At ${size} the core takes ${memory} bytes of memory, and ${mostMemory} times ${coreRaw} is the most.`]),
  ];
}

function fastest(peers: Contest['peers']): { readonly name: string; readonly ratio: number } {
  const outside = Object.entries(peers).filter(([name]) => name !== 'one pass' && name !== 'plain objects');
  const [best] = outside.toSorted(([, a], [, b]) => a.ratio - b.ratio);
  return { name: best?.[0] ?? 'none', ratio: best?.[1].ratio ?? Number.NaN };
}

const matrix: Record<string, SizeReport> = {};
const broken: string[] = [];
for (const size of values.sizes.split(',').map(Number)) {
  const result = run(size);
  matrix[size] = result.report;
  broken.push(...faults(size, result));
  if (!values.json) printReport(size, result.report, result.searched);
}
if (values.json) console.log(JSON.stringify(benchReport.parse({ matrix })));
assert.deepEqual(broken, []);
