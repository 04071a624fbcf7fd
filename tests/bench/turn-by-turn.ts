import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Random } from './bench-partners.ts';

/** Milliseconds a query. */
export interface Times {
  readonly p50: number;
  readonly p99: number;
}

export interface Ranking {
  readonly engine: Times;
  /** By name; `ratio` is the median over rounds of how many times as long as the engine it took. */
  readonly peers: Readonly<Record<string, Times & { readonly ratio: number }>>;
}

/** Somebody who answers queries, with what each query took when it was first asked. */
export interface Contestant<Query> {
  readonly name: string;
  readonly ask: (query: Query) => unknown;
  readonly first: readonly number[];
}

/** A block lasts at least so long, so that the clock's own steps do not matter. */
const blockMilliseconds = 20;
/** A pass over all queries that lasts longer is cut down to a hand of them. */
const longBlockMilliseconds = 100;
/** Who takes longer for all queries is asked them all only once. */
const longestRepeatMilliseconds = 5_000;
/** Rounds that do not count: the compiler is still at work on all sides. */
const warmUp = 4;

/**
 * Times everybody in each round, in an order that changes, with the memory tidied up before each; what is
 * compared is the ratio within a round, which the machine's other work changes little. Who is slow is
 * asked a few of the queries in each round, drawn anew, and the engine the same few right before or after.
 */
export function turnByTurn<Query>(
  engine: Contestant<Query>,
  others: readonly Contestant<Query>[],
  queries: readonly Query[],
  rounds: number,
): Ranking {
  const random = new Random(11);
  const ratios = new Map(others.map(({ name }) => [name, new Array<number>()]));
  for (let round = -warmUp; round < rounds; round += 1) {
    const timed = (ask: Contestant<Query>['ask'], asked: readonly Query[]): number => {
      if (round >= 0) tidyUp();
      return block(ask, random.shuffled(asked));
    };
    const taken = new Map<Contestant<Query>, number>();
    for (const one of random.shuffled([engine, ...others])) {
      const hand = handOf(one, queries.length);
      if (hand === queries.length) taken.set(one, timed(one.ask, queries));
      else if (round >= 0) {
        const few = random.shuffled(queries).slice(0, hand);
        const pair = new Map(random.shuffled([engine, one]).map((each) => [each, timed(each.ask, few)]));
        ratios.get(one.name)?.push((pair.get(one) ?? Number.NaN) / (pair.get(engine) ?? Number.NaN));
      }
    }
    const own = taken.get(engine) ?? Number.NaN;
    if (round >= 0) for (const [one, time] of taken) ratios.get(one.name)?.push(time / own);
  }
  return {
    engine: each(engine, queries),
    peers: Object.fromEntries(
      others.map((one) => [one.name, { ...each(one, queries), ratio: median(ratios.get(one.name) ?? []) }]),
    ),
  };
}

/** How many of the queries somebody is asked in a block. What one query took long at first, the compiler did. */
function handOf<Query>({ first }: Contestant<Query>, queries: number): number {
  const all = median(first) * queries;
  return all <= longBlockMilliseconds ? queries : Math.max(1, Math.floor((longBlockMilliseconds / all) * queries));
}

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Collects what nobody needs any more. */
export function tidyUp(): void {
  if (typeof collect === 'function') collect();
}

/** Mean milliseconds a query over whole passes that together last long enough. */
function block<Query>(ask: (query: Query) => unknown, queries: readonly Query[]): number {
  const start = askedMilliseconds();
  let passes = 0;
  let taken = 0;
  for (; taken < blockMilliseconds; taken = askedMilliseconds() - start) {
    for (const query of queries) ask(query);
    passes += 1;
  }
  return taken / (passes * queries.length);
}

/**
 * How long the processor has worked on this thread so far. Others of ours sweep up the memory of the block before,
 * which would be charged to whoever comes after it, and to the quickest most of all.
 */
function askedMilliseconds(): number {
  return inMilliseconds(process.threadCpuUsage());
}

/** How long the processor has worked for us so far; other work on the machine does not count. */
function workedMilliseconds(): number {
  return inMilliseconds(process.cpuUsage());
}

function inMilliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}

/**
 * What single queries take, each as its quickest of several passes; of the slow, of fewer. A query is
 * not repeated by itself: some would see that nothing changed.
 */
function each<Query>({ ask, first }: Contestant<Query>, queries: readonly Query[]): Times {
  const all = median(first) * queries.length;
  const repeats = all <= longBlockMilliseconds ? 3 : all <= longestRepeatMilliseconds ? 1 : 0;
  let least = first;
  for (let pass = 0; pass < repeats; pass += 1) {
    const again = queries.map((query) => timeOf(() => ask(query)).milliseconds);
    least = again.map((time, place) => Math.min(time, least[place] ?? time));
  }
  const times = least.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** What some work takes by the clock, and how long the processor worked on it. */
export function timeOf<T>(work: () => T): {
  readonly value: T;
  readonly milliseconds: number;
  readonly worked: number;
} {
  const [start, worked] = [performance.now(), workedMilliseconds()];
  const value = work();
  return { value, milliseconds: performance.now() - start, worked: workedMilliseconds() - worked };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
