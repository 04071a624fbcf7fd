import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { encodeSnapshot } from '#shared/catalogue/matrix/encode-snapshot.ts';
import { bitFilter } from '#shared/catalogue/matrix/bit-filter.ts';
import type { MatrixColumns } from '#shared/catalogue/matrix/columns.ts';
import { compareAll } from '#shared/catalogue/matrix/compare-all.ts';
import { decodeText } from '#shared/catalogue/matrix/decode-text.ts';
import { filter, type MatrixAnswer } from '#shared/catalogue/matrix/filter.ts';
import type { MatrixPartner } from '#shared/catalogue/matrix/partner.ts';
import { searchIn } from '#shared/catalogue/matrix/search.ts';
import { singlePass, type Way } from '#shared/catalogue/matrix/single-pass.ts';
import type { MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import { decodeSnapshot, type Snapshot } from '#shared/catalogue/matrix/snapshot.ts';
import { at, benchPartners, meta, Random, terms } from './bench-partners.ts';
import { flatItems, flatWords } from './flat-items.ts';
import type { Peer, PeerAnswer } from './peers/peer.ts';

/** The engine beside its peers: the same partners, the same queries, the same answers, turn by turn. */
export interface Contest {
  /** One sentence for each query that a peer answers differently from the engine. */
  readonly differences: readonly string[];
  readonly engine: Times;
  readonly peers: Readonly<Record<string, Times & { readonly ratio: number }>>;
}

/** Milliseconds a query. */
export interface Times {
  readonly p50: number;
  readonly p99: number;
}

/** A block lasts at least so long, so that the clock's own steps do not matter. */
const blockMilliseconds = 5;
/** Rounds that do not count: the compiler is still at work on all sides. */
const warmUp = 4;
const roundsOfTheSlow = 3;

export interface Field {
  readonly columns: MatrixColumns;
  readonly snapshot: Snapshot;
  readonly ask: (query: MatrixQuery) => MatrixAnswer;
  readonly askInOnePass: (query: MatrixQuery) => MatrixAnswer;
}

/** The engine on a snapshot of these partners, as a function holds it. */
export function fieldOf(partners: readonly MatrixPartner[]): Field {
  const snapshot: Snapshot = JSON.parse(JSON.stringify(encodeSnapshot(partners, meta)));
  const columns = decodeSnapshot(snapshot);
  const search = searchIn(columns, decodeText(snapshot.text, columns));
  const by = (way: Way) => (query: MatrixQuery) =>
    filter(columns, query, { at, terms }, { way, compare: compareAll, search });
  return { columns, snapshot, ask: by(bitFilter), askInOnePass: by(singlePass) };
}

/** Partners whose rows are alike, and the same as the plain items that every peer takes. */
export function comparable(count: number) {
  const partners = benchPartners(count, { seed: 7, alike: true });
  return { field: fieldOf(partners), items: flatItems(partners) };
}

export function contest(
  field: Field,
  peers: readonly Peer[],
  queries: readonly MatrixQuery[],
  rounds: number,
): Contest {
  const differences = peers.flatMap((peer) =>
    queries.flatMap((query) => difference(peer.name, query, field.ask(query), peer.search(query))),
  );
  const { engine, others } = turnByTurn(
    (query) => field.ask(query),
    [
      ...peers.map(({ name, search }) => ({ name, ask: search })),
      { name: 'one pass', ask: (query: MatrixQuery) => field.askInOnePass(query) },
    ],
    queries,
    rounds,
  );
  return { differences, engine, peers: others };
}

/**
 * Times everybody in each round, in an order that changes, with the memory tidied up between; what is
 * compared is the ratio within a round, which the machine's other work changes little.
 */
function turnByTurn(
  engine: (query: MatrixQuery) => unknown,
  others: readonly { readonly name: string; readonly ask: (query: MatrixQuery) => unknown }[],
  queries: readonly MatrixQuery[],
  rounds: number,
): { readonly engine: Times; readonly others: Contest['peers'] } {
  const random = new Random(11);
  const all = [{ name: '', ask: engine }, ...others];
  /** By name and round, mean milliseconds a query. */
  const taken = new Map(all.map(({ name }) => [name, new Map<number, number>()]));
  /** Who takes so long that a few rounds have to do. */
  const slow = new Set<string>();
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const { name, ask } of random.shuffled(all)) {
      if (slow.has(name) && (round < 0 || round >= roundsOfTheSlow)) continue;
      tidyUp();
      taken.get(name)?.set(round, block(ask, random.shuffled(queries)));
    }
    const own = taken.get('')?.get(round) ?? Number.NaN;
    for (const { name } of others) if ((taken.get(name)?.get(round) ?? 0) > own * 200) slow.add(name);
  }
  const own = taken.get('');
  const peers = others.map(({ name, ask }) => {
    const counted = [...(taken.get(name) ?? [])].filter(([round]) => round >= 0);
    return [
      name,
      { ...each(ask, queries), ratio: median(counted.map(([round, time]) => time / (own?.get(round) ?? 0))) },
    ] as const;
  });
  return { engine: each(engine, queries), others: Object.fromEntries(peers) };
}

/** Collects what nobody needs any more. */
export function tidyUp(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

/** Mean milliseconds a query over whole passes that together last long enough. */
function block(ask: (query: MatrixQuery) => unknown, queries: readonly MatrixQuery[]): number {
  const start = performance.now();
  let passes = 0;
  for (let now = start; now - start < blockMilliseconds; now = performance.now()) {
    for (const query of queries) ask(query);
    passes += 1;
  }
  return (performance.now() - start) / (passes * queries.length);
}

/** What single queries take, each as its quickest of three. */
function each(ask: (query: MatrixQuery) => unknown, queries: readonly MatrixQuery[]): Times {
  const times = queries.map((query) =>
    Math.min(
      ...[1, 2, 3].map(() => {
        const start = performance.now();
        ask(query);
        return performance.now() - start;
      }),
    ),
  );
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function difference(name: string, query: MatrixQuery, ours: MatrixAnswer, theirs: PeerAnswer): readonly string[] {
  const facets = ours.facets.byValue;
  const wrong = flatWords.filter((word) => {
    // Who is unknown depends on what else is asked of the same finding, which items of plain values do not know.
    const own = Object.entries(facets[word]).filter(([value]) => word !== 'tier' || value !== 'unknown');
    const counted = own.filter(([, total]) => total > 0);
    const theirCounts = [...theirs.counts[word]].filter(([, total]) => total > 0);
    return (
      counted.length !== theirCounts.length ||
      counted.some(([value, total]) => theirs.counts[word].get(value) !== total)
    );
  });
  const same = wrong.length === 0 && ours.total === theirs.total && ours.ids.join() === theirs.ids.join();
  if (same) return [];
  const of = ours.ids.join() === theirs.ids.join() ? '' : ' in another order';
  return [`${name}, ${JSON.stringify(query)}: ${theirs.total} of ${ours.total}${of}; facets ${wrong.join(', ')}.`];
}
