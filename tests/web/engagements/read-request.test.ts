import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftContent } from '#shared/engagements/model.ts';
import { instant, zone } from '#shared/kernel/instants.ts';
import { atFields, readAmendment, readRequest, typedRequest } from '#lib/engagements/read-request.ts';
import { centsTyped, dollarsTyped } from '#lib/forms/typed-money.ts';
import type { TypedValues } from '#lib/forms/typed-values.ts';

const chicago = zone.parse('America/Chicago');

const content = draftContent.parse({
  need: { title: 'Help for principals', words: 'Weekly walkthroughs.\nAnd coaching.' },
  area: 'school-leadership',
  schools: ['north', 'south'],
  grades: ['K', '5'],
  students: 1200,
  wantedStart: '2027-02-01',
  budget: { low: 3_000_000, high: 6_000_050 },
  funding: 'local',
  replyBy: '2026-12-11T05:59:59.999Z',
  asked: ['birch', 'alder'],
});

function asTyped(values: Readonly<Record<string, string | readonly string[]>>): TypedValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
  );
}

describe('a draft as typed', () => {
  test('reads back as it was stored, the reply-by at the last moment of its day there', () => {
    const typed = typedRequest(content, chicago);
    expect(typed['replyBy']).toBe('2026-12-10');
    expect(typed['budget.high']).toBe('60000.50');
    expect(readRequest(asTyped(typed), chicago)).toEqual({ value: content });
  });

  test('of empty fields is an empty draft', () => {
    const read = readRequest({ 'need.title': [''], 'budget.low': ['  '], funding: ['-'], students: [''] }, chicago);
    expect(read).toEqual({ value: draftContent.parse({}) });
  });

  test('names each field that cannot be read, at its own field', () => {
    const read = readRequest(
      {
        'need.title': ['x'.repeat(161)],
        'budget.low': ['lots'],
        students: ['many'],
        wantedStart: ['next spring'],
        asked: ['a', 'b', 'c', 'd', 'e', 'f'],
      },
      chicago,
    );
    if (!('problems' in read)) throw new Error('It was read.');
    expect(Object.keys(read.problems).toSorted()).toEqual([
      'asked',
      'budget.low',
      'need.title',
      'students',
      'wantedStart',
    ]);
  });

  test('says at the high end that it lies below the low one', () => {
    const read = readRequest({ 'budget.low': ['500'], 'budget.high': ['400'] }, chicago);
    expect(read).toEqual({ problems: { 'budget.high': 'The high end of the budget is at least its low end.' } });
  });

  test('keeps a reply-by on the day of a clock change', () => {
    const read = readRequest({ replyBy: ['2026-11-01'] }, chicago);
    expect(read).toMatchObject({ value: { replyBy: '2026-11-02T05:59:59.999Z' } });
  });
});

describe('an amendment as typed', () => {
  const typed = asTyped(typedRequest(content, chicago));

  test('holds only what says something else than the request', () => {
    const given = {
      ...typed,
      words: ['A school joins.'],
      schools: ['north', 'south', 'east'],
      'budget.high': ['70,000'],
    };
    expect(readAmendment(given, content, chicago)).toEqual({
      value: {
        words: 'A school joins.',
        schools: ['north', 'south', 'east'],
        budget: { low: 3_000_000, high: 7_000_000 },
      },
    });
  });

  test('takes back a figure that was emptied', () => {
    const given = { ...typed, words: ['Not known yet.'], students: [''], 'budget.low': [''], 'budget.high': [''] };
    expect(readAmendment(given, content, chicago)).toEqual({
      value: { words: 'Not known yet.', students: null, budget: null },
    });
  });

  test('leaves a reply-by alone that is not the end of its day', () => {
    const early = { ...content, replyBy: instant.parse('2026-12-10T18:00:00.000Z') };
    const given = { ...asTyped(typedRequest(early, chicago)), words: ['More students.'], students: ['1300'] };
    expect(readAmendment(given, early, chicago)).toEqual({ value: { words: 'More students.', students: 1300 } });
  });

  test('cannot empty what a request needs, nor go without a reason', () => {
    const given = { ...typed, words: [''], 'need.words': [''], wantedStart: [''], replyBy: [''] };
    const read = readAmendment(given, content, chicago);
    if (!('problems' in read)) throw new Error('It was read.');
    expect(Object.keys(read.problems).toSorted()).toEqual(['need.words', 'replyBy', 'wantedStart', 'words']);
  });
});

describe('money as typed', () => {
  test.each([
    ['3500', 350_000],
    ['3,500', 350_000],
    ['$45,000.5', 4_500_050],
    ['$ 12.34', 1_234],
  ])('%s', (text, expected) => {
    expect(centsTyped(text)).toBe(expected);
  });

  test.each(['', 'lots', '-5', '1,00', '1.234', '12e3', '45,000 dollars'])('%j is no amount', (text) => {
    expect(centsTyped(text)).toBeUndefined();
  });

  test('reads back whatever was stored', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (amount) => {
        expect(centsTyped(dollarsTyped(amount))).toBe(amount);
      }),
    );
  });
});

test('what the API finds wrong in a list is said once, at the list', () => {
  expect(atFields({ 'asked.0': 'One is full.', 'asked.2': 'One has ended.', needWords: 'Too long.' })).toEqual({
    asked: 'One is full. One has ended.',
    'need.words': 'Too long.',
  });
});
