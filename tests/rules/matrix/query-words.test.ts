import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { queryWords, readQuery, scenarioOf, statusWords, writeQuery } from '#shared/catalogue/matrix/query-words.ts';
import { approvalStatus } from '#shared/catalogue/model.ts';
import { scenario } from '#shared/programs/program.ts';
import { anAddress, aQuery, terms } from './random-matrix.ts';
import { emptyQuery } from '../../support/empty-query.ts';

const read = (address: string) => readQuery(new URLSearchParams(address), terms);

describe('the query words', () => {
  test('a query survives being written and read', () => {
    fc.assert(
      fc.property(aQuery, (query) => {
        const again = readQuery(writeQuery(query), terms);
        expect(again).toEqual({ query, unknown: [], problems: {} });
      }),
      { numRuns: 1_000 },
    );
  });

  test('addresses that mean the same are written the same, whatever their order and repeats', () => {
    fc.assert(
      fc.property(
        anAddress.chain((params) =>
          fc.tuple(
            fc.constant(params),
            fc.shuffledSubarray([...params], { minLength: params.size, maxLength: params.size }),
          ),
        ),
        ([params, shuffled]) => {
          const repeated = new URLSearchParams([...shuffled, ...shuffled]);
          const written = (given: URLSearchParams) => writeQuery(readQuery(given, terms).query).toString();
          expect(written(repeated)).toBe(written(params));
        },
      ),
    );
  });

  test('any text can be read, and every word that is not allowed is named', () => {
    const aWord = fc.oneof(fc.constantFrom(...Object.keys(queryWords)), fc.string());
    fc.assert(
      fc.property(fc.array(fc.tuple(aWord, fc.string())), (pairs) => {
        const params = new URLSearchParams(pairs.map(([word, value]): [string, string] => [word, value]));
        const { query, unknown, problems } = readQuery(params, terms);
        expect(unknown).toEqual([...new Set(params.keys())].filter((word) => !Object.hasOwn(queryWords, word)));
        expect(readQuery(writeQuery(query), terms).query).toEqual(query);
        for (const [word, sentence] of Object.entries(problems)) expect(sentence).toContain(`“${word}”`);
      }),
    );
  });

  test('an empty value is an absent word', () => {
    const empty = new URLSearchParams(Object.keys(queryWords).map((word) => [word, '']));
    expect(readQuery(empty, terms)).toEqual({ query: emptyQuery, unknown: [], problems: {} });
    expect(writeQuery(emptyQuery).toString()).toBe('');
  });

  test.each([
    ['area=nowhere', 'area', 'area-1, area-2'],
    ['areas=some', 'areas', 'all'],
    ['grade=13', 'grade', 'PK, K, 1'],
    ['tier=5', 'tier', '1, 2, 3, 4, unknown'],
    ['max=12.5', 'max', 'whole number from 0'],
    ['max=unknown', 'max', 'whole number from 0'],
    ['max=1&max=2', 'max', 'once'],
    ['record=101', 'record', '0 to 100, or unknown'],
    ['schools=0', 'schools', 'from 1 to 5000'],
    ['site=Not%20An%20Id', 'site', 'lower case letters'],
    ['status=gone', 'status', 'active, conditional'],
    [`q=${'x'.repeat(201)}`, 'q', '200 characters'],
    ['page=0', 'page', 'from 1'],
    ['page=9007199254740992', 'page', 'from 1 to 9007199254740991'],
    ['at=2027-02-30', 'at', '2027-06-30T03:59:59.999Z'],
    ['at=2027-02-30T00:00:00.000Z', 'at', '2027-06-30T03:59:59.999Z'],
  ] as const)('%s is refused with a sentence that says what is allowed', (address, word, allowed) => {
    expect(read(address).problems[word]).toContain(allowed);
  });

  test('text sorts by relevance unless the address says otherwise', () => {
    expect(read('q=reading').query.sort).toBe('relevance');
    expect(read('q=reading&sort=name').query.sort).toBe('name');
    expect(writeQuery(read('q=reading&sort=relevance').query).toString()).toBe('q=reading');
    expect(read('').query.sort).toBe('record');
  });

  test('any status makes the others idle', () => {
    expect(read('status=any&status=lapsed').query.status).toEqual(['any']);
  });

  test('one figure of a scenario replaces the whole example: the others are not known then', () => {
    expect(scenarioOf(read('').query, terms)).toEqual(terms.exampleScenario);
    expect(scenarioOf(read('schools=3').query, terms)).toEqual({ schools: 3 });
  });

  test('lists and limits are those of the schemas', () => {
    expect(statusWords.filter((word) => word !== 'any').toSorted()).toEqual([...approvalStatus.options].toSorted());
    for (const figure of ['schools', 'teachers', 'students', 'days'] as const) {
      const { least, most } = queryWords[figure];
      expect(scenario.safeParse({ [figure]: least }).success && scenario.safeParse({ [figure]: most }).success).toBe(
        true,
      );
      expect(
        scenario.safeParse({ [figure]: least - 1 }).success || scenario.safeParse({ [figure]: most + 1 }).success,
      ).toBe(false);
    }
  });
});
