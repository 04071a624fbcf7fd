import { describe, expect, test } from 'vitest';
import { actFields, actWords, isApprovalAct, readAct, whyNotIn } from '#lib/catalogue/approval-acts.ts';
import { allowedIn } from '#shared/catalogue/acts.ts';
import { approvalAct } from '#shared/catalogue/contract.ts';
import { approval } from '#shared/catalogue/model.ts';
import { unknownArea } from '#shared/programs/unknown-area.ts';
import { demoProgram } from './facts.ts';

const given = approval.parse({
  program: 'demo',
  partner: 'a-partner',
  area: 'an-area',
  conditions: [
    { text: 'Met', from: '2026-01-01T00:00:00.000Z', metAt: '2026-02-01T00:00:00.000Z' },
    { text: 'Open', from: '2026-01-01T00:00:00.000Z' },
  ],
});
const reason = demoProgram.reasons.approval[0]?.id ?? '';
const filled = {
  granted: '2027-07-01',
  ends: '2030-06-30',
  text: 'T',
  due: '2028-01-01',
  condition: '1',
  until: '2028-01-01',
  reason,
  words: 'W',
};

test('where no source shows the area, an approval can be ended and none granted', () => {
  expect(whyNotIn(unknownArea, 'end', 'published')).toBeUndefined();
  expect(whyNotIn(unknownArea, 'grant', 'published')).toMatch(/granted in a priority area/);
  expect(whyNotIn('an-area', 'grant', 'published')).toBeUndefined();
});

describe('the forms of the state’s acts', () => {
  test('are there for every act of the rules', () => {
    expect(Object.keys(actWords).toSorted()).toEqual(Object.keys(allowedIn).toSorted());
    expect(isApprovalAct('toString')).toBe(false);
  });

  test.each(Object.keys(actWords).filter(isApprovalAct))('%s gives what the API takes', (act) => {
    const fields = actFields(act, demoProgram, given);
    const typed = Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, [value]]));
    const { decision, problems } = readAct(act, fields, typed);
    expect(problems).toEqual({});
    expect(approvalAct.parse(decision)).toEqual(decision);
  });

  test('offer only conditions that bind, by their place', () => {
    const [field] = actFields('meet-condition', demoProgram, given);
    expect(field).toMatchObject({ options: [{ value: '1', label: 'Open' }] });
  });

  test('need a coded reason to suspend and to end', () => {
    for (const act of ['suspend', 'end'] as const) {
      expect(readAct(act, actFields(act, demoProgram, given), {}).problems).toEqual({
        reason: 'Reason: this is needed.',
      });
    }
  });
});
