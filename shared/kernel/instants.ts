import * as z from 'zod';
import { dayAt, dayPattern, instantAt, instantPattern, isMonth, momentExists } from './iso-text.ts';

// Functions here use no schema: pages call them, and a schema would bring its whole library along.

/** A moment in time: UTC, milliseconds, `2027-06-30T03:59:59.999Z`. Sorts as text. */
export const instant = z
  .string()
  .regex(instantPattern, 'An instant looks like 2027-06-30T03:59:59.999Z.')
  .refine(momentExists, 'There is no such instant.')
  .brand<'instant'>();
export type Instant = z.infer<typeof instant>;

/** The years whose days can be given, and whose school years have names here. */
const firstYear = 1990;
const lastYear = 2100;

/** A day without a time: `2027-06-30`, from 1990 to 2100. */
export const day = z
  .string()
  .regex(dayPattern, 'A date looks like 2027-06-30.')
  .refine((text) => momentExists(`${text}T00:00:00.000Z`), 'There is no such date.')
  .refine((text) => {
    const year = Number(text.slice(0, 4));
    return year >= firstYear && year <= lastYear;
  }, 'Give a date from 1990 to 2100.')
  .brand<'day'>();
export type Day = z.infer<typeof day>;

/** A day, or a month where nobody noted the day: `2026-11-12`, `2026-11`. */
export const dayOrMonth = z
  .string()
  .regex(/^\d{4}-\d{2}(-\d{2})?$/, 'Give a day or a month, such as 2026-11-12 or 2026-11.')
  .refine((text) => day.safeParse(isMonth(text) ? `${text}-01` : text).success, 'There is no such day or month.');

/** An IANA zone that this machine knows: `America/New_York`. */
export const zone = z
  .string()
  .refine((name) => {
    try {
      return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
    } catch {
      return false;
    }
  }, 'This is not a time zone of the IANA list, such as America/New_York.')
  .brand<'zone'>();
export type Zone = z.infer<typeof zone>;

/** Throws RangeError for a year that four digits cannot write. */
export function instantOf(date: Date): Instant {
  return instantAt(date.getTime());
}

export function plusMilliseconds(at: Instant, milliseconds: number): Instant {
  return instantOf(new Date(Date.parse(at) + milliseconds));
}

export const millisecondsPerDay = 86_400_000;

/** Making one costs as much as a thousand uses. */
const clocks = new Map<Zone, Intl.DateTimeFormat>();

function clockOf(where: Zone): Intl.DateTimeFormat {
  const known = clocks.get(where);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: where,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(where, made);
  return made;
}

/** Milliseconds that local time in `where` is ahead of UTC at the moment `epoch`. */
function offsetAt(epoch: number, where: Zone): number {
  const parts = clockOf(where).formatToParts(epoch);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(epoch / 1000) * 1000;
}

/** The day it is in `where` at the instant `at`. */
export function dayIn(at: Instant, where: Zone): Day {
  const epoch = Date.parse(at);
  return dayAt(epoch + offsetAt(epoch, where));
}

/** Midnight in `where` at which `date` begins. Across a clock change the offset of that midnight holds. */
export function startOfDay(date: Day, where: Zone): Instant {
  return instantOf(new Date(midnightIn(Date.parse(`${date}T00:00:00.000Z`), where)));
}

/** @param midnight the same midnight in UTC. */
function midnightIn(midnight: number, where: Zone): number {
  const guess = midnight - offsetAt(midnight, where);
  return midnight - offsetAt(guess, where);
}

/** The last millisecond of `date` in `where`: a deadline named by its day holds until then. */
export function endOfDay(date: Day, where: Zone): Instant {
  return instantOf(new Date(midnightIn(Date.parse(`${date}T00:00:00.000Z`) + millisecondsPerDay, where) - 1));
}

/** A school year by the calendar year in which it ends: 2027 is July 1, 2026 to June 30, 2027. */
const firstSchoolYear = firstYear;
const lastSchoolYear = 2101;
export const schoolYear = z.int().min(firstSchoolYear).max(lastSchoolYear).brand<'school-year'>();
export type SchoolYear = z.infer<typeof schoolYear>;

function isSchoolYear(year: number): year is SchoolYear {
  return Number.isInteger(year) && year >= firstSchoolYear && year <= lastSchoolYear;
}

/** The first and the last day of the school year that ends in a calendar year. */
export function daysOfSchoolYear(year: number): { readonly first: Day; readonly last: Day } {
  return { first: dayAt(Date.UTC(year - 1, 6, 1)), last: dayAt(Date.UTC(year, 5, 30)) };
}

/** Throws RangeError outside the school years known here. */
export function schoolYearOf(date: Day): SchoolYear {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  const found = month >= 7 ? year + 1 : year;
  if (!isSchoolYear(found)) throw new RangeError(`${date} is in no school year that is known here.`);
  return found;
}
