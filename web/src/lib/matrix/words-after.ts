/** What a form will hold once one of its choices is made: a box is ticked or not, a radio takes the others' place. */
export function wordsAfter(
  words: URLSearchParams,
  { type, name, value, checked }: Pick<HTMLInputElement, 'type' | 'name' | 'value' | 'checked'>,
): URLSearchParams {
  const after = new URLSearchParams(words);
  if (type === 'radio') after.set(name, value);
  else if (checked) after.delete(name, value);
  else after.append(name, value);
  return after;
}
