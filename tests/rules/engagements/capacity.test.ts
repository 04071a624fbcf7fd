import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roomBefore, type CapacityFacts } from '#shared/engagements/capacity.ts';
import { day, type Day } from '#shared/kernel/instants.ts';

const on = (text: string): Day => day.parse(text);
const work = (from: string, until: string) => ({ from: on(from), until: on(until) });
const asOf = on('2026-10-01');

describe('room', () => {
  test.each<[string, CapacityFacts, string, string | undefined | 'now']>([
    [
      'is not refused where nothing is stated',
      { engagements: [work('2026-07-01', '2027-06-30')] },
      '2026-11-01',
      'now',
    ],
    [
      'is not refused below the limit',
      { stated: { clientsAtMost: 2, clientsNow: 1, asOf }, engagements: [] },
      '2026-11-01',
      'now',
    ],
    [
      'opens at the earliest start',
      { stated: { earliestStart: on('2027-01-04'), asOf }, engagements: [] },
      '2026-11-01',
      '2027-01-04',
    ],
    [
      'is there on the earliest start',
      { stated: { earliestStart: on('2027-01-04'), asOf }, engagements: [] },
      '2027-01-04',
      'now',
    ],
    [
      'counts stated clients and engagements together',
      { stated: { clientsAtMost: 2, clientsNow: 1, asOf }, engagements: [work('2026-09-01', '2027-06-30')] },
      '2026-11-01',
      '2027-07-01',
    ],
    [
      'counts engagements that ended in the same school year',
      { stated: { clientsAtMost: 1, asOf }, engagements: [work('2026-07-01', '2026-09-30')] },
      '2026-11-01',
      '2027-07-01',
    ],
    [
      'does not carry stated clients into the next school year',
      { stated: { clientsAtMost: 1, clientsNow: 1, asOf }, engagements: [] },
      '2027-07-01',
      'now',
    ],
    [
      'waits for an engagement over two school years',
      { stated: { clientsAtMost: 1, asOf }, engagements: [work('2026-09-01', '2027-08-31')] },
      '2026-11-01',
      '2028-07-01',
    ],
    [
      'respects limit and earliest start together',
      { stated: { clientsAtMost: 1, clientsNow: 1, earliestStart: on('2027-09-15'), asOf }, engagements: [] },
      '2026-11-01',
      '2027-09-15',
    ],
    [
      'is never there for a partner that takes nobody',
      { stated: { clientsAtMost: 0, asOf }, engagements: [] },
      '2026-11-01',
      undefined,
    ],
    [
      'names no day beyond the years known here',
      { stated: { clientsAtMost: 1, earliestStart: on('2100-12-31'), asOf }, engagements: [] },
      '2026-11-01',
      undefined,
    ],
  ])('%s', (_, capacity, wanted, from) => {
    const expected = from === 'now' ? { has: true } : { has: false, ...(from === undefined ? {} : { from }) };
    expect(roomBefore(capacity, on(wanted))).toEqual(expected);
  });

  test('the named day has room, and no wanted day before it has', () => {
    const days = fc
      .date({ min: new Date('2025-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      .map((date) => on(date.toISOString().slice(0, 10)));
    const spans = fc.tuple(days, days).map(([a, b]) => (a <= b ? { from: a, until: b } : { from: b, until: a }));
    const option = { requiredKeys: ['asOf'] as ['asOf'] };
    const stated = fc.record(
      {
        asOf: days,
        clientsAtMost: fc.integer({ min: 0, max: 4 }),
        clientsNow: fc.integer({ min: 0, max: 4 }),
        earliestStart: days,
      },
      option,
    );
    const capacity = fc.record({ stated, engagements: fc.array(spans, { maxLength: 5 }) });
    fc.assert(
      fc.property(capacity, days, days, (facts, wanted, between) => {
        const room = roomBefore(facts, wanted);
        if (room.has || room.from === undefined) return;
        expect(room.from > wanted).toBe(true);
        expect(roomBefore(facts, room.from)).toEqual({ has: true });
        if (between > wanted && between < room.from) {
          expect(roomBefore(facts, between)).toEqual({ has: false, from: room.from });
        }
      }),
      { numRuns: 500 },
    );
  });
});
