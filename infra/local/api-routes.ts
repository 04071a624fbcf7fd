/** A value and the addresses it answers: `/api/programs/{program}/requests`. */
export interface Route<T> {
  readonly path: string;
  readonly value: T;
}

/**
 * The value whose path matches the beginning of `pathname`, word by word. Longer paths win, and at
 * the first difference a fixed word wins over `{name}`, as in API Gateway.
 */
export function matchRoute<T>(routes: readonly Route<T>[], pathname: string): T | undefined {
  const words = wordsOf(pathname);
  const matching = routes.filter((route) => matches(wordsOf(route.path), words));
  return matching.toSorted((a, b) => compare(wordsOf(a.path), wordsOf(b.path)))[0]?.value;
}

function wordsOf(path: string): readonly string[] {
  return path.split('/').filter((word) => word !== '');
}

function isVariable(word: string): boolean {
  return word.startsWith('{');
}

function matches(pattern: readonly string[], words: readonly string[]): boolean {
  return pattern.every((word, index) => {
    const given = words[index];
    return given !== undefined && (isVariable(word) || word === given);
  });
}

function compare(a: readonly string[], b: readonly string[]): number {
  if (a.length !== b.length) return b.length - a.length;
  const at = a.findIndex((word, index) => isVariable(word) !== isVariable(b[index] ?? ''));
  if (at === -1) return 0;
  return isVariable(a[at] ?? '') ? 1 : -1;
}
