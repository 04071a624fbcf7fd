import { flushSync, mount, unmount } from 'svelte';
import { addressOfForm, wordsOf } from './address.ts';
import { wordsAfter } from './before-click.ts';
import Rehearsal from './rehearsal.svelte';
import { listAt, prepared, type AnswerQuery } from './shown-list.ts';

/** By then the page has its snapshot, and has drawn what it came with. */
const afterMilliseconds = 200;

/** As many rows as a window mostly shows, and some that leave before a click. */
const [rowsInWindow, rowsBefore] = [3, 6];

const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Shows what the first choice would show, and back, outside the page. A browser compiles a function when it is called
 * for the first time, which the first click of a page waited for. Each step is a task of its own, so that nobody waits
 * for more than one.
 */
export async function rehearseClick(answerTo: AnswerQuery): Promise<void> {
  await after(afterMilliseconds);
  const { program } = prepared;
  const form = document.forms.namedItem('filters');
  const choice = form?.querySelector<HTMLInputElement>('.filter-choice input');
  if (program === undefined || form === null || !choice) return;
  const words = wordsOf(form);
  const now = listAt(program, addressOfForm(program, words), answerTo);
  const next = listAt(program, addressOfForm(program, wordsAfter(words, choice)), answerTo);
  if (now === undefined || next === undefined) return;
  const rehearsal = mount(Rehearsal, {
    target: document.createElement('div'),
    props: { program, list: now, rows: rowsBefore },
  });
  for (const [list, rows] of [
    [now, rowsInWindow],
    [next, rowsInWindow],
    [next, rowsBefore],
    [next, rowsInWindow],
    [now, rowsInWindow],
  ] as const) {
    await after(0);
    rehearsal.show(list, rows);
    flushSync();
  }
  await unmount(rehearsal);
}
