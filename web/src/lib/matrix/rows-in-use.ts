/** Whether something in the table is open, pressed or has the focus: its row stays that of its partner. */
export function isInUse(results: ParentNode): boolean {
  return results.querySelector('tbody :is([open], :focus, :active)') !== null;
}

/**
 * How many rows of the table have to be drawn at once: those that reach into the window, at least one; or all, where one
 * is in use, which would be lost with its row.
 */
export function rowsInWindow(results: ParentNode): number {
  if (isInUse(results)) return Infinity;
  const rows = Array.from(results.querySelectorAll('tbody tr'));
  return Math.max(1, rows.filter((row) => row.getBoundingClientRect().top < innerHeight).length);
}
