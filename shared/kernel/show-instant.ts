import type { Day, Instant, SchoolYear, Zone } from './instants.ts';
import { isDay, isMonth } from './iso-text.ts';

/** Made once a zone: to make a formatter takes a hundred times as long as to use it. */
const formats = new Map<Zone, Intl.DateTimeFormat>();

/** `Jun 30, 2027, 11:59 p.m. ET`: how a deadline is shown. */
export function showInstant(at: Instant, where: Zone): string {
  let format = formats.get(where);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: where,
      month: 'short',
      day: 'numeric',
      year: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZoneName: 'shortGeneric',
    });
    formats.set(where, format);
  }
  return format.format(Date.parse(at)).replace(/\s([AP])M/u, (_, half: string) => ` ${half.toLowerCase()}.m.`);
}

/** `Jun 30, 2027`. */
export function showDay(date: Day): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'short', day: 'numeric', year: 'numeric' }).format(
    Date.parse(`${date}T00:00:00.000Z`),
  );
}

/** `on Jun 30, 2027`; `in June 2027` where only the month is known; another text as it stands. */
export function showDayOrMonth(text: string): string {
  if (isDay(text)) return `on ${showDay(text)}`;
  if (!isMonth(text)) return text;
  const month = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'long', year: 'numeric' });
  return `in ${month.format(Date.parse(`${text}-01T00:00:00.000Z`))}`;
}

/** `2026–27`. */
export function showSchoolYear(year: SchoolYear): string {
  return `${year - 1}–${String(year % 100).padStart(2, '0')}`;
}
