import { create, insertMultiple, search } from '@orama/orama';
import { askedOf, flatWords, type FlatItem, type FlatWord } from '../flat-items.ts';
import { noCounts, pageSize, type Peer } from './peer.ts';

interface Answer {
  readonly count: number;
  readonly hits: readonly { readonly document: { readonly id?: unknown } }[];
  readonly facets?: Readonly<Record<string, { readonly values: Readonly<Record<string, number>> }>>;
}

/** https://github.com/oramasearch/orama: a facet that leaves its own filter out takes one more query for each asked word. */
export function orama(items: readonly FlatItem[]): Peer {
  const db = create({
    schema: {
      place: 'number',
      text: 'string',
      ...Object.fromEntries(flatWords.map((word) => [word, 'enum[]'] as const)),
    },
  });
  void insertMultiple(
    db,
    items.map((item, place) => ({ ...item, place })),
    items.length,
  );
  const ask = (query: string, where: object, words: readonly FlatWord[], limit: number): Answer =>
    // without hooks it answers at once
    search(db, {
      term: query,
      properties: ['text'],
      threshold: 0,
      where,
      limit,
      sortBy: { property: 'place', order: 'ASC' },
      facets: Object.fromEntries(words.map((word) => [word, { limit: 1_000 }])),
    }) as Answer;
  return {
    name: '@orama/orama',
    search: (query) => {
      const asked = askedOf(query);
      const where = Object.fromEntries(Object.entries(asked).map(([word, values]) => [word, { containsAny: values }]));
      const open = flatWords.filter((word) => asked[word] === undefined);
      const counts = noCounts();
      const note = (answer: Answer, words: readonly FlatWord[]): void => {
        for (const word of words)
          for (const [value, count] of Object.entries(answer.facets?.[word]?.values ?? {}))
            counts[word].set(value, count);
      };
      const answer = ask(query.q, where, open, pageSize);
      note(answer, open);
      for (const word of flatWords.filter((one) => asked[one] !== undefined)) {
        const { [word]: _own, ...others } = where;
        note(ask(query.q, others, [word], 1), [word]);
      }
      return { ids: answer.hits.map(({ document }) => String(document.id)), total: answer.count, counts };
    },
  };
}
