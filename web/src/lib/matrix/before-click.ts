import { addressOfForm, wordsOf } from './address.ts';
import { listAt, prepared, type AnswerQuery, type ShownList } from './shown-list.ts';

/** So long an answer that nobody has asked for yet is as good as one of the moment. */
const goodForMilliseconds = 1_000;

/** As many rows as mostly reach into a window. */
const firstRows = 6;

/** Of the mouse, of a finger and of the keyboard, on the way to a choice. */
const signs = ['pointerover', 'pointerdown', 'focusin', 'keydown'];

/**
 * Answers what a choice will ask for once somebody is about to make it, from now on. Of many partners a phone takes some
 * milliseconds for an answer, the first time a frame or two; by the click they are over.
 */
export function answerBeforeClick(answerTo: AnswerQuery): void {
  let last: { choice: HTMLInputElement; checked: boolean; list: ShownList } | undefined;
  const prepare = ({ target }: Event) => {
    const choice = target instanceof Element ? target.closest('.filter-choice')?.querySelector('input') : undefined;
    if (choice?.form?.id !== 'filters') return;
    // One sign follows another. Where something else was chosen meanwhile, the click finds no answer and works it out.
    if (last?.choice === choice && last.checked === choice.checked && last.list === prepared.list) return;
    const list = prepareAnswer(choice, choice.form, answerTo);
    last = list && { choice, checked: choice.checked, list };
  };
  for (const sign of signs) document.addEventListener(sign, prepare, { passive: true });
}

function prepareAnswer(choice: HTMLInputElement, form: HTMLFormElement, answerTo: AnswerQuery): ShownList | undefined {
  const { program } = prepared;
  if (program === undefined) return undefined;
  const list = listAt(program, addressOfForm(program, wordsAfter(wordsOf(form), choice)), answerTo);
  prepared.list = list;
  void list?.answer.firstPartners?.(firstRows);
  setTimeout(() => {
    if (prepared.list === list) prepared.list = undefined;
  }, goodForMilliseconds);
  return list;
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
