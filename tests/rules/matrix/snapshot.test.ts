import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MatrixColumns } from '#shared/catalogue/matrix/columns.ts';
import { encodeSnapshot } from '#shared/catalogue/matrix/encode-snapshot.ts';
import { idsOf } from '#shared/catalogue/matrix/filter.ts';
import { nextChange, statusOf } from '#shared/catalogue/matrix/state-at.ts';
import { numberText } from '#shared/catalogue/matrix/write-number-text.ts';
import { decodeTexts } from '#shared/catalogue/matrix/decode-texts.ts';
import { decodeSnapshot, type Snapshot } from '#shared/catalogue/matrix/snapshot.ts';
import { compareAll } from '#shared/catalogue/matrix/compare-all.ts';
import { costOfOffering, yearCosts } from '#shared/catalogue/matrix/year-costs.ts';
import { offeringCost } from '#shared/catalogue/cost.ts';
import { nextStatusChange, statusAt } from '#shared/catalogue/status.ts';
import { instant } from '#shared/kernel/instants.ts';
import { anInstant, easternTime, partners, program, terms } from './random-matrix.ts';

const meta = { program, builtAt: instant.parse('2027-01-01T00:00:00.000Z'), zone: easternTime };
const everyId = (columns: MatrixColumns) => idsOf(columns, [...Array(columns.partners.count).keys()]);
const decoded = (snapshot: Snapshot) => decodeSnapshot(JSON.parse(JSON.stringify(snapshot)));

