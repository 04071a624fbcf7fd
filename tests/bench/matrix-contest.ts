import { isDeepStrictEqual } from 'node:util';
import { encodeSnapshot } from '#shared/catalogue/matrix/encode-snapshot.ts';
import { bitFilter } from '#shared/catalogue/matrix/bit-filter.ts';
import type { MatrixColumns } from '#shared/catalogue/matrix/columns.ts';
import { compareAll } from '#shared/catalogue/matrix/compare-all.ts';
import { decodeTexts } from '#shared/catalogue/matrix/decode-texts.ts';
import { filter, pageSize, type MatrixAnswer } from '#shared/catalogue/matrix/filter.ts';
import type { MatrixPartner } from '#shared/catalogue/matrix/partner.ts';
import { searchIn } from '#shared/catalogue/matrix/search.ts';
import { singlePass, type Way } from '#shared/catalogue/matrix/single-pass.ts';
import type { MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import { decodeSnapshot, type Snapshot } from '#shared/catalogue/matrix/snapshot.ts';
import { naiveFilter } from '../rules/matrix/naive-filter.ts';
import { at, benchPartners, meta, terms } from './bench-partners.ts';
import { flatItems, flatWords } from './flat-items.ts';
import type { Peer, PeerAnswer } from './peers/peer.ts';
import { timeOf, turnByTurn, type Contestant, type Ranking } from './turn-by-turn.ts';

/** The engine beside its peers: the same partners, the same queries, the same answers, turn by turn. */
export interface Contest extends Ranking {
  /** One sentence for each query that a peer answers differently from the engine. */
  readonly differences: readonly string[];
}

export interface Field {
  readonly columns: MatrixColumns;
  readonly ask: (query: MatrixQuery) => MatrixAnswer;
  readonly askInOnePass: (query: MatrixQuery) => MatrixAnswer;
}

/** The engine on a snapshot of these partners, as a function holds it. */
export function fieldOf(partners: readonly MatrixPartner[]): Field {
  const snapshot: Snapshot = JSON.parse(JSON.stringify(encodeSnapshot(partners, meta)));
  return fieldOn(decodeSnapshot(snapshot), snapshot);
}

export function fieldOn(columns: MatrixColumns, texts: Parameters<typeof decodeTexts>[0]): Field {
  const search = searchIn(columns, decodeTexts(texts, columns));
  const by = (way: Way) => (query: MatrixQuery) =>
    filter(columns, query, { at, terms }, { way, compare: compareAll, search });
  return { columns, ask: by(bitFilter), askInOnePass: by(singlePass) };
}

/** Partners whose rows are alike, and the same as the plain items that every peer takes. */
export function comparable(count: number) {
  const partners = benchPartners(count, { seed: 7, alike: true });
  return { field: fieldOf(partners), items: flatItems(partners) };
}

/** Beside libraries, which know items of plain values, and beside the engine's own single pass. */
export function contest(
  field: Field,
  peers: readonly Peer[],
  queries: readonly MatrixQuery[],
  rounds: number,
): Contest {
  const engine = asked('engine', field.ask, queries);
  const others = peers.map(({ name, search }) => asked(name, search, queries));
  const onePass = asked('one pass', field.askInOnePass, queries);
  return {
    differences: others.flatMap(({ name, answers }) =>
      answers.flatMap(({ query, answer }, place) => difference(name, query, engine.answers[place]?.answer, answer)),
    ),
    ...turnByTurn(engine, [...others, onePass], queries, rounds),
  };
}

/**
 * What no library can be asked, beside the engine's single pass and the naive filter of the tests. Both have to give the whole answer: the page and its order, the total, every
 * count of every facet, and what was left out.
 * @param partners those of the field, for the naive filter; none where it is not to be asked.
 */
export function contestOfJoins(
  field: Field,
  partners: readonly MatrixPartner[],
  queries: readonly MatrixQuery[],
  rounds: number,
): Contest {
  const naive = (query: MatrixQuery): PlainAnswer => {
    const { ids, ...answer } = naiveFilter(partners, query, { at, zone: meta.zone, terms });
    return { ...answer, ids: ids.slice((query.page - 1) * pageSize, query.page * pageSize) };
  };
  const engine = asked('engine', field.ask, queries);
  const onePass = asked('one pass', field.askInOnePass, queries);
  const others = partners.length > 0 ? [asked('naive filter', naive, queries)] : [];
  const answers = [
    ...onePass.answers.map(({ query, answer }, place) => ({ name: onePass.name, query, place, plain: plain(answer) })),
    ...others.flatMap(({ name, answers: given }) =>
      given.map(({ query, answer }, place) => ({ name, query, place, plain: answer })),
    ),
  ];
  const ours = engine.answers.map(({ answer }) => plain(answer));
  return {
    differences: answers.flatMap(({ name, query, place, plain: theirs }) =>
      isDeepStrictEqual(ours[place], theirs) ? [] : [`${name}, ${JSON.stringify(query)}: another answer.`],
    ),
    ...turnByTurn(engine, [...others, onePass], queries, rounds),
  };
}

type PlainAnswer = Pick<MatrixAnswer, 'ids' | 'total' | 'unpriced' | 'leftOut' | 'similar'> & {
  readonly facets: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

function plain({ ids, total, unpriced, leftOut, similar, facets }: MatrixAnswer): PlainAnswer {
  const counts = Object.entries(facets.byValue).map(([word, ofWord]) => [word, { ...ofWord }] as const);
  return { ids, total, unpriced, leftOut, similar, facets: Object.fromEntries(counts) };
}

/** Asks everything once. */
function asked<Answer>(name: string, ask: (query: MatrixQuery) => Answer, queries: readonly MatrixQuery[]) {
  const times = queries.map((query) => ({ query, ...timeOf(() => ask(query)) }));
  return {
    name,
    ask,
    first: times.map(({ milliseconds }) => milliseconds),
    answers: times.map(({ query, value }) => ({ query, answer: value })),
  } satisfies Contestant<MatrixQuery> & { readonly answers: unknown };
}

function difference(
  name: string,
  query: MatrixQuery,
  ours: MatrixAnswer | undefined,
  theirs: PeerAnswer,
): readonly string[] {
  if (ours === undefined) return [`${name}, ${JSON.stringify(query)}: the engine has no answer.`];
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
