import type { Day, Instant } from './instants.ts';

/** How instants and days are written, checked and made without the schema library, for pages. */

export const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
export const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** Reading rolls a day that no month has over into the next month; writing it again shows that. */
export function momentExists(text: string): boolean {
  const moment = Date.parse(text);
  return !Number.isNaN(moment) && new Date(moment).toISOString() === text;
}

export function isInstant(text: string): text is Instant {
  return instantPattern.test(text) && momentExists(text);
}

export function isDay(text: string): text is Day {
  return dayPattern.test(text) && momentExists(`${text}T00:00:00.000Z`);
}

export function isMonth(text: string): boolean {
  return /^\d{4}-\d{2}$/.test(text) && isDay(`${text}-01`);
}

/** The instant of a moment in milliseconds. Throws RangeError for a year that four digits cannot write. */
export function instantAt(moment: number): Instant {
  const text = new Date(moment).toISOString();
  if (!isInstant(text)) throw new RangeError(`There is no such instant: ${text}.`);
  return text;
}

/** The day of a moment in UTC. Throws RangeError for a year that four digits cannot write. */
export function dayAt(moment: number): Day {
  const day = instantAt(moment).slice(0, 10);
  if (!isDay(day)) throw new RangeError(`There is no such day: ${day}.`);
  return day;
}
