/** Whether two texts are the same, in a time that does not tell how much of the given one is right. */
export function sameText(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  for (let index = 0; index < expected.length; index += 1)
    difference |= given.charCodeAt(index % given.length) ^ expected.charCodeAt(index);
  return difference === 0;
}
