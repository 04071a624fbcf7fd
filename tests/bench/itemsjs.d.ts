/** itemsjs ships no types; these are the parts that the bench uses. */
declare module 'itemsjs' {
  interface Configuration {
    readonly aggregations: Readonly<Record<string, { readonly size: number; readonly conjunction: boolean }>>;
    readonly sortings?: Readonly<
      Record<string, { readonly field: readonly string[]; readonly order: readonly ('asc' | 'desc')[] }>
    >;
  }
  interface Input {
    readonly per_page: number;
    readonly page: number;
    readonly sort?: string;
    readonly filters: Readonly<Record<string, readonly string[]>>;
  }
  interface Output<T> {
    readonly pagination: { readonly total: number };
    readonly data: {
      readonly items: readonly T[];
      readonly aggregations: Readonly<
        Record<string, { readonly buckets: readonly { readonly key: string; readonly doc_count: number }[] }>
      >;
    };
  }
  export default function itemsjs<T extends object>(
    items: readonly T[],
    configuration: Configuration,
  ): { search(input: Input): Output<T> };
}
