/**
 * The address of a page's form action that keeps the page's own query words: without them the page
 * that comes back after a refusal would have forgotten what its address said.
 */
export function actionAddress(page: { readonly searchParams: Iterable<[string, string]> }, action: string): string {
  const words = new URLSearchParams([...page.searchParams].filter(([word]) => !word.startsWith('/')));
  return words.size === 0 ? `?/${action}` : `?/${action}&${words}`;
}
