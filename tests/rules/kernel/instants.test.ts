import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  day,
  dayIn,
  dayOrMonth,
  endOfDay,
  instant,
  plusMilliseconds,
  schoolYearOf,
  startOfDay,
  zone,
} from '#shared/kernel/instants.ts';
import { isDay, isInstant } from '#shared/kernel/iso-text.ts';
import { showDayOrMonth } from '#shared/kernel/show-instant.ts';

const eastern = zone.parse('America/New_York');
const zones = ['America/New_York', 'America/Denver', 'Pacific/Honolulu', 'UTC', 'Pacific/Kiritimati'].map((name) =>
  zone.parse(name),
);
const days = fc
  .date({ min: new Date('1990-01-01T00:00:00.000Z'), max: new Date('2100-12-31T00:00:00.000Z'), noInvalidDate: true })
  .map((date) => day.parse(date.toISOString().slice(0, 10)));

describe('a day', () => {
  test.each(['1989-12-31', '2101-01-01', '0001-01-01', '9999-12-31', '2027-02-29', '2027-13-01', '27-01-01'])(
    '%s is refused with a sentence',
    (text) => {
      expect(day.safeParse(text).error?.issues[0]?.message).toMatch(/date/);
    },
  );

  test.each(['1990-01-01', '2100-12-31', '2028-02-29'])('%s is taken', (text) => {
    expect(day.parse(text)).toBe(text);
  });

  test('begins and ends in its zone, across a clock change too', () => {
    expect(startOfDay(day.parse('2027-03-14'), eastern)).toBe('2027-03-14T05:00:00.000Z');
    expect(endOfDay(day.parse('2027-03-14'), eastern)).toBe('2027-03-15T03:59:59.999Z');
    expect(endOfDay(day.parse('2026-11-01'), eastern)).toBe('2026-11-02T04:59:59.999Z');
  });

  test('whatever can be given has a beginning, an end and a school year in every zone', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...zones), (date, where) => {
        const [first, last] = [startOfDay(date, where), endOfDay(date, where)];
        expect(first < last).toBe(true);
        expect(schoolYearOf(date)).toBeGreaterThanOrEqual(1990);
        if (date > '1990-01-02' && date < '2100-12-30') {
          expect([dayIn(first, where), dayIn(last, where)]).toEqual([date, date]);
          expect(dayIn(plusMilliseconds(first, -1), where) < date).toBe(true);
          expect(dayIn(plusMilliseconds(last, 1), where) > date).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a day, or a month where the day was not noted', () => {
  test.each([
    ['2026-11-12', 'on Nov 12, 2026'],
    ['2026-11', 'in November 2026'],
  ])('%s reads %s', (text, words) => {
    expect(dayOrMonth.parse(text)).toBe(text);
    expect(showDayOrMonth(text)).toBe(words);
  });

  test.each(['2026', '2026-13', '2026-00', '2026-11-31', '1989-11', 'November 2026'])('%s is refused', (text) => {
    expect(dayOrMonth.safeParse(text).error?.issues[0]?.message).toMatch(/day or .*month/);
  });
});

test('an instant is UTC to the millisecond, and exists', () => {
  expect(instant.safeParse('2027-06-30').success).toBe(false);
  expect(instant.safeParse('2027-13-30T03:59:59.999Z').success).toBe(false);
  for (const rolledOver of ['2026-02-30T00:00:00.000Z', '2027-02-29T00:00:00.000Z', '2026-06-30T24:00:00.000Z']) {
    expect(instant.safeParse(rolledOver).error?.issues[0]?.message).toBe('There is no such instant.');
    expect(isInstant(rolledOver)).toBe(false);
  }
  expect(isDay('2026-02-30')).toBe(false);
  expect(isDay('2028-02-29') && isInstant('2028-02-29T00:00:00.000Z')).toBe(true);
});
