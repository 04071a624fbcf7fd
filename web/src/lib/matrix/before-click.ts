import { addressOfForm, wordsOf } from './address.ts';
import { listAt, prepared, type Answer } from './shown-list.ts';
import { wordsAfter } from './words-after.ts';

/** So long an answer that nobody has asked for yet is as good as one of the moment. */
const goodForMilliseconds = 1_000;

/** As many rows as mostly reach into a window. */
const firstRows = 6;

/** Of the mouse, of a finger and of the keyboard, on the way to a choice. */
const signs = ['pointerover', 'pointerdown', 'focusin', 'keydown'];

let answerTo: Answer | undefined;

/**
 * Answers what a choice will ask for once somebody is about to make it. Of many partners a phone takes some
 * milliseconds for an answer, the first time a frame or two; by the click they are over.
 */
export function answerBeforeClick(answer: Answer): void {
  if (answerTo === undefined) for (const sign of signs) document.addEventListener(sign, prepare, { passive: true });
  answerTo = answer;
}

function prepare({ target }: Event): void {
  const choice = target instanceof Element ? target.closest('.filter-choice')?.querySelector('input') : undefined;
  const { program } = prepared;
  if (answerTo === undefined || program === undefined || choice?.form?.id !== 'filters') return;
  const address = addressOfForm(program, wordsAfter(wordsOf(choice.form), choice));
  if (address === prepared.list?.address) return;
  const list = listAt(program, address, answerTo);
  prepared.list = list;
  void list?.answer.firstPartners?.(firstRows);
  setTimeout(() => {
    if (prepared.list === list) prepared.list = undefined;
  }, goodForMilliseconds);
}
