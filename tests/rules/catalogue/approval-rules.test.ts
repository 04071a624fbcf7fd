import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyRole, type Actor } from '#shared/kernel/actors.ts';
import { millisecondsPerDay, plusMilliseconds, type Instant } from '#shared/kernel/instants.ts';
import type { Result } from '#shared/kernel/result.ts';
import { allowedIn, approvalRoles, whyNot, type ApprovalAct } from '#shared/catalogue/acts.ts';
import {
  endApproval,
  endProbation,
  enterPublishedApproval,
  grantApproval,
  liftSuspension,
  meetCondition,
  putOnProbation,
  renewApproval,
  setCondition,
  suspend,
} from '#shared/catalogue/approval-rules.ts';
import { catalogueEvents } from '#shared/catalogue/events.ts';
import {
  approval as approvalSchema,
  approvalStatus,
  type Approval,
  type ApprovalStatus,
} from '#shared/catalogue/model.ts';
import { isAskable, statusAt } from '#shared/catalogue/status.ts';
import type { Decision } from '#shared/kernel/events.ts';
import { anApproval, aPerson, aProgram, now, on, partner, term } from './builders.ts';

const program = aProgram();
const lead = aPerson('agency:program-lead');
const area = term('use-of-data');
const reason = term('no-results');
const later = on('2029-06-30');
const asPublished = { year: '2014', source: { title: 'List of 2014' } };
const unmet = { text: 'Send the report.', from: on('2027-01-01') };

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.refusal.code);
const fieldsOf = (result: Result<unknown>) => (result.ok ? [] : Object.keys(result.refusal.fields ?? {}));

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${result.refusal.code}`);
  return result.value;
}

/** One approval in each status at `now`; each has an unmet condition where a status hides it. */
const inStatus: Readonly<Record<ApprovalStatus, Approval>> = {
  upcoming: anApproval({ granted: on('2027-04-01'), conditions: [unmet] }),
  active: anApproval(),
  conditional: anApproval({ conditions: [unmet] }),
  probation: anApproval({ probation: { from: on('2027-01-01') }, conditions: [unmet] }),
  suspended: anApproval({ suspensions: [{ from: on('2027-01-01'), reason: 'other' }], conditions: [unmet] }),
  lapsed: anApproval({ ends: on('2027-02-01') }),
  removed: anApproval({ removed: { at: on('2027-02-01'), reason: 'other' } }),
  published: anApproval({ granted: undefined, ends: undefined, asPublished }),
};

type Decided = Result<Decision<Approval>>;
const acts: Readonly<Record<ApprovalAct, (approval: Approval, actor: Actor, at: Instant) => Decided>> = {
  grant: (approval, actor, at) =>
    grantApproval(approval, actor, at, { partner, area, granted: at, ends: later }, program),
  'set-condition': (approval, actor, at) => setCondition(approval, actor, at, { text: 'Send the report.' }),
  'meet-condition': (approval, actor, at) =>
    meetCondition(
      approval,
      actor,
      at,
      approval.conditions.findIndex((one) => one.metAt === undefined),
    ),
  'put-on-probation': (approval, actor, at) => putOnProbation(approval, actor, at, {}),
  'end-probation': endProbation,
  suspend: (approval, actor, at) => suspend(approval, actor, at, { reason }, program),
  'lift-suspension': liftSuspension,
  end: (approval, actor, at) =>
    endApproval(approval, actor, at, { reason, words: 'Two years without results.' }, program),
  renew: (approval, actor, at) => renewApproval(approval, actor, at, plusMilliseconds(approval.ends ?? at, 1)),
};
const everyAct: readonly ApprovalAct[] = [
  'grant',
  'set-condition',
  'meet-condition',
  'put-on-probation',
  'end-probation',
  'suspend',
  'lift-suspension',
  'end',
  'renew',
];

test('every act of the table is tried below', () => {
  expect(everyAct.toSorted()).toEqual(Object.keys(allowedIn).toSorted());
});

describe.each(everyAct)('%s', (act) => {
  const by = acts[act];
  const allowed: readonly ApprovalStatus[] = allowedIn[act];

  test.each(approvalStatus.options)('when %s is decided by the table that the page reads', (status) => {
    expect(statusAt(inStatus[status], now)).toBe(status);
    const result = by(inStatus[status], lead, now);
    expect(codeOf(result)).toBe(allowed.includes(status) ? 'ok' : 'wrong-state');
    expect(result.ok ? undefined : result.refusal.message).toBe(whyNot(act, status));
  });

  test.each(allowed)('when %s leaves an approval and a fact that fit their schemas', (status) => {
    const { next, fact } = valueOf(by(inStatus[status], lead, now));
    expect(approvalSchema.parse(next)).toEqual(next);
    expect(next.decidedAt, 'a page cites this decision').toBe(now);
    const type = catalogueEvents.find((one) => one.name === fact.type);
    expect(type?.data.parse(fact.data)).toEqual(fact.data);
  });

  test('is for the program lead and the determiner of this program only', () => {
    const possible = inStatus[allowed[0] ?? 'active'];
    for (const role of everyRole) {
      const expected = approvalRoles.some((one) => one === role) ? 'ok' : 'not-allowed';
      expect([role, codeOf(by(possible, aPerson(role), now))]).toEqual([role, expected]);
    }
    expect(codeOf(by(possible, { kind: 'public' }, now))).toBe('not-allowed');
    expect(codeOf(by(possible, aPerson('agency:program-lead', { program: 'ma' }), now))).toBe('not-found');
  });
});

test('without an approval there is only one to grant', () => {
  for (const act of everyAct) expect(whyNot(act, undefined) === undefined).toBe(act === 'grant');
});

const grant = (input: Partial<{ granted: Instant; ends: Instant; area: typeof area }>, existing?: Approval) =>
  grantApproval(existing, lead, now, { partner, area, granted: now, ends: later, ...input }, program);

describe('granting', () => {
  test('gives an approval with its dates', () => {
    const { next, fact } = valueOf(grant({}));
    expect(next).toEqual(anApproval({ granted: now, ends: later, decidedAt: now }));
    expect(fact).toEqual({ type: 'catalogue.approval-granted', data: { partner, area, granted: now, ends: later } });
  });

  test('needs an area of the program and an end after the beginning and after now', () => {
    expect(fieldsOf(grant({ area: term('nowhere') }))).toEqual(['area']);
    expect(fieldsOf(grant({ granted: later, ends: plusMilliseconds(later, -1) }))).toEqual(['ends']);
    expect(fieldsOf(grant({ granted: on('2026-01-01'), ends: now }))).toEqual(['ends']);
    expect(codeOf(grant({ granted: later, ends: later }))).toBe('ok');
  });

  test('can begin in the past only where there was none before', () => {
    const granted = on('2026-01-01');
    expect(codeOf(grant({ granted }))).toBe('ok');
    expect(fieldsOf(grant({ granted }, inStatus.lapsed))).toEqual(['granted']);
    expect(fieldsOf(grant({ granted }, inStatus.removed))).toEqual(['granted']);
  });

  test('begins anew after a removal, without what was held against the one before', () => {
    const before = anApproval({ ...inStatus.suspended, removed: { at: on('2027-02-01'), reason: 'other' } });
    expect(valueOf(grant({}, before)).next).toEqual(anApproval({ granted: now, ends: later, decidedAt: now }));
  });

  test('keeps what was published, and never takes the partner off the list until later', () => {
    const { next } = valueOf(grant({}, inStatus.published));
    expect(next.asPublished).toEqual(asPublished);
    expect(statusAt(next, now)).toBe('active');
    expect(fieldsOf(grant({ granted: later, ends: later }, inStatus.published))).toEqual(['granted']);
  });
});

describe('an approval known only from a published list', () => {
  const input = { partner, asPublished };
  test('is entered by an import or the program lead, with or without an area', () => {
    for (const by of [lead, { kind: 'system', part: 'import' } as const]) {
      const { next, fact } = valueOf(enterPublishedApproval(undefined, by, input, program));
      expect(approvalSchema.parse(next)).toEqual(next);
      expect(statusAt(next, now)).toBe('published');
      expect(next.decidedAt, 'a list is no decision made here').toBeUndefined();
      expect(fact).toEqual({ type: 'catalogue.approval-entered', data: { partner, asPublished } });
    }
    expect(valueOf(enterPublishedApproval(undefined, lead, { ...input, area }, program)).next.area).toBe(area);
  });
  test('is refused twice, in an unknown area, and to anybody else', () => {
    expect(codeOf(enterPublishedApproval(inStatus.published, lead, input, program))).toBe('already-exists');
    expect(fieldsOf(enterPublishedApproval(undefined, lead, { ...input, area: term('nowhere') }, program))).toEqual([
      'area',
    ]);
    expect(codeOf(enterPublishedApproval(undefined, aPerson('agency:auditor'), input, program))).toBe('not-allowed');
    expect(codeOf(enterPublishedApproval(undefined, aPerson('partner:owner'), input, program))).toBe('not-allowed');
  });
  test('is ended without an area all the same', () => {
    const entered = valueOf(enterPublishedApproval(undefined, lead, input, program)).next;
    expect(valueOf(endApproval(entered, lead, now, { reason }, program)).fact.data).toEqual({ partner, reason });
  });
});

describe('conditions', () => {
  test('bind from the instant they are set until the instant they are met', () => {
    const due = on('2027-06-01');
    const set = valueOf(setCondition(inStatus.active, lead, now, { text: 'Send the report.', due }));
    expect(set.fact.data).toEqual({ partner, area, condition: 0, due });
    expect(statusAt(set.next, plusMilliseconds(now, -1))).toBe('active');
    expect(statusAt(set.next, now)).toBe('conditional');
    const met = valueOf(meetCondition(set.next, lead, on('2027-05-01'), 0));
    expect(statusAt(met.next, on('2027-05-01'))).toBe('active');
    expect(statusAt(met.next, on('2027-04-30'))).toBe('conditional');
  });
  test('are met once, and only those that exist', () => {
    const two = anApproval({ conditions: [{ ...unmet, metAt: on('2027-02-01') }, unmet] });
    expect(codeOf(meetCondition(two, lead, now, 0))).toBe('wrong-state');
    for (const none of [2, -1, 0.5]) expect(codeOf(meetCondition(two, lead, now, none))).toBe('not-found');
    expect(codeOf(meetCondition(two, lead, now, 1))).toBe('ok');
  });
  test('are due in the future, and at most as many as an approval can hold', () => {
    expect(fieldsOf(setCondition(inStatus.active, lead, now, { text: 'Report.', due: now }))).toEqual(['due']);
    const full = anApproval({ conditions: Array.from({ length: 20 }, () => unmet) });
    expect(codeOf(setCondition(full, lead, now, { text: 'One more.' }))).toBe('wrong-state');
  });
});

describe('probation and suspension', () => {
  test('hold from now until the instant given', () => {
    const until = on('2027-04-01');
    const probation = valueOf(putOnProbation(inStatus.active, lead, now, { until, words: 'Results are late.' }));
    expect(probation.fact).toMatchObject({ data: { partner, area, until }, reason: 'Results are late.' });
    const suspended = valueOf(suspend(inStatus.active, lead, now, { reason, until }, program));
    for (const [next, status] of [
      [probation.next, 'probation'],
      [suspended.next, 'suspended'],
    ] as const) {
      expect(statusAt(next, now)).toBe(status);
      expect(statusAt(next, plusMilliseconds(until, -1))).toBe(status);
      expect(statusAt(next, until)).toBe('active');
    }
  });
  test('cannot be over before they begin', () => {
    expect(fieldsOf(putOnProbation(inStatus.active, lead, now, { until: now }))).toEqual(['until']);
    expect(fieldsOf(suspend(inStatus.active, lead, now, { reason, until: now }, program))).toEqual(['until']);
  });
  test('a lifted suspension leaves the one before it as it was', () => {
    const before = { from: on('2026-09-01'), until: on('2026-10-01'), reason: 'other' };
    const approval = anApproval({ suspensions: [before, { from: on('2027-01-01'), reason: 'other' }] });
    const { next } = valueOf(liftSuspension(approval, lead, now));
    expect(next.suspensions).toEqual([before, { from: on('2027-01-01'), until: now, reason: 'other' }]);
    expect(statusAt(next, now)).toBe('active');
  });
  test('an approval that was suspended too often can only be ended', () => {
    const over = { from: on('2026-09-01'), until: on('2026-10-01'), reason: 'other' };
    const often = anApproval({ suspensions: Array.from({ length: 20 }, () => over) });
    expect(codeOf(suspend(often, lead, now, { reason }, program))).toBe('wrong-state');
    expect(codeOf(endApproval(often, lead, now, { reason }, program))).toBe('ok');
  });
});

test('suspending and ending need a reason of the list', () => {
  const unknown = { reason: term('because') };
  expect(fieldsOf(suspend(inStatus.active, lead, now, unknown, program))).toEqual(['reason']);
  expect(fieldsOf(endApproval(inStatus.active, lead, now, unknown, program))).toEqual(['reason']);
});

describe('renewing', () => {
  test('moves the end and keeps the conditions', () => {
    const { next, fact } = valueOf(renewApproval(inStatus.conditional, lead, now, later));
    expect(next).toEqual({ ...inStatus.conditional, ends: later, decidedAt: now });
    expect(fact).toEqual({ type: 'catalogue.approval-renewed', data: { partner, area, ends: later } });
  });
  test('is refused for an end that is not later, or where there is none', () => {
    expect(fieldsOf(renewApproval(inStatus.active, lead, now, on('2028-06-30')))).toEqual(['ends']);
    expect(codeOf(renewApproval(anApproval({ ends: undefined }), lead, now, later))).toBe('wrong-state');
  });
});

describe('whatever the state does', () => {
  const step = fc.record({ name: fc.constantFrom(...everyAct), days: fc.integer({ min: 1, max: 200 }) });

  /** Each act that was possible, in turn, with the approval before and after it. */
  const histories = fc.array(step, { maxLength: 25 }).map((steps) => {
    const history: { act: ApprovalAct; at: Instant; before: Approval; after: Approval }[] = [];
    let at = now;
    for (const { name, days } of steps) {
      at = plusMilliseconds(at, days * millisecondsPerDay);
      const before = history.at(-1)?.after ?? inStatus.active;
      const result = acts[name](before, lead, at);
      if (result.ok) history.push({ act: name, at, before, after: result.value.next });
    }
    return history;
  });

  test('its approval can be stored', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { after } of history) expect(approvalSchema.parse(after)).toEqual(after);
      }),
    );
  });

  test('the instant before an act keeps its status; a new grant alone writes a new approval', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { at, before, after } of history.filter((one) => one.act !== 'grant')) {
          const justBefore = plusMilliseconds(at, -1);
          expect(statusAt(after, justBefore)).toBe(statusAt(before, justBefore));
        }
      }),
    );
  });

  test('what was ended or suspended cannot be asked from that instant on', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { at, after } of history.filter((one) => one.act === 'end' || one.act === 'suspend')) {
          expect(isAskable(statusAt(after, at))).toBe(false);
        }
      }),
    );
  });
});
