import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeSnapshot } from '#shared/catalogue/matrix/encode-snapshot.ts';
import { bitFilter } from '#shared/catalogue/matrix/bit-filter.ts';
import { fastestMeans } from '#shared/catalogue/matrix/means.ts';
import { everyRow, filter, idsOf, pageSize } from '#shared/catalogue/matrix/filter.ts';
import type { MatrixPartner } from '#shared/catalogue/matrix/partner.ts';
import type { MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import { searchIn } from '#shared/catalogue/matrix/search.ts';
import { singlePass } from '#shared/catalogue/matrix/single-pass.ts';
import { decodeTexts } from '#shared/catalogue/matrix/decode-texts.ts';
import { decodeSnapshot, type Snapshot } from '#shared/catalogue/matrix/snapshot.ts';
import { instant, plusMilliseconds, type Instant } from '#shared/kernel/instants.ts';
import { naiveFilter } from './naive-filter.ts';
import { anInstant, aQuery, easternTime, partners, program, terms } from './random-matrix.ts';
import { emptyQuery } from '../../support/empty-query.ts';

const builtAt = instant.parse('2027-01-01T00:00:00.000Z');

function columnsOf(given: readonly MatrixPartner[]) {
  const snapshot: Snapshot = JSON.parse(JSON.stringify(encodeSnapshot(given, { program, builtAt, zone: easternTime })));
  const columns = decodeSnapshot(snapshot);
  const texts = decodeTexts(snapshot, columns);
  return { columns, search: searchIn(columns, texts), means: fastestMeans(columns, texts) };
}
type Read = ReturnType<typeof columnsOf>;

/** @returns how many partners the two agree on. */
function expectSame(
  given: readonly MatrixPartner[],
  { columns, search, means }: Read,
  query: MatrixQuery,
  at: Instant,
): number {
  const { ids: everyId, ...expected } = naiveFilter(given, query, { at, zone: easternTime, terms });
  for (const way of [bitFilter, singlePass]) {
    const { rows, ids, boundary, ...answer } = filter(columns, query, { at, terms }, { way, search });
    expect({ ...answer, facets: answer.facets.byValue }, way.name).toEqual(expected);
    expect(ids, way.name).toEqual(everyId.slice((query.page - 1) * pageSize, query.page * pageSize));
    expect(ids).toEqual(idsOf(columns, rows));
    expect(boundary ?? Number.POSITIVE_INFINITY).toBeGreaterThan(Date.parse(at));
  }
  expect(idsOf(columns, everyRow(columns, query, { at, terms }, means))).toEqual(everyId);
  return expected.total;
}

describe('the engine answers as the naive filter does', () => {
  test('for 10,000 pairs of any few partners and any query, by sets of bits and in a single pass', () => {
    let nonEmpty = 0;
    const questions = fc.array(fc.tuple(aQuery, anInstant), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(partners({ maxLength: 12 }), questions, (given, asked) => {
        const columns = columnsOf(given);
        for (const [query, at] of asked) if (expectSame(given, columns, query, at) > 0) nonEmpty += 1;
      }),
      { numRuns: 2_000 },
    );
    // Otherwise the test would mostly compare nothing with nothing.
    expect(nonEmpty).toBeGreaterThan(4_000);
  }, 120_000);

  test('for all of several areas together with words of the offering, which random queries rarely ask', () => {
    const areas = fc.subarray(terms.areas.slice(0, 3), { minLength: 1, maxLength: 2 });
    const words: fc.Arbitrary<Partial<MatrixQuery>> = fc.constantFrom(
      { max: 100_000 },
      { unpriced: 'no' },
      { grade: ['K'] },
    );
    fc.assert(
      fc.property(partners({ minLength: 8, maxLength: 16 }), areas, words, anInstant, (given, area, more, at) => {
        expectSame(given, columnsOf(given), { ...emptyQuery, areas: 'all', area, status: ['any'], ...more }, at);
      }),
      { numRuns: 150 },
    );
  });

  test('for more partners than one number has bits for, and more than one page', () => {
    fc.assert(
      fc.property(partners({ minLength: 55, maxLength: 75 }), aQuery, anInstant, (given, query, at) => {
        const columns = columnsOf(given);
        expectSame(given, columns, query, at);
        expectSame(given, columns, { ...emptyQuery, status: ['any'], page: 2 }, at);
      }),
      { numRuns: 25 },
    );
  });

  test('for partners each of whom one approval, offering and finding stands for, whose words are counted apart', () => {
    let nonEmpty = 0;
    const single = partners({ minLength: 20, maxLength: 40 }).map((list) =>
      list.map(({ approvals, offerings, findings, ...each }) => ({
        ...each,
        approvals: approvals.slice(0, 1),
        offerings: offerings.slice(0, 1),
        // Two that are alike are one, and some have none.
        findings: [...findings.slice(0, 1), ...findings.slice(0, 1)],
      })),
    );
    const questions = fc.array(fc.tuple(aQuery, anInstant), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(single, questions, (given, asked) => {
        const columns = columnsOf(given);
        for (const [query, at] of asked) if (expectSame(given, columns, query, at) > 0) nonEmpty += 1;
      }),
      { numRuns: 100 },
    );
    expect(nonEmpty).toBeGreaterThan(200);
  });

  test('until the boundary nothing changes', () => {
    fc.assert(
      fc.property(partners({ maxLength: 12 }), aQuery, anInstant, (given, query, at) => {
        const { columns, search } = columnsOf(given);
        const before = filter(columns, query, { at, terms }, { way: bitFilter, search });
        const end = before.boundary === undefined ? Date.parse(at) + 1e10 : before.boundary - 1;
        const last = plusMilliseconds(at, end - Date.parse(at));
        const after = naiveFilter(given, query, { at: last, zone: easternTime, terms });
        expect({ total: before.total, facets: before.facets.byValue }).toEqual({
          total: after.total,
          facets: after.facets,
        });
      }),
      { numRuns: 200 },
    );
  });

  test('for no partners at all', () => {
    expect(expectSame([], columnsOf([]), emptyQuery, builtAt)).toBe(0);
  });
});
