import { gradeOrder } from '#shared/programs/grades.ts';
import { unknownArea } from '#shared/programs/unknown-area.ts';

interface Term {
  readonly id: string;
  readonly name: string;
}

/** The name of an entry of a vocabulary; its id where the program does not have it any more. */
export function nameIn(terms: readonly Term[], id: string): string {
  return terms.find((term) => term.id === id)?.name ?? id;
}

/** What an approval without a known area is called where others have the name of theirs. */
export const areaNotPublished = { id: unknownArea, name: 'Area not published' } as const;

/** The names of several entries, as one line. */
export function namesIn(terms: readonly Term[], ids: readonly string[]): string {
  return ids.map((id) => nameIn(terms, id)).join(', ');
}

/** A language tag in English: `es` is Spanish. */
export function languageName(tag: string): string {
  return new Intl.DisplayNames('en-US', { type: 'language' }).of(tag) ?? tag;
}

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

export const deliveryWords: Readonly<Record<'on-site' | 'remote' | 'hybrid', string>> = {
  'on-site': 'on site',
  remote: 'remote',
  hybrid: 'on site and remote',
};
