import { gradeOrder } from '#shared/programs/grades.ts';

/** Grades in words, runs drawn together: `K to 5, 9`. Empty for none. */
export function gradeWords(grades: readonly string[]): string {
  const places = gradeOrder.flatMap((grade, place) => (grades.includes(grade) ? [place] : []));
  const runs: { from: number; to: number }[] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last?.to === place - 1) last.to = place;
    else runs.push({ from: place, to: place });
  }
  const word = (place: number) => gradeOrder[place] ?? '';
  return runs.map(({ from, to }) => (from === to ? word(from) : `${word(from)} to ${word(to)}`)).join(', ');
}
