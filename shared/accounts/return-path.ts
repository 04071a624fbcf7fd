/** The cookie that carries it through sign-in has room for this many characters. */
const longest = 1_000;

/** One `/` at the start, then printable ASCII without spaces and backslashes, and nowhere `//`. */
const ownPath = /^(?!.*\/\/)\/[\x21-\x5b\x5d-\x7e]*$/;

/**
 * The path to go to after sign-in: the one asked for if it cannot lead away from this site, else the
 * first page. Browsers read `//host`, `/\host` and paths with tabs or line ends as other sites.
 */
export function returnPath(asked: string | undefined): string {
  return asked !== undefined && asked.length <= longest && ownPath.test(asked) ? asked : '/';
}
