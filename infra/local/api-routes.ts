/** A value and the calls it answers: `GET /api/programs/{program}/requests`, `ANY /api/{proxy+}`. */
export interface Route<T> {
  readonly method: string;
  readonly path: string;
  readonly value: T;
}

/**
 * The value for a method and a whole path, as API Gateway finds it: `{name}` stands for one word,
 * `{name+}` for one or more at the end. A whole match wins over `{name+}`, then the named method over
 * `ANY`, then at the first difference a fixed word over `{name}`.
 */
export function matchRoute<T>(routes: readonly Route<T>[], method: string, pathname: string): T | undefined {
  const words = wordsOf(pathname);
  const matching = routes.filter(
    (route) => (route.method === method || route.method === 'ANY') && matches(wordsOf(route.path), words),
  );
  return matching.toSorted(compare)[0]?.value;
}

function wordsOf(path: string): readonly string[] {
  return path.split('/').slice(1);
}

function isVariable(word: string): boolean {
  return word.startsWith('{');
}

function isGreedy(path: string): boolean {
  return path.endsWith('+}');
}

function matches(pattern: readonly string[], words: readonly string[]): boolean {
  const greedy = isGreedy(pattern.at(-1) ?? '');
  if (greedy ? words.length < pattern.length : words.length !== pattern.length) return false;
  return pattern.every((word, index) => (isVariable(word) ? words[index] !== '' : word === words[index]));
}

function compare(a: Route<unknown>, b: Route<unknown>): number {
  if (isGreedy(a.path) !== isGreedy(b.path)) return isGreedy(a.path) ? 1 : -1;
  if (a.method !== b.method) return a.method === 'ANY' ? 1 : -1;
  const [left, right] = [wordsOf(a.path), wordsOf(b.path)];
  if (left.length !== right.length) return right.length - left.length;
  const at = left.findIndex((word, index) => isVariable(word) !== isVariable(right[index] ?? ''));
  if (at === -1) return 0;
  return isVariable(left[at] ?? '') ? 1 : -1;
}
