const groups = new Intl.NumberFormat('en-US');

/** A number as people read it: 12,345. `toLocaleString` makes a format anew each time, and a page shows hundreds. */
export function grouped(number: number): string {
  return groups.format(number);
}
