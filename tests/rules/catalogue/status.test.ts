import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf, plusMilliseconds, type Instant } from '#shared/kernel/instants.ts';
import { approvalStatus, type Approval, type ApprovalStatus } from '#shared/catalogue/model.ts';
import { isAskable, isListedByDefault, nextStatusChange, statusAt } from '#shared/catalogue/status.ts';
import { anApproval, now, on, term } from './builders.ts';

const asPublished = { year: '2014', source: { title: 'List of 2014' } };
const reason = term('other');

describe('the status of an approval', () => {
  const cases: readonly (readonly [string, Approval, ApprovalStatus])[] = [
    ['in force', anApproval(), 'active'],
    ['without an end', anApproval({ ends: undefined }), 'active'],
    ['not begun', anApproval({ granted: on('2027-03-02') }), 'upcoming'],
    ['beginning now', anApproval({ granted: now }), 'active'],
    ['in its last instant', anApproval({ ends: now }), 'active'],
    ['past its last instant', anApproval({ ends: plusMilliseconds(now, -1) }), 'lapsed'],
    ['neither granted nor published', anApproval({ granted: undefined }), 'upcoming'],
    ['only published', anApproval({ granted: undefined, ends: undefined, asPublished }), 'published'],
    ['published and granted', anApproval({ asPublished }), 'active'],
    ['with a condition', anApproval({ conditions: [{ text: 'Report.', from: on('2027-01-01') }] }), 'conditional'],
    [
      'with a condition past its due date',
      anApproval({ conditions: [{ text: 'Report.', from: on('2027-01-01'), due: on('2027-02-01') }] }),
      'conditional',
    ],
    [
      'with a condition met now',
      anApproval({ conditions: [{ text: 'Report.', from: on('2027-01-01'), metAt: now }] }),
      'active',
    ],
    ['with a condition to come', anApproval({ conditions: [{ text: 'Report.', from: on('2027-04-01') }] }), 'active'],
    ['on probation', anApproval({ probation: { from: now } }), 'probation'],
    ['with probation over', anApproval({ probation: { from: on('2027-01-01'), until: now } }), 'active'],
    ['suspended', anApproval({ suspensions: [{ from: now, reason }] }), 'suspended'],
    ['no longer suspended', anApproval({ suspensions: [{ from: on('2027-01-01'), until: now, reason }] }), 'active'],
    [
      'suspended on probation with a condition',
      anApproval({
        suspensions: [{ from: now, reason }],
        probation: { from: now },
        conditions: [{ text: 'Report.', from: now }],
      }),
      'suspended',
    ],
    ['lapsed while suspended', anApproval({ ends: on('2027-02-01'), suspensions: [{ from: now, reason }] }), 'lapsed'],
    ['removed', anApproval({ removed: { at: now, reason } }), 'removed'],
    ['removed before it began', anApproval({ granted: on('2028-01-01'), removed: { at: now, reason } }), 'removed'],
    [
      'published, then suspended',
      anApproval({
        granted: undefined,
        ends: undefined,
        asPublished,
        suspensions: [{ from: on('2027-01-01'), reason: 'other' }],
      }),
      'suspended',
    ],
    [
      'published, then removed',
      anApproval({ granted: undefined, ends: undefined, asPublished, removed: { at: now, reason } }),
      'removed',
    ],
    ['removed from tomorrow', anApproval({ removed: { at: on('2027-03-02'), reason } }), 'active'],
  ];
  test.each(cases)('%s', (_name, approval, status) => {
    expect(statusAt(approval, now)).toBe(status);
  });
});

/** A small range of instants, so that boundaries meet each other and the instant asked for. */
const first = Date.parse('2027-01-01T00:00:00.000Z');
const anInstant = fc.integer({ min: 0, max: 12 }).map((step): Instant => instantOf(new Date(first + step)));
const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const facts = fc
  .record({
    granted: perhaps(anInstant),
    ends: perhaps(anInstant),
    published: fc.boolean(),
    conditions: fc.array(fc.record({ from: anInstant, due: perhaps(anInstant), metAt: perhaps(anInstant) }), {
      maxLength: 3,
    }),
    probation: perhaps(fc.record({ from: anInstant, until: perhaps(anInstant) })),
    suspensions: fc.array(fc.record({ from: anInstant, until: perhaps(anInstant) }), { maxLength: 3 }),
    removed: perhaps(anInstant),
  })
  .map(({ published, conditions, suspensions, removed, ...rest }) =>
    anApproval({
      ...rest,
      asPublished: published ? asPublished : undefined,
      conditions: conditions.map((one) => ({ ...one, text: 'Report.' })),
      suspensions: suspensions.map((one) => ({ ...one, reason })),
      removed: removed === undefined ? undefined : { at: removed, reason },
    }),
  );

