import type { Page } from '#shared/kernel/pages.ts';

/** Where an item stands. Both parts are printable and at most 300 characters. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export type Item = Key & Readonly<Record<string, unknown>>;

/** The secondary indexes: `journal` by `jpk`, `jsk`; `list` by `lpk`, `lsk`. Both are sparse. */
export type Index = 'journal' | 'list';

/** The two attributes that an index, or the table itself, is ordered by. */
export function keysOf(index: Index | undefined): readonly [partition: string, sort: string] {
  switch (index) {
    case 'journal':
      return ['jpk', 'jsk'];
    case 'list':
      return ['lpk', 'lsk'];
    case undefined:
      return ['pk', 'sk'];
  }
}

/**
 * What must hold for a change to happen. `version` compares the attribute `version`; `equals`
 * compares any attribute.
 */
export type Guard =
  'absent' | 'present' | { readonly version: number } | { readonly equals: Readonly<Record<string, string | number>> };

type Scalar = string | number | boolean;

export type Change =
  | { readonly kind: 'put'; readonly item: Item; readonly guard?: Guard }
  | { readonly kind: 'remove'; readonly key: Key; readonly guard?: Guard }
  | { readonly kind: 'check'; readonly key: Key; readonly guard: Guard }
  | {
      readonly kind: 'add';
      readonly key: Key;
      /** Added to each attribute, from zero where it is absent. */
      readonly amounts: Readonly<Record<string, number>>;
      /** Written beside the sums; no lists or maps, which cannot be written one at a time. */
      readonly set?: Readonly<Record<string, Scalar | undefined>>;
      /** The change happens only while the attribute is absent or below the limit. */
      readonly below?: { readonly attribute: string; readonly limit: number };
    };

/** `failed` holds the positions, in the order given, of the changes whose guard did not hold. */
export type Written = { readonly ok: true } | { readonly ok: false; readonly failed: readonly number[] };

export interface Selection {
  /** The value of `pk`, or of the index's first part. */
  readonly partition: string;
  readonly index?: Index;
  /** Bounds of the second part, both included; or a prefix of it. */
  readonly range?: { readonly from: string; readonly to: string } | { readonly prefix: string };
  readonly newestFirst?: boolean;
  readonly limit?: number;
  /** Where an earlier page ended. */
  readonly after?: Key & Readonly<Record<string, unknown>>;
  /** Reads what was written last, at twice the price; not for an index. */
  readonly consistent?: boolean;
}

export interface Selected extends Omit<Page<Item>, 'next'> {
  readonly last?: Key & Readonly<Record<string, unknown>>;
}

/** What can be asked for single items, and for nothing else. */
export interface Items {
  get(key: Key, options?: { readonly consistent?: boolean }): Promise<Item | undefined>;
}

/**
 * The one way to the table. There is no scan and no filter: every list is a key range.
 * Throttling and conflicts of transactions are tried again; what still fails throws.
 */
export interface Table extends Items {
  /** Any number of keys; the answers stand in the order of the keys. */
  getAll(keys: readonly Key[], options?: { readonly consistent?: boolean }): Promise<readonly (Item | undefined)[]>;
  select(selection: Selection): Promise<Selected>;
  /** All or nothing, up to 100 changes of different items. */
  write(changes: readonly Change[]): Promise<Written>;
  /** Puts any number of items of different keys, in no order, without guards: for filling an empty store, never in a request. */
  load(items: readonly Item[]): Promise<void>;
}

/** Every item of a key range, page by page. Inside a request only for a partition that cannot grow, such as one partner's. */
export async function* selectAll(table: Table, selection: Omit<Selection, 'after'>): AsyncGenerator<Item> {
  let after: Selected['last'];
  do {
    const page: Selected = await table.select({ ...selection, ...(after === undefined ? {} : { after }) });
    yield* page.items;
    after = page.last;
  } while (after !== undefined);
}
