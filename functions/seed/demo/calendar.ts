import {
  day,
  dayIn,
  endOfDay,
  instantOf,
  millisecondsPerDay,
  plusMilliseconds,
  schoolYearOf,
  startOfDay,
  type Day,
  type Instant,
  type SchoolYear,
  type Zone,
} from '#shared/kernel/instants.ts';
import type { Random } from './random.ts';

const hour = 3_600_000;

/** Moments before and after the present of a seed. Nothing here reads a clock. */
export class Calendar {
  readonly now: Instant;
  readonly zone: Zone;
  readonly today: Day;
  readonly year: SchoolYear;
  /** Approvals in force end on June 30 of this year, a month ahead at the least. */
  readonly termEnds: number;
  /** The last June 30 that is over was in this year. */
  readonly lastTermEnded: number;
  readonly #ends = new Map<number, Instant>();

  constructor(now: Instant, zone: Zone) {
    this.now = now;
    this.zone = zone;
    this.today = dayIn(now, zone);
    this.year = schoolYearOf(this.today);
    this.termEnds = this.endOfTerm(this.year) > this.ago(-30) ? this.year : this.year + 1;
    this.lastTermEnded = this.year - 1;
  }

  /** The moment so many days before now; a negative number is a time to come. */
  ago(days: number): Instant {
    return plusMilliseconds(this.now, -Math.round(days * millisecondsPerDay));
  }

  /** The last millisecond of June 30. */
  endOfTerm(year: number): Instant {
    const known = this.#ends.get(year) ?? endOfDay(day.parse(`${year}-06-30`), this.zone);
    this.#ends.set(year, known);
    return known;
  }

  /** The first moment of July 1. */
  startOfTerm(year: number): Instant {
    return plusMilliseconds(this.endOfTerm(year), 1);
  }

  dayOf(at: Instant): Day {
    return dayIn(at, this.zone);
  }

  startOf(date: Day): Instant {
    return startOfDay(date, this.zone);
  }

  endOf(date: Day): Instant {
    return endOfDay(date, this.zone);
  }

  /** A moment of somebody's working day from `from` to `until`, whose days are at least four apart. */
  working(random: Random, from: Instant, until: Instant): Instant {
    const [first, last] = [Date.parse(from), Date.parse(until)];
    const midnight = Math.floor((first + random.share() * (last - first)) / millisecondsPerDay) * millisecondsPerDay;
    // 1970 began on a Thursday: 2 and 3 days later are the weekend.
    const weekday = (midnight / millisecondsPerDay) % 7;
    const back = weekday === 2 ? 1 : weekday === 3 ? 2 : 0;
    const moment = midnight - back * millisecondsPerDay + (14 + random.share() * 7) * hour;
    const minute = Math.floor(moment / 60_000) * 60_000;
    return instantOf(new Date(Math.min(Math.max(minute, first), last)));
  }

  /** A working moment `least` to `most` days after `at`, never before it. */
  after(random: Random, at: Instant, least: number, most: number): Instant {
    return this.working(
      random,
      plusMilliseconds(at, Math.round(least * millisecondsPerDay)),
      plusMilliseconds(at, Math.round(most * millisecondsPerDay)),
    );
  }
}
