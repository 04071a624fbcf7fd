import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canTurn, costOf, mayExceed, measuresOf, offeringCost } from '#shared/catalogue/cost.ts';
import { price, type Price } from '#shared/catalogue/model.ts';
import { dollars } from '#shared/kernel/money.ts';
import { showMoney } from '#shared/kernel/show-money.ts';
import { costMeasure, scenario, type CostMeasure, type Scenario } from '#shared/programs/program.ts';
import { aPrice, aProgram, term } from './builders.ts';

describe('worked examples from observed prices', () => {
  test('$3,425 a day for four days is $13,700 (a school in Springfield, Illinois, 2025)', () => {
    expect(costOf(aPrice({ typical: dollars(3425) }), 'day', { days: 4 })).toEqual({
      typical: dollars(13_700),
      compared: dollars(13_700),
      comparedBy: 'typical',
      minimumApplies: false,
      assumptions: [{ factor: 'days', quantity: 4 }],
    });
  });

  test('$3,300 to $3,500 a day for four days is compared half way', () => {
    expect(costOf(aPrice({ low: dollars(3300), high: dollars(3500) }), 'day', { days: 4 })).toMatchObject({
      low: dollars(13_200),
      high: dollars(14_000),
      compared: dollars(13_600),
      comparedBy: 'midpoint',
    });
  });

  test('$9,900 to $35,212 a school for three schools', () => {
    const cost = costOf(aPrice({ low: dollars(9900), high: dollars(35_212) }), 'school', { schools: 3 });
    expect(cost).toMatchObject({ low: dollars(29_700), high: dollars(105_636), compared: dollars(67_668) });
  });

  test('up to $175,000 for five schools is the high end as it stands, however many schools', () => {
    for (const schools of [1, 5]) {
      expect(costOf(aPrice({ high: dollars(175_000) }), 'ceiling', { schools })).toEqual({
        high: dollars(175_000),
        compared: dollars(175_000),
        comparedBy: 'high',
        minimumApplies: false,
        assumptions: [],
      });
    }
  });

  test('$185 a student for 420 students is $77,700', () => {
    expect(costOf(aPrice({ typical: dollars(185) }), 'student', { students: 420 })).toMatchObject({
      typical: dollars(77_700),
    });
  });

  test('$3,260 to $5,220 a teacher for 30 teachers, beside the $68,940 that a quote of $2,298 would say', () => {
    const measured = costOf(aPrice({ low: dollars(3260), high: dollars(5220) }), 'teacher', { teachers: 30 });
    expect(measured).toMatchObject({ low: dollars(97_800), high: dollars(156_600) });
    expect(costOf(aPrice({ typical: dollars(2298) }), 'teacher', { teachers: 30 })).toMatchObject({
      typical: dollars(68_940),
    });
  });

  test('a participation fee of $500 is $500', () => {
    expect(costOf(aPrice({ typical: dollars(500) }), 'once', {})).toMatchObject({
      typical: dollars(500),
      assumptions: [],
    });
  });

  test('one engagement of $25,000.03 keeps its cents', () => {
    const cost = costOf(aPrice({ typical: dollars(25_000.03) }), 'once', {});
    expect(canTurn(cost) && showMoney(cost.compared)).toBe('$25,000.03');
  });
});

describe('base plus outcome payment', () => {
  const outcomePayment = dollars(5000);
  test('from the base to the base with the payment', () => {
    expect(costOf(aPrice({ low: dollars(10_000), outcomePayment }), 'contingent', {})).toMatchObject({
      low: dollars(10_000),
      high: dollars(15_000),
      compared: dollars(12_500),
      comparedBy: 'midpoint',
    });
  });
  test('a stated typical is compared', () => {
    const stated = { low: dollars(10_000), typical: dollars(13_000), outcomePayment };
    expect(costOf(aPrice(stated), 'contingent', {})).toMatchObject({
      high: dollars(15_000),
      compared: dollars(13_000),
    });
  });
  test('an "up to" base leaves the low end unknown', () => {
    const cost = costOf(aPrice({ high: dollars(10_000), outcomePayment }), 'contingent', {});
    expect(cost).toMatchObject({ high: dollars(15_000), comparedBy: 'high' });
    expect(cost).not.toHaveProperty('low');
  });
  test('a stated high end above that holds', () => {
    const stated = { low: dollars(10_000), high: dollars(18_000), outcomePayment };
    expect(costOf(aPrice(stated), 'contingent', {})).toMatchObject({ high: dollars(18_000) });
  });
  test('without a stated payment the high end is unknown', () => {
    const cost = costOf(aPrice({ low: dollars(10_000) }), 'contingent', {});
    expect(cost).toMatchObject({ low: dollars(10_000), comparedBy: 'low' });
    expect(cost).not.toHaveProperty('high');
  });
});