const ms = (instant: Instant | undefined, otherwise: number): number =>
  instant === undefined ? otherwise : Date.parse(instant);

/** Half-open intervals of milliseconds, each with the status that it forces, the strongest first. */
function oracle(approval: Approval, at: Instant): ApprovalStatus {
  const granted = ms(approval.granted, Infinity);
  const suspensions = approval.suspensions.map((one): [number, number, ApprovalStatus] => [
    ms(one.from, 0),
    ms(one.until, Infinity),
    'suspended',
  ]);
  const layers: [from: number, until: number, status: ApprovalStatus][] = [
    [ms(approval.removed?.at, Infinity), Infinity, 'removed'],
    ...(approval.granted === undefined && approval.asPublished !== undefined
      ? ([...suspensions, [-Infinity, Infinity, 'published']] satisfies [number, number, ApprovalStatus][])
      : []),
    [-Infinity, granted, 'upcoming'],
    [ms(approval.ends, Infinity) + 1, Infinity, 'lapsed'],
    ...suspensions,
    [ms(approval.probation?.from, Infinity), ms(approval.probation?.until, Infinity), 'probation'],
    ...approval.conditions.map((one): [number, number, ApprovalStatus] => [
      ms(one.from, 0),
      ms(one.metAt, Infinity),
      'conditional',
    ]),
    [-Infinity, Infinity, 'active'],
  ];
  const point = Date.parse(at);
  return layers.find(([from, until]) => from <= point && point < until)?.[2] ?? 'active';
}

describe('at random instants', () => {
  test('the status is that of the strongest interval around the instant', () => {
    fc.assert(
      fc.property(facts, anInstant, (approval, at) => {
        expect(statusAt(approval, at)).toBe(oracle(approval, at));
      }),
      { numRuns: 3000 },
    );
  });

  test('nothing ended, suspended, removed or not begun can be asked or is listed by default', () => {
    const unavailable = fc
      .tuple(facts, anInstant)
      .filter(
        ([approval, at]) =>
          (approval.removed !== undefined && approval.removed.at <= at) ||
          (approval.granted === undefined && approval.asPublished === undefined) ||
          approval.suspensions.some((one) => one.from <= at && (one.until === undefined || at < one.until)) ||
          (approval.granted !== undefined &&
            (at < approval.granted || (approval.ends !== undefined && approval.ends < at))),
      );
    fc.assert(
      fc.property(unavailable, ([approval, at]) => {
        const status = statusAt(approval, at);
        expect([isAskable(status), isListedByDefault(status)]).toEqual([false, false]);
      }),
      { numRuns: 3000 },
    );
  });

  test('what was never granted cannot be asked', () => {
    fc.assert(
      fc.property(facts, anInstant, (approval, at) => {
        expect(isAskable(statusAt({ ...approval, granted: undefined }, at))).toBe(false);
      }),
    );
  });

  test('what can be asked is listed by default', () => {
    expect(approvalStatus.options.filter(isAskable)).toEqual(['active', 'conditional']);
    expect(approvalStatus.options.filter(isListedByDefault)).toEqual(['active', 'conditional', 'published']);
  });

  test('the next change is the first later instant with another status', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: -1, max: 14 }), (approval, step) => {
        const at = instantOf(new Date(first + step));
        const later = Array.from({ length: 16 }, (_, ahead) => plusMilliseconds(at, ahead + 1));
        const expected = later.find((one) => statusAt(approval, one) !== statusAt(approval, at));
        expect(nextStatusChange(approval, at)).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  test('an end that no later instant can be written for never changes the status', () => {
    expect(nextStatusChange(anApproval({ ends: on('9999-12-31T23:59:59.999Z') }), now)).toBeUndefined();
  });
});
