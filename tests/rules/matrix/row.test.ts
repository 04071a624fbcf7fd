import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { approval, finding } from '#shared/catalogue/model.ts';
import { encodeSnapshot } from '#shared/catalogue/matrix/encode-snapshot.ts';
import type { MatrixPartner } from '#shared/catalogue/matrix/partner.ts';
import type { MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import { RowReader } from '#shared/catalogue/matrix/row.ts';
import { decodeSnapshot } from '#shared/catalogue/matrix/snapshot.ts';
import { instant } from '#shared/kernel/instants.ts';
import { easternTime, partners, program, terms } from './random-matrix.ts';
import { emptyQuery } from '../../support/empty-query.ts';

const at = instant.parse('2027-02-01T12:00:00.000Z');
const [somebody] = fc.sample(partners({ minLength: 1, maxLength: 1 }), { numRuns: 1, seed: 3 })[0] ?? [];

/** Each finding is strong in one thing: none but the last satisfies all three words of the query below. */
const findings = [
  { id: 'strongest', tier: { atLeast: 1, atMost: 1 }, outcomes: ['outcome-2'], populations: ['population-2'] },
  { id: 'not-rated', outcomes: ['outcome-1'], populations: ['population-1'] },
  {
    id: 'fitting',
    tier: { atLeast: 1, atMost: 3 },
    outcomes: ['outcome-1', 'outcome-2'],
    populations: ['population-1'],
  },
].map((one) =>
  finding.parse({ study: 'A study', source: { title: 'A report' }, design: 'randomized', effect: 'positive', ...one }),
);

function evidenceOf(asked: Partial<MatrixQuery>) {
  if (somebody === undefined) throw new Error('There is nobody to read.');
  const snapshot = encodeSnapshot([{ ...somebody, findings }], { program, builtAt: at, zone: easternTime });
  const reader = new RowReader(
    decodeSnapshot(JSON.parse(JSON.stringify(snapshot))),
    { ...emptyQuery, ...asked },
    { at, terms },
  );
  return reader.row(0).because.find(({ code }) => code === 'evidence');
}

function rowOf(given: Partial<MatrixPartner>, asked: Partial<MatrixQuery>) {
  if (somebody === undefined) throw new Error('There is nobody to read.');
  const snapshot = encodeSnapshot([{ ...somebody, ...given }], { program, builtAt: at, zone: easternTime });
  const columns = decodeSnapshot(JSON.parse(JSON.stringify(snapshot)));
  return new RowReader(columns, { ...emptyQuery, ...asked }, { at, terms }).row(0);
}

describe('why a partner is on the list', () => {
  const [ended, active] = ['2027-01-01T00:00:00.000Z', '2028-01-01T00:00:00.000Z'].map((ends, index) =>
    approval.parse({
      program,
      partner: 'partner-0',
      area: `area-${index + 1}`,
      granted: '2026-01-01T00:00:00.000Z',
      ends,
    }),
  );
  const approvals = [ended, active].filter((one) => one !== undefined);

  test('is no approval that is over', () => {
    const { because, but } = rowOf({ approvals }, { area: ['area-1', 'area-2'] });
    expect(because).toContainEqual({ code: 'approved', areas: ['area-2'] });
    expect(but).toContainEqual({ code: 'status', areas: ['area-1'], status: 'lapsed' });
  });

  test('is one that is over where those are asked for', () => {
    const { because } = rowOf({ approvals }, { area: ['area-1', 'area-2'], status: ['lapsed'] });
    expect(because).toContainEqual({ code: 'approved', areas: ['area-1'] });
  });

  test('shows no tier of a finding about something else, and says that it is unknown', () => {
    const asked = { tier: ['3', 'unknown'], population: ['population-3'] } as const;
    const { tier, but } = rowOf({ findings: findings.slice(0, 2) }, asked);
    expect(tier).toBeUndefined();
    expect(but).toContainEqual({ code: 'tier-unknown' });
    const fitting = rowOf({ findings }, { tier: ['3'], population: ['population-1'] });
    expect(fitting.tier).toEqual({ atLeast: 1, atMost: 3 });
    expect(fitting.but).not.toContainEqual({ code: 'tier-unknown' });
    expect(rowOf({ findings }, {}).tier, 'the strongest where nothing is asked').toEqual({ atLeast: 1, atMost: 1 });
  });
});

describe('the finding for which a partner is on the list', () => {
  test('is the one that satisfies tier, population and outcome together', () => {
    expect(evidenceOf({ tier: ['3'], population: ['population-1'], outcome: ['outcome-1'] })).toEqual({
      code: 'evidence',
      tier: { atLeast: 1, atMost: 3 },
      populations: ['population-1'],
      outcomes: ['outcome-1'],
    });
  });

  test('is the strongest where several satisfy the query', () => {
    expect(evidenceOf({ outcome: ['outcome-2'] })).toMatchObject({ tier: { atLeast: 1, atMost: 1 } });
  });

  test('is none where only pieces of different ones satisfy the query', () => {
    expect(evidenceOf({ tier: ['1'], population: ['population-1'], outcome: ['outcome-1'] })).toBeUndefined();
  });

  test('is none where nothing is asked of findings', () => {
    expect(evidenceOf({})).toBeUndefined();
    expect(evidenceOf({ fund: ['fund-any'] })).toBeUndefined();
  });
});