describe('what else counts', () => {
  test('the smallest amount billed raises each bound that is below it', () => {
    const stated = { low: dollars(1000), typical: dollars(2000), high: dollars(3000), minimum: dollars(5000) };
    expect(costOf(aPrice(stated), 'day', { days: 2 })).toMatchObject({
      low: dollars(5000),
      typical: dollars(5000),
      high: dollars(6000),
      minimumApplies: true,
    });
    expect(costOf(aPrice(stated), 'day', { days: 5 })).toMatchObject({ low: dollars(5000), minimumApplies: false });
  });

  test('staff hours are multiplied alike and stay beside the fee', () => {
    expect(costOf(aPrice({ typical: dollars(185), staffHours: 1.5 }), 'student', { students: 100 })).toMatchObject({
      compared: dollars(18_500),
      staffHours: 150,
    });
    expect(costOf(aPrice({ typical: dollars(500), staffHours: 40 }), 'once', { days: 9 })).toMatchObject({
      staffHours: 40,
    });
  });

  test.each([
    ['day', 'days'],
    ['school', 'schools'],
    ['teacher', 'teachers'],
    ['student', 'students'],
  ] as const)('a price per %s says that the number of %s is missing', (measure, missing) => {
    const others: Scenario = { days: 1, schools: 1, teachers: 1, students: 1, [missing]: undefined };
    expect(costOf(aPrice({ typical: dollars(1) }), measure, others)).toEqual({ missing });
  });

  test('a result above a billion dollars is not counted, and nothing throws', () => {
    expect(costOf(aPrice({ typical: dollars(10_000) }), 'student', { students: 2_000_000 })).toEqual({
      beyond: 'limit',
    });
  });

  test('a cost may exceed a budget only when it is within it as compared', () => {
    const cost = costOf(aPrice({ low: dollars(9000), typical: dollars(10_000), high: dollars(12_000) }), 'once', {});
    if (!canTurn(cost)) throw new Error('A fixed price can always be turned.');
    expect([9999, 10_000, 11_999, 12_000].map((most) => mayExceed(cost, dollars(most)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('the cost of an offering', () => {
  const measures = measuresOf(aProgram());
  const daily = aPrice({ unit: 'day', typical: dollars(3000) });
  const fixed = aPrice({ unit: 'fixed', typical: dollars(10_000) });

  test('is the lowest of the prices that can be turned', () => {
    expect(offeringCost([daily, fixed], measures, { days: 3 })).toMatchObject({
      price: daily,
      cost: { compared: dollars(9000) },
    });
    expect(offeringCost([daily, fixed], measures, { days: 4 })).toMatchObject({ price: fixed });
    expect(offeringCost([daily, fixed], measures, {})).toMatchObject({ price: fixed });
  });
  test('says for each price why it cannot be turned', () => {
    expect(offeringCost([daily], measures, { schools: 3 })).toEqual({ cannot: [{ missing: 'days' }] });
    expect(offeringCost([], measures, { schools: 3 })).toEqual({ cannot: [] });
  });
  test('does not guess what an unknown unit means', () => {
    expect(() => offeringCost([aPrice({ unit: term('hour'), typical: 1 })], measures, {})).toThrow('no cost unit hour');
  });
});

describe('any price', () => {
  const amount = fc.option(fc.integer({ min: 0, max: 100_000_000 }), { nil: undefined });
  const prices: fc.Arbitrary<Price> = fc
    .record({ low: amount, typical: amount, high: amount, outcomePayment: amount, minimum: amount })
    .map((given) => price.safeParse({ unit: 'day', ...given }))
    .filter((parsed) => parsed.success)
    .map((parsed) => price.parse(parsed.data));
  const scenarios = fc.record({
    days: fc.integer({ min: 1, max: 200 }),
    schools: fc.integer({ min: 1, max: 50 }),
    teachers: fc.integer({ min: 1, max: 500 }),
    students: fc.integer({ min: 1, max: 900 }),
  });
  const measure: fc.Arbitrary<CostMeasure> = fc.constantFrom(...costMeasure.options);

  test('keeps its bounds in order, with what is compared among them', () => {
    fc.assert(
      fc.property(prices, measure, scenarios, (given, by, year) => {
        const cost = costOf(given, by, scenario.parse(year));
        fc.pre(canTurn(cost));
        const known = [cost.low, cost.typical, cost.high].filter((one) => one !== undefined);
        expect(known).toEqual(known.toSorted((a, b) => a - b));
        expect(cost.compared).toBeGreaterThanOrEqual(known[0] ?? Infinity);
        expect(cost.compared).toBeLessThanOrEqual(known.at(-1) ?? 0);
        expect(Math.min(...known)).toBeGreaterThanOrEqual(given.minimum ?? 0);
      }),
      { numRuns: 1000 },
    );
  });

  test('never costs less for more days', () => {
    fc.assert(
      fc.property(prices, fc.integer({ min: 1, max: 200 }), (given, days) => {
        const [one, more] = [days, days + 1].map((count) => costOf(given, 'day', { days: count }));
        if (one === undefined || more === undefined || !canTurn(one) || !canTurn(more)) return;
        expect(more.compared).toBeGreaterThanOrEqual(one.compared);
      }),
    );
  });
});
