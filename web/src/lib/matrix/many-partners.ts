import { bitFilter } from '#shared/catalogue/matrix/bit-filter.ts';
import { compareAll } from '#shared/catalogue/matrix/compare-all.ts';
import type { Means } from '#shared/catalogue/matrix/filter.ts';
import { answerBeforeClick } from './before-click.ts';
import { rehearseClick } from './rehearse-click.ts';
import type { AnswerQuery } from './shown-list.ts';

// What is worth its code where a matrix has thousands of partners, and is loaded there only.

export const means: Means = { way: bitFilter, compare: compareAll };

let ready = false;

/** Has clicks find done what can be done before them, for as long as the page is open. */
export function prepareClicks(answerTo: AnswerQuery): void {
  if (ready) return;
  ready = true;
  answerBeforeClick(answerTo);
  void rehearseClick(answerTo);
}
