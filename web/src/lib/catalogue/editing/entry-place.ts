import type { ListingContent } from '#shared/catalogue/model.ts';
import { valueAt, type Path } from './content-path.ts';
import type { EntryKind } from './entry-fields.ts';

/** Which part of a listing an address edits. */
export interface EntryPlace {
  readonly kind: EntryKind;
  /** Where it stands in the content, or would stand. */
  readonly path: Path;
  /** `removed`: the address names an entry that is not there any more. */
  readonly state: 'there' | 'new' | 'removed';
  /** The id that a new offering or finding of that address keeps. */
  readonly id?: string;
  /** What the page is called: `Offering`, `Price`. */
  readonly title: string;
  /** Where the person comes from and goes back to, after the address of the listing's editor. */
  readonly back: string;
}

const titles: Readonly<Record<EntryKind, string>> = {
  about: 'About the organization',
  contact: 'Contact',
  capacity: 'Capacity',
  offerings: 'Offering',
  prices: 'Price',
  findings: 'Evidence finding',
  claims: 'Claim',
  sites: 'Place where you work',
  sources: 'Source of the description',
};

function inList(kind: EntryKind, list: readonly unknown[], at: Path, word: string, back = ''): EntryPlace | undefined {
  const title = titles[kind];
  if (word === 'new') return { kind, path: [...at, list.length], state: 'new', title, back };
  if (!/^\d{1,3}$/.test(word)) return undefined;
  const place = Number(word);
  return place < list.length
    ? { kind, path: [...at, place], state: 'there', title, back }
    : { kind, path: [...at, list.length], state: 'removed', title, back };
}

function withId(kind: 'offerings' | 'findings', content: ListingContent, word: string): EntryPlace | undefined {
  const title = titles[kind];
  const list = content[kind];
  if (word === 'new') return { kind, path: [kind, list.length], state: 'new', title, back: '' };
  const place = list.findIndex((one) => one.id === word);
  if (place >= 0) return { kind, path: [kind, place], state: 'there', title, back: '' };
  return /^[a-z0-9][a-z0-9_-]{0,63}$/.test(word)
    ? { kind, path: [kind, list.length], state: 'removed', id: word, title, back: '' }
    : undefined;
}

/**
 * The part that an address names: `about`, `offerings/new`, `offerings/<id>`,
 * `offerings/<id>/prices/<place>`, `claims/<place>`. Places are counted from 0. Undefined for an
 * address that names no part.
 */
export function entryPlace(words: string, content: ListingContent): EntryPlace | undefined {
  const [kind, word, inner, innerWord, ...more] = words.split('/');
  if (more.length > 0) return undefined;
  if (word === undefined) {
    if (kind === 'about') return { kind, path: [], state: 'there', title: titles.about, back: '' };
    if (kind === 'contact' || kind === 'capacity') {
      return {
        kind,
        path: [kind],
        state: content[kind] === undefined ? 'new' : 'there',
        title: titles[kind],
        back: '',
      };
    }
    return undefined;
  }
  if (inner === undefined) {
    if (kind === 'offerings' || kind === 'findings') return withId(kind, content, word);
    if (kind === 'claims' || kind === 'sites' || kind === 'sources') return inList(kind, content[kind], [kind], word);
    return undefined;
  }
  const place = content.offerings.findIndex((one) => one.id === word);
  const offering = content.offerings[place];
  if (kind !== 'offerings' || inner !== 'prices' || offering === undefined || innerWord === undefined) return undefined;
  return inList('prices', offering.prices, ['offerings', place, 'prices'], innerWord, `/offerings/${offering.id}`);
}

/** The address of the part once `entry` is stored there: that of a new one is its own from then on. */
export function entryAddress({ kind, path, back }: EntryPlace, entry: unknown): string {
  if (kind === 'about' || kind === 'contact' || kind === 'capacity') return kind;
  const word = kind === 'offerings' || kind === 'findings' ? valueAt(entry, ['id']) : path.at(-1);
  return `${back}/${kind}/${String(word)}`.slice(1);
}

/** An id for a new offering or finding: its name in small letters, with a number where that is taken. */
export function entryId(name: string, taken: readonly string[]): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const base = words.slice(0, 56) || 'entry';
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (id !== 'new' && !taken.includes(id)) return id;
  }
}

/** The address, after the editor's, of the part in which a field stands: `offerings.0.service`. */
export function partOf(field: string, content: ListingContent): string {
  const [top = '', place = '', inner, innerPlace] = field.split('.');
  if (top === 'contact' || top === 'capacity') return `/${top}`;
  if (top === 'offerings' || top === 'findings') {
    const entry = content[top][Number(place)];
    if (entry === undefined) return '';
    const address = `/${top}/${entry.id}`;
    return inner === 'prices' && innerPlace !== undefined ? `${address}/prices/${innerPlace}` : address;
  }
  return top === 'claims' || top === 'sites' || top === 'sources' ? `/${top}/${place}` : '/about';
}
