import { unknownArea } from '#shared/programs/unknown-area.ts';

export interface Term {
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
