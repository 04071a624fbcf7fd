import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyRecord, lowerBound, trackRecord, wilsonInterval, withResult } from '#shared/catalogue/track-record.ts';
import { instantOf } from '#shared/kernel/instants.ts';
import { on } from './builders.ts';

const counts = fc
  .integer({ min: 1, max: 500 })
  .chain((agreed) => fc.record({ agreed: fc.constant(agreed), met: fc.integer({ min: 0, max: agreed }) }));

describe('the interval of a track record', () => {
  // Found by bisection of (met/n − p)² = z²·p(1 − p)/n, whose roots the ends of the interval are.
  test.each([
    [3, 3, 0.5258, 1],
    [2, 2, 0.425, 1],
    [0, 3, 0, 0.4742],
    [9, 10, 0.65228, 0.97737],
    [18, 20, 0.73834, 0.96634],
    [50, 100, 0.4189, 0.5811],
  ])('%i met of %i', (met, agreed, lower, upper) => {
    const interval = wilsonInterval(met, agreed);
    expect(interval.lower).toBeCloseTo(lower, 3);
    expect(interval.upper).toBeCloseTo(upper, 3);
  });

  test('its ends solve the score equation', () => {
    fc.assert(
      fc.property(counts, ({ met, agreed }) => {
        const z = 1.6448536269514722;
        const { lower, upper } = wilsonInterval(met, agreed);
        for (const end of [lower, upper]) {
          expect((met / agreed - end) ** 2 - (z * z * end * (1 - end)) / agreed).toBeCloseTo(0, 10);
        }
      }),
    );
  });

  test('it lies within 0 and 1, around the estimate', () => {
    fc.assert(
      fc.property(counts, ({ met, agreed }) => {
        const { lower, upper } = wilsonInterval(met, agreed);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(met / agreed);
        expect(upper).toBeGreaterThanOrEqual(met / agreed);
        expect(lower).toBeLessThan(upper);
      }),
    );
  });

  test('one more goal met raises the lower bound, and one more not met lowers it', () => {
    fc.assert(
      fc.property(counts, ({ met, agreed }) => {
        expect(lowerBound(met + 1, agreed + 1)).toBeGreaterThan(lowerBound(met, agreed));
        expect(lowerBound(met, agreed + 1)).toBeLessThanOrEqual(lowerBound(met, agreed));
      }),
    );
  });

  test('of the same goals, more met is a higher lower bound', () => {
    fc.assert(
      fc.property(counts, fc.nat(), ({ met, agreed }, other) => {
        const fewer = other % (met + 1);
        expect(lowerBound(fewer, agreed) < lowerBound(met, agreed)).toBe(fewer < met);
      }),
    );
  });

  test('the same share from more goals is known more closely', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 20 }), ({ met, agreed }, times) => {
        const few = wilsonInterval(met, agreed);
        const many = wilsonInterval(met * times, agreed * times);
        expect(many.upper - many.lower).toBeLessThan(few.upper - few.lower);
        expect(many.lower).toBeGreaterThanOrEqual(few.lower);
      }),
    );
  });

  test('goals that were not met mirror those that were', () => {
    fc.assert(
      fc.property(counts, ({ met, agreed }) => {
        expect(wilsonInterval(agreed - met, agreed).lower).toBeCloseTo(1 - wilsonInterval(met, agreed).upper, 12);
      }),
    );
  });

  test('nothing agreed says nothing, and impossible counts are a defect', () => {
    expect(wilsonInterval(0, 0)).toEqual({ lower: 0, upper: 1 });
    expect(() => lowerBound(4, 3)).toThrow(RangeError);
    expect(() => lowerBound(-1, 3)).toThrow(RangeError);
    expect(() => lowerBound(0.5, 3)).toThrow(RangeError);
  });
});

describe('what may be shown', () => {
  test('nothing under three confirmed goals', () => {
    expect(trackRecord({ agreed: 2, met: 2, engagements: 2 })).toEqual({ known: false });
    expect(trackRecord(emptyRecord)).toEqual({ known: false });
  });

  test('from three on, the estimate with its bounds and what it rests on', () => {
    const latest = on('2026-06-30');
    const shown = trackRecord({ agreed: 4, met: 3, engagements: 2, latest });
    expect(shown).toMatchObject({ known: true, estimate: 0.75, agreed: 4, met: 3, engagements: 2, latest });
    expect(shown.known && shown.lowerBound).toBe(lowerBound(3, 4));
  });

  test('two lucky engagements stand below twenty good ones', () => {
    expect(lowerBound(3, 3)).toBeLessThan(lowerBound(50, 60));
  });
});

describe('counting confirmed results', () => {
  const arrival = fc.record({
    engagement: fc.integer({ min: 0, max: 4 }),
    met: fc.boolean(),
    at: fc.integer({ min: 0, max: 1_000_000 }).map((ms) => instantOf(new Date(ms))),
  });

  test('gives the same record whatever engagement is heard of first', () => {
    fc.assert(
      fc.property(fc.array(arrival, { maxLength: 30 }), (arrivals) => {
        const seen = new Map<number, number>();
        const results = arrivals.map((one) => {
          const number = (seen.get(one.engagement) ?? 0) + 1;
          seen.set(one.engagement, number);
          return { ...one, number };
        });
        const counted = (list: typeof results) => list.reduce((so, one) => withResult(so, one, one.at), emptyRecord);
        const byEngagement = results.toSorted((a, b) => b.engagement - a.engagement);
        const record = counted(results);
        expect(counted(byEngagement)).toEqual(record);
        expect(record.agreed).toBe(arrivals.length);
        expect(record.met).toBe(arrivals.filter((one) => one.met).length);
        expect(record.engagements).toBe(new Set(arrivals.map((one) => one.engagement)).size);
        expect(record.latest).toBe(
          arrivals
            .map((one) => one.at)
            .toSorted()
            .at(-1),
        );
      }),
    );
  });
});