describe('a snapshot', () => {
  test('keeps every approval: its status on the columns is that of the approval, at any instant', () => {
    fc.assert(
      fc.property(
        partners({ minLength: 1, maxLength: 8 }),
        fc.array(anInstant, { minLength: 1 }),
        (given, instants) => {
          const columns = decoded(encodeSnapshot(given, meta));
          for (const [row, id] of everyId(columns).entries()) {
            const approvals = given.find((one) => one.id === id)?.approvals ?? [];
            const first = columns.approvals.from[row] ?? 0;
            for (const at of instants) {
              for (const [index, approval] of approvals.entries()) {
                expect(statusOf(columns, first + index, Date.parse(at))).toBe(statusAt(approval, at));
                const change = nextStatusChange(approval, at);
                // The columns may name an earlier moment, never a later one.
                if (change !== undefined)
                  expect(nextChange(columns, Date.parse(at))).toBeLessThanOrEqual(Date.parse(change));
              }
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('keeps every price: an offering costs on the columns what it costs', () => {
    const aScenario = fc.record(
      {
        schools: fc.integer({ min: 1, max: 9 }),
        teachers: fc.integer({ min: 1, max: 90 }),
        students: fc.constant(700),
        days: fc.constant(3),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(partners({ minLength: 1, maxLength: 8 }), aScenario, (given, scenario) => {
        const columns = decoded(encodeSnapshot(given, meta));
        const { compared } = yearCosts(columns, { measures: terms.measures, scenario });
        expect(compareAll(columns, terms.measures, scenario)).toEqual(compared);
        for (const [row, id] of everyId(columns).entries()) {
          const offerings = given.find((one) => one.id === id)?.offerings ?? [];
          const first = columns.offerings.from[row] ?? 0;
          for (const [index, { prices }] of offerings.entries()) {
            expect(costOfOffering(columns, first + index, terms.measures, scenario)).toEqual(
              offeringCost(prices, terms.measures, scenario),
            );
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is the same whatever order the partners come in', () => {
    fc.assert(
      fc.property(
        partners({ maxLength: 10 }).chain((given) =>
          fc.tuple(fc.constant(given), fc.shuffledSubarray([...given], { minLength: given.length })),
        ),
        ([given, shuffled]) => {
          expect(encodeSnapshot(shuffled, meta)).toEqual(encodeSnapshot(given, meta));
        },
      ),
    );
  });

  const [sample] = fc.sample(partners({ minLength: 9, maxLength: 9 }), { numRuns: 1, seed: 5 });
  const snapshot = encodeSnapshot(sample ?? [], meta);

  const { core, sites, summaries, text } = snapshot;
  const inCore = (change: object) => ({ ...snapshot, core: { ...core, ...change } });
  const inPartners = (change: object) => inCore({ partners: { ...core.partners, ...change } });
  /** A column of as many numbers, all of them this one. */
  const all = (column: string, number: number) => column.replaceAll(/[A-Z]*[a-z-]/g, numberText([number]));

  test.each([
    ['nothing', { core: null, sites }, 'it is not an object'],
    ['another format', inCore({ format: 6 }), 'has the format 6; this version reads 5'],
    ['one part in place of another', { ...snapshot, sites: summaries }, 'it is the part summaries and not sites'],
    [
      'a part of another snapshot',
      { ...snapshot, sites: { ...sites, builtAt: '2027-01-02T00:00:00.000Z' } },
      'its sites is of another snapshot',
    ],
    ['a missing table', inCore({ approvals: undefined }), 'approvals is not an object'],
    ['a short list', inPartners({ names: core.partners.names.slice(1) }), 'partners.names has 8 entries instead of 9'],
    ['a short column', inPartners({ claimed: core.partners.claimed.slice(1) }), 'claimed has 8 entries instead of 9'],
    ['a long column', inPartners({ claimed: `${core.partners.claimed}a` }), 'claimed has 10 entries instead of 9'],
    [
      'counts that do not add up',
      { ...snapshot, sites: { ...sites, sites: { ...sites.sites, of: sites.sites.of.slice(1) + numberText([99]) } } },
      'sites.site has',
    ],
    [
      'a place outside its vocabulary',
      { ...snapshot, sites: { ...sites, sites: { ...sites.sites, site: all(sites.sites.site, 77) } } },
      'sites.site has an entry that is not a number from 0 to',
    ],
    [
      'a moment outside the list',
      inPartners({ latest: all(core.partners.latest, 999) }),
      'partners.latest has an entry that is not a number from -1 to',
    ],
    [
      'an amount outside the list',
      inCore({ prices: { ...core.prices, low: all(core.prices.low, core.amounts.length) } }),
      `prices.low has an entry that is not a number from -1 to ${core.amounts.length - 1}`,
    ],
    ['an amount that is a text', inCore({ amounts: ['5'] }), 'amounts has an entry that is not a number'],
    ['nothing where a number has to be', inPartners({ met: all(core.partners.met, -1) }), 'met has an entry'],
    ['another sign among numbers', inPartners({ met: core.partners.met.replace(/[a-z]/, '{') }), 'met has an entry'],
    ['a number that is cut off', inPartners({ met: `${core.partners.met}B` }), 'partners.met has an entry'],
    ['a list in place of a column', inPartners({ met: [1, 2, 3] }), 'partners.met is not a text'],
    [
      'lists without their places',
      inCore({ offerings: { ...core.offerings, areas: 'abc' } }),
      'areas is not an object',
    ],
  ])('is refused when it holds %s', (_what, json, sentence) => {
    expect(() => decodeSnapshot(json)).toThrow(sentence);
  });

  test('refuses texts that belong to another snapshot, or to none', () => {
    const columns = decodeSnapshot(snapshot);
    const decode = (change: object) => decodeTexts({ summaries, text, ...change }, columns);
    expect(decode({})).toMatchObject({ summaries: summaries.summaries, words: text.words.split(' ') });
    const builtAt = '2027-01-02T00:00:00.000Z';
    expect(() => decode({ text: { ...text, builtAt } })).toThrow('its text is of another snapshot');
    expect(() => decode({ summaries: { ...summaries, builtAt } })).toThrow('its summaries is of another snapshot');
    const step = all(text.partnerWords.step, text.words.split(' ').length);
    expect(() => decode({ text: { ...text, partnerWords: { ...text.partnerWords, step } } })).toThrow(
      'partnerWords.step leaves the words',
    );
  });
});
