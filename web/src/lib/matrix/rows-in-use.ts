/**
 * How many rows of the table have to be drawn at once: those that reach into the window, at least one; or all, where
 * something in them is open or has the focus, which would be lost with its row.
 */
export function rowsInUse(results: HTMLElement): number {
  if (results.querySelector('tbody :is([open], :focus)')) return Infinity;
  const rows = Array.from(results.querySelectorAll('tbody tr'));
  return Math.max(1, rows.filter((row) => row.getBoundingClientRect().top < innerHeight).length);
}
