import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyRole } from '#shared/kernel/actors.ts';
import { engagementId, organizationId, personId, programId, termId } from '#shared/kernel/ids.ts';
import { instant, plusMilliseconds } from '#shared/kernel/instants.ts';
import type { Result } from '#shared/kernel/result.ts';
import { emptyRecord, withResult } from '#shared/catalogue/track-record.ts';
import { resultConfirmed } from '#shared/impact/events.ts';
import { mostGoals, results as resultsSchema, type Results } from '#shared/impact/model.ts';
import { confirmable, confirmResult, type Confirmation, type ResultInput } from '#shared/impact/rules.ts';

const at = instant.parse('2027-06-20T15:00:00.000Z');
const partner = organizationId.parse('northwind-learning');
const district = organizationId.parse('alder-district');
const elsewhere = organizationId.parse('birch-district');

const partnerSide: Confirmation = {
  person: personId.parse('per_0000000000000001'),
  organization: partner,
  role: 'partner:reporter',
  at: plusMilliseconds(at, -1000),
};
const districtSide: Confirmation = {
  person: personId.parse('per_0000000000000002'),
  organization: district,
  role: 'district:lead',
  at,
};

function anInput(given: Partial<ResultInput> = {}): ResultInput {
  return {
    engagement: engagementId.parse('eng_0000000000000001'),
    program: programId.parse('demo'),
    partner,
    district,
    goal: { id: termId.parse('reading-6'), words: 'Grade 6 reading' },
    met: true,
    confirmedBy: { partner: partnerSide, district: districtSide },
    ...given,
  };
}

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.refusal.code);

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${result.refusal.code}`);
  return result.value;
}

describe('a result', () => {
  test('is a fact once both sides have confirmed it', () => {
    const { next, fact } = valueOf(confirmResult(undefined, anInput(), at));
    expect(resultsSchema.parse(next)).toEqual(next);
    expect(next.confirmed).toEqual([{ goal: anInput().goal, met: true, at }]);
    expect(resultConfirmed.data.parse(fact.data)).toEqual(fact.data);
    expect(fact.data).toMatchObject({
      number: 1,
      confirmedBy: {
        partner: { person: partnerSide.person, at: partnerSide.at },
        district: { person: districtSide.person, at },
      },
    });
  });

  test('is none while a side is silent, or has not spoken yet', () => {
    const late = { ...districtSide, at: plusMilliseconds(at, 1) };
    for (const confirmedBy of [
      {},
      { partner: partnerSide },
      { district: districtSide },
      { partner: partnerSide, district: late },
    ]) {
      expect(codeOf(confirmResult(undefined, anInput({ confirmedBy }), at))).toBe('wrong-state');
    }
  });

  test('is confirmed by two people', () => {
    const confirmedBy = { partner: partnerSide, district: { ...districtSide, person: partnerSide.person } };
    expect(codeOf(confirmResult(undefined, anInput({ confirmedBy }), at))).toBe('not-allowed');
  });

  test('is confirmed by the two organizations of the engagement and by no other', () => {
    for (const confirmedBy of [
      { partner: partnerSide, district: { ...districtSide, organization: elsewhere } },
      { partner: { ...partnerSide, organization: elsewhere }, district: districtSide },
      { partner: { ...partnerSide, organization: district }, district: { ...districtSide, organization: partner } },
    ]) {
      expect(codeOf(confirmResult(undefined, anInput({ confirmedBy }), at))).toBe('not-allowed');
    }
  });

  test.each(everyRole)('can %s speak for a side', (role) => {
    const asPartner = { partner: { ...partnerSide, role }, district: districtSide };
    const asDistrict = { partner: partnerSide, district: { ...districtSide, role } };
    const expected = (side: keyof typeof confirmable) =>
      confirmable[side].some((one) => one === role) ? 'ok' : 'not-allowed';
    expect(codeOf(confirmResult(undefined, anInput({ confirmedBy: asPartner }), at))).toBe(expected('partner'));
    expect(codeOf(confirmResult(undefined, anInput({ confirmedBy: asDistrict }), at))).toBe(expected('district'));
  });

  test('is not written over', () => {
    const { next } = valueOf(confirmResult(undefined, anInput(), at));
    expect(codeOf(confirmResult(next, anInput({ met: false }), at))).toBe('already-exists');
  });

  test('belongs to its engagement: reading another one is a defect', () => {
    const { next } = valueOf(confirmResult(undefined, anInput(), at));
    expect(() => confirmResult(next, anInput({ engagement: engagementId.parse('eng_0000000000000009') }), at)).toThrow(
      'for another engagement',
    );
    expect(() => confirmResult(next, anInput({ district: elsewhere }), at)).toThrow('other sides');
  });

  test('is refused past the most goals that an engagement can have', () => {
    const confirmed = Array.from({ length: mostGoals }, (_, index) => ({
      goal: { id: termId.parse(`goal-${index}`), words: 'A goal' },
      met: true,
      at,
    }));
    const { next } = valueOf(confirmResult(undefined, anInput(), at));
    expect(codeOf(confirmResult({ ...next, confirmed }, anInput(), at))).toBe('wrong-state');
  });
});

test('each confirmed goal counts once in the track record, whatever is tried', () => {
  const attempt = fc.record({
    engagement: fc.integer({ min: 1, max: 3 }),
    goal: fc.integer({ min: 1, max: 4 }),
    met: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 40 }), (attempts) => {
      const held = new Map<number, Results>();
      let record = emptyRecord;
      for (const { engagement, goal, met } of attempts) {
        const input = anInput({
          engagement: engagementId.parse(`eng_000000000000000${engagement}`),
          goal: { id: termId.parse(`goal-${goal}`), words: 'A goal' },
          met,
        });
        const result = confirmResult(held.get(engagement), input, at);
        if (!result.ok) continue;
        held.set(engagement, result.value.next);
        record = withResult(record, result.value.fact.data, at);
      }
      const confirmed = [...held.values()].flatMap((one) => one.confirmed);
      expect(record.agreed).toBe(confirmed.length);
      expect(record.agreed).toBe(new Set(attempts.map((one) => `${one.engagement} ${one.goal}`)).size);
      expect(record.met).toBe(confirmed.filter((one) => one.met).length);
      expect(record.engagements).toBe(held.size);
    }),
  );
});
