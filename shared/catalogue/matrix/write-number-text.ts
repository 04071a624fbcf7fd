import { base, capitalA, smallA } from './number-text.ts';

/** @param numbers whole, and -1 for none. */
export function numberText(numbers: readonly number[]): string {
  let text = '';
  for (const number of numbers) text += frequent[number] ?? letters(number);
  return text;
}

function letters(number: number): string {
  if (number < 0) return '-';
  let text = String.fromCharCode(smallA + (number % base));
  for (let rest = Math.floor(number / base); rest > 0; rest = Math.floor(rest / base))
    text = String.fromCharCode(capitalA + (rest % base)) + text;
  return text;
}

/** Nearly all numbers are small. */
const frequent = Array.from({ length: base * base }, (_, number) => letters(number));
