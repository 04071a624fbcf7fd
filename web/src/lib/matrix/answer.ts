import type { QueryWord } from '#shared/catalogue/matrix/query-words.ts';
import type { Api } from '#lib/api.ts';

type Plain = string | number | boolean | null | undefined;

/** The same, to be read only: what the engine of the matrix gives fits, and what the API sends. */
type Shown<T> = T extends Plain
  ? T
  : T extends readonly (infer E)[]
    ? readonly Shown<E>[]
    : T extends object
      ? { readonly [K in keyof T]: Shown<T[K]> }
      : T;

type Answer = Awaited<ReturnType<Api['partners']['list']>>;

export type ShownPartner = Shown<Omit<Answer['partners'][number], 'summary'>>;

/** One page of the matrix, whether the API or this browser worked it out, which holds no texts. */
export type MatrixPageAnswer = Shown<Omit<Answer, 'partners'>> & {
  readonly partners: readonly ShownPartner[];
  /** The first partners of the page, without working out the others; absent where the API did. */
  readonly firstPartners?: (count: number) => readonly ShownPartner[];
};
/** Why a partner is on the list, and why it may not fit: a code with its data. */
export type ShownBecause = ShownPartner['because'][number];
export type ShownBut = ShownPartner['but'][number];
/** By query word and value, how many partners there would be; words that are no choice have no counts. */
export type ShownFacets = Readonly<Partial<Record<QueryWord, Readonly<Record<string, number>>>>>;
