import type { Source } from '#shared/catalogue/model.ts';
import { isDay } from '#shared/kernel/iso-text.ts';
import { showDay, showDayOrMonth } from '#shared/kernel/show-instant.ts';

/** A source as a page shows it: a document, or what was recorded on this site. */
export interface ShownSource extends Source {
  /** In place of a date, for what this site recorded itself: `recorded on this site on Jun 3, 2026`. */
  readonly when?: string;
}

/** When a source was made and read: its own words for its date, with a plain date written like every other of this site. */
export function whenWords({ when, dated, read }: ShownSource): string {
  if (when !== undefined) return when;
  const made = dated === undefined ? 'undated' : `dated ${isDay(dated) ? showDay(dated) : dated}`;
  return read === undefined ? made : `${made}, read ${showDayOrMonth(read)}`;
}
