import type { Listing, Source } from '#shared/catalogue/model.ts';
import { dayIn, type Zone } from '#shared/kernel/instants.ts';
import { showDay } from '#shared/kernel/show-instant.ts';
import type { ShownSource } from '#lib/source-words.ts';

/** Where a figure is from that names no source of its own: what the partner itself published, and when. */
export function ownSource(listing: Pick<Listing, 'content' | 'publishedAt'>, zone: Zone): ShownSource {
  return {
    title: `Listing of ${listing.content.name} on this site`,
    when: `published ${showDay(dayIn(listing.publishedAt, zone))}`,
  };
}

export interface Sourced {
  readonly source?: Source | undefined;
}

/** Entries that have the same source, together, in the order of their first. */
export function bySource<T extends Sourced>(entries: readonly T[]): readonly { source?: Source; entries: T[] }[] {
  const groups = new Map<string, { source?: Source; entries: T[] }>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.source?.title, entry.source?.url, entry.source?.dated, entry.source?.read]);
    const group = groups.get(key);
    if (group === undefined)
      groups.set(key, { ...(entry.source === undefined ? {} : { source: entry.source }), entries: [entry] });
    else group.entries.push(entry);
  }
  return [...groups.values()];
}
