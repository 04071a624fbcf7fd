import { base, capitalA, dash, smallA } from './number-text.ts';

/** So many letters take the largest number of a column, 2³¹ − 1. */
const mostLetters = 7;
const decoder = new TextDecoder();

/** @param numbers whole, and -1 for none. */
export function numberText(numbers: ArrayLike<number>): string {
  const letters = new Uint8Array(numbers.length * mostLetters);
  let end = 0;
  // By place: to iterate over typed arrays takes several times as long.
  for (let place = 0; place < numbers.length; place += 1) {
    const number = numbers[place] ?? 0;
    if (number < 0) {
      letters[end] = dash;
      end += 1;
      continue;
    }
    let first = end;
    for (let rest = number; rest >= base; rest = Math.floor(rest / base)) first += 1;
    end = first + 1;
    letters[first] = smallA + (number % base);
    for (let rest = Math.floor(number / base); rest > 0; rest = Math.floor(rest / base)) {
      first -= 1;
      letters[first] = capitalA + (rest % base);
    }
  }
  return decoder.decode(letters.subarray(0, end));
}
