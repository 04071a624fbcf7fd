import { expect, test } from 'vitest';
import { shownCount } from '#lib/shown-count.ts';

test.each([
  [1, true, false, '1 request'],
  [3, true, false, '3 requests'],
  [20, true, true, '20 requests on this page; more follow'],
  [20, false, true, '20 requests on this page; more follow'],
  [1, false, false, '1 request on this page, the last of them'],
])('a page of %i, first: %s, more: %s, says so', (count, isFirst, hasMore, words) => {
  expect(shownCount({ count, words: ['request', 'requests'], isFirst, hasMore })).toBe(words);
});
