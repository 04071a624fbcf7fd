import { addressOfForm, wordsOf } from './address.ts';
import { listAt, prepared, type AnswerQuery } from './shown-list.ts';

/** So long an answer that nobody has asked for yet is as good as one of the moment. */
const goodForMilliseconds = 1_000;

/** As many rows as mostly reach into a window. */
const firstRows = 6;

/** Of the mouse, of a finger and of the keyboard, on the way to a choice. */
const signs = ['pointerover', 'pointerdown', 'focusin', 'keydown'];

let answerTo: AnswerQuery | undefined;

/**
 * Answers what a choice will ask for once somebody is about to make it. Of many partners a phone takes some
 * milliseconds for an answer, the first time a frame or two; by the click they are over.
 */
export function answerBeforeClick(answer: AnswerQuery): void {
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

/**
 * What a form will hold once one of its choices is made: a box is ticked or not, a radio takes the place of the others,
 * beside which the box for those of whom nothing is known stays ticked.
 */
export function wordsAfter(
  words: URLSearchParams,
  { type, name, value, checked }: Pick<HTMLInputElement, 'type' | 'name' | 'value' | 'checked'>,
): URLSearchParams {
  const after = new URLSearchParams(words);
  if (type === 'radio') {
    const unknownToo = after.has(name, 'unknown');
    after.set(name, value);
    if (unknownToo) after.append(name, 'unknown');
  } else if (checked) after.delete(name, value);
  else after.append(name, value);
  return after;
}
