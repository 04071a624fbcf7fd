import type { Zone } from './instants.ts';

/** A zone as people call it: `Eastern Time`. */
export function showZone(where: Zone): string {
  // The name is that of the whole year, so any day does.
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: where, timeZoneName: 'longGeneric' }).formatToParts(
    Date.UTC(2026, 0, 1),
  );
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? where;
}
