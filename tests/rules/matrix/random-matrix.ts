import * as fc from 'fast-check';
import type * as z from 'zod';
import { approval, finding, offering, site } from '#shared/catalogue/model.ts';
import { organizationId, programId, termId } from '#shared/kernel/ids.ts';
import { day, instant, zone, type Instant } from '#shared/kernel/instants.ts';
import { costMeasure, type CostMeasure } from '#shared/programs/program.ts';
import { gradeOrder } from '#shared/programs/grades.ts';
import type { MatrixPartner } from '#shared/catalogue/matrix/partner.ts';
import { readQuery, statusWords } from '#shared/catalogue/matrix/query-words.ts';
import type { MatrixTerms } from '#shared/catalogue/matrix/terms.ts';

/** Random partners and queries over vocabularies so small that they often meet. */

const ids = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${prefix}-${n + 1}`);

/** The last entry of each list is one that no partner ever has. */
const vocabulary = {
  areas: ids('area', 4),
  conditions: ids('condition', 3),
  services: ids('service', 4),
  populations: ids('population', 3),
  outcomes: ids('outcome', 3),
  sites: ids('site', 4),
};

const measures: ReadonlyMap<z.infer<typeof termId>, CostMeasure> = new Map(
  costMeasure.options.map((measure) => [termId.parse(measure), measure]),
);

export const terms: MatrixTerms = {
  ...vocabulary,
  funds: [
    { id: 'fund-any' },
    { id: 'fund-2', tierAtMost: 2 },
    { id: 'fund-3', tierAtMost: 3 },
    { id: 'fund-4', tierAtMost: 4 },
  ],
  measures,
  exampleScenario: { schools: 2, teachers: 30, days: 10 },
};

export const program = programId.parse('demo');
export const easternTime = zone.parse('America/New_York');

const used = (list: readonly string[]) => fc.subarray(list.slice(0, -1));
const one = (list: readonly string[]) => fc.constantFrom(...list.slice(0, -1));

/** Few instants, a millisecond and a day apart, so that dates and `at` often fall together. */
const start = Date.parse('2027-01-31T05:00:00.000Z');
export const anInstant: fc.Arbitrary<Instant> = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -1, max: 1 }))
  .map(([days, milliseconds]) => instant.parse(new Date(start + days * 86_400_000 + milliseconds).toISOString()));

const aDay = fc
  .integer({ min: 29, max: 35 })
  .map((n) => day.parse(new Date(Date.UTC(2027, 0, n)).toISOString().slice(0, 10)));

/** A record whose absent fields are missing rather than undefined. */
const facts = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record<T, never>(shape, { requiredKeys: [] });
const span = fc.record({ from: anInstant, until: anInstant }, { requiredKeys: ['from'] });

export const anApproval = fc
  .tuple(
    facts({
      area: one(vocabulary.areas),
      granted: anInstant,
      ends: anInstant,
      asPublished: fc.record(
        { year: fc.constantFrom('2011', '2018'), source: fc.constant({ title: 'A list' }) },
        { requiredKeys: ['source'] },
      ),
      probation: span,
      removed: anInstant.map((at) => ({ at, reason: 'reason' })),
    }),
    fc.array(span, { maxLength: 2 }),
    fc.array(span, { maxLength: 2 }),
  )
  .map(([given, suspensions, conditions]) => {
    // Random facts rarely leave an approval in force, so most dates that end it are dropped.
    const { removed, ends, ...rest } = given;
    const ending = suspensions.length === 2 ? { ...(removed && { removed }) } : { ...(ends && { ends }) };
    return approval.parse({
      program,
      partner: 'somebody',
      ...rest,
      ...ending,
      suspensions: suspensions.slice(1).map((each) => ({ ...each, reason: 'reason' })),
      conditions: conditions
        .slice(1)
        .map(({ from, until }) => ({ text: 'A condition.', from, ...(until && { metAt: until }) })),
    });
  });

const amount = fc.constantFrom(0, 50_000, 450_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_100, 30_000_000);

export const aPrice = fc
  .tuple(
    fc.constantFrom(...costMeasure.options),
    fc.uniqueArray(fc.constantFrom('low', 'typical', 'high'), { minLength: 1, maxLength: 3 }),
    fc.tuple(amount, amount, amount),
    facts({ outcomePayment: amount, minimum: amount, staffHours: fc.integer({ min: 0, max: 90 }) }),
  )
  .map(([unit, bounds, amounts, rest]) => {
    const [low = 0, typical = 0, high = 0] = amounts.toSorted((a, b) => a - b);
    return {
      unit,
      ...rest,
      ...Object.fromEntries(
        Object.entries({ low, typical, high }).filter(([bound]) => bounds.some((one) => one === bound)),
      ),
    };
  });

const someOfferings = fc
  .array(
    fc.record({
      service: one(vocabulary.services),
      areas: used(vocabulary.areas),
      conditions: used(vocabulary.conditions),
      grades: fc.subarray(gradeOrder.slice(0, 4)),
      prices: fc.array(aPrice, { maxLength: 2 }),
    }),
    { maxLength: 3 },
  )
  .map((list) => list.map((each, n) => offering.parse({ id: `offering-${n}`, name: `Course ${n}`, ...each })));

const someFindings = fc
  .array(
    fc.record(
      {
        outcomes: used(vocabulary.outcomes),
        populations: used(vocabulary.populations),
        effect: fc.constantFrom('positive', 'positive', 'none', 'mixed', 'negative', 'not-stated'),
        tier: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })).map(([a, b]) => ({
          atLeast: Math.min(a, b),
          atMost: Math.max(a, b),
        })),
      },
      { requiredKeys: ['outcomes', 'populations', 'effect'] },
    ),
    { maxLength: 3 },
  )
  .map((list) =>
    list.map((each, n) =>
      finding.parse({
        id: `finding-${n}`,
        study: 'A study',
        source: { title: 'A report' },
        design: 'randomized',
        ...each,
      }),
    ),
  );

const someSites = fc
  .array(facts({ district: one(vocabulary.sites), region: one(vocabulary.sites) }), { maxLength: 2 })
  .map((list) => list.map((each) => site.parse({ label: 'A place', ...each })));

const text = fc
  .array(fc.constantFrom('Reading', 'Reads', 'École', 'data-use', 'math', 'MATHEMATICS', 'a', 'ab', '3'), {
    maxLength: 3,
  })
  .map((words) => words.join(' '));

const aPartner = fc.record({
  name: text,
  summary: text,
  text: fc.array(text, { maxLength: 2 }),
  claimed: fc.boolean(),
  approvals: fc.array(anApproval, { maxLength: 4 }),
  offerings: someOfferings,
  findings: someFindings,
  sites: someSites,
  capacity: fc.option(
    fc
      .record(
        {
          clientsAtMost: fc.integer({ min: 0, max: 2 }),
          clientsNow: fc.integer({ min: 0, max: 2 }),
          clientsNext: fc.integer({ min: 0, max: 2 }),
          nextYear: anInstant,
          earliestStart: aDay,
        },
        { requiredKeys: ['clientsNow', 'clientsNext', 'nextYear'] },
      )
      .filter((each) => each.clientsAtMost !== undefined || each.earliestStart !== undefined),
  ),
  record: fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 3 })).map(([agreed, missed]) => ({
    agreed,
    met: Math.max(0, agreed - missed),
    engagements: agreed,
  })),
});

export function partners(size: { minLength?: number; maxLength: number }): fc.Arbitrary<readonly MatrixPartner[]> {
  return fc.array(aPartner, size).map((list) =>
    list.map(({ capacity, ...each }, n) => ({
      ...each,
      id: organizationId.parse(`partner-${n}`),
      ...(capacity === null ? {} : { capacity }),
    })),
  );
}

const some = (values: readonly string[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.subarray([...values], { minLength: 1, maxLength: 2 }) },
  );
const perhaps = (...values: readonly string[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constantFrom(...values).map((value) => [value]) },
  );

/** Addresses with allowed values only; a word stands in it about every third time. */
export const anAddress: fc.Arbitrary<URLSearchParams> = fc
  .record({
    area: some(vocabulary.areas),
    areas: perhaps('all'),
    condition: some(vocabulary.conditions),
    service: some(vocabulary.services),
    grade: some(gradeOrder.slice(0, 5)),
    tier: some(['1', '2', '3', '4', 'unknown']),
    population: some(vocabulary.populations),
    outcome: some(vocabulary.outcomes),
    fund: some(terms.funds.map((fund) => fund.id)),
    max: perhaps('0', '10000', '25000', '100000'),
    schools: perhaps('1', '3'),
    teachers: perhaps('10'),
    students: perhaps('500'),
    days: perhaps('5'),
    unpriced: perhaps('no'),
    record: some(['0', '50', '71', '90', 'unknown']),
    capacity: some(['now', 'unknown']),
    site: some(vocabulary.sites),
    status: some(statusWords),
    q: perhaps('read', 'ecole', 'math a', 'ab', '—', 'nowhere', 'reding', 'math reeds', 'matematiks', 'eco1e xyz'),
    sort: perhaps('relevance', 'record', 'cost', 'name'),
    page: perhaps('1', '2', '3'),
    at: anInstant.chain((at) => perhaps(at)),
  })
  .chain((words) => {
    // A query that demands everything finds nobody, so most keep a few words only.
    const names = Object.keys(words);
    return fc.subarray(names, { minLength: 0, maxLength: 8 }).map((kept) => {
      const params = new URLSearchParams();
      for (const [word, values] of Object.entries(words)) {
        if (kept.includes(word)) for (const value of values) params.append(word, value);
      }
      return params;
    });
  });

export const aQuery = anAddress.map((params) => readQuery(params, terms).query);
