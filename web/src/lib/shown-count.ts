interface Shown {
  readonly count: number;
  /** What one line is and what several are: `request`, `requests`. */
  readonly words: readonly [one: string, several: string];
  /** The page begins where the list does. */
  readonly isFirst: boolean;
  readonly hasMore: boolean;
}

/** How many lines of a list stand on a page: `3 requests`, `20 requests on this page; more follow`. */
export function shownCount({ count, words: [one, several], isFirst, hasMore }: Shown): string {
  const lines = `${count} ${count === 1 ? one : several}`;
  if (isFirst && !hasMore) return lines;
  return hasMore ? `${lines} on this page; more follow` : `${lines} on this page, the last of them`;
}
