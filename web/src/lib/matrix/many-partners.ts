import { bitFilter } from '#shared/catalogue/matrix/bit-filter.ts';
import { compareAll } from '#shared/catalogue/matrix/compare-all.ts';
import type { Means } from '#shared/catalogue/matrix/filter.ts';

/** What is worth its code where a matrix has thousands of partners, and is loaded there only. */
export { answerBeforeClick } from './before-click.ts';
export const means: Means = { way: bitFilter, compare: compareAll };
