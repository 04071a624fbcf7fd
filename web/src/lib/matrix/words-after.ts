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
