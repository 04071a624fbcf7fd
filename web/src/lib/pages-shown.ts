/**
 * Which of `pages` pages a pagination offers at page `current`: the first, the last, the current one
 * with its neighbors, and a gap where two or more are left out. At most seven places, as USWDS has it.
 */
export function pagesShown(current: number, pages: number): readonly (number | 'gap')[] {
  const every = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
  if (pages <= 7) return every(1, pages);
  if (current <= 4) return [...every(1, 5), 'gap', pages];
  if (current >= pages - 3) return [1, 'gap', ...every(pages - 4, pages)];
  return [1, 'gap', current - 1, current, current + 1, 'gap', pages];
}
