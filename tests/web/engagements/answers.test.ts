import { describe, expect, test } from 'vitest';
import { readDecline, readInterest } from '#lib/engagements/answer-input.ts';
import { atOutcomeFields, readOutcome } from '#lib/engagements/outcome-input.ts';

describe('a partner’s answer as typed', () => {
  test('is interest with a price in cents', () => {
    expect(readInterest({ 'price.low': ['41,000'], 'price.high': ['52000.50'], start: ['2027-02-15'] })).toEqual({
      value: { kind: 'interested', price: { low: 4_100_000, high: 5_200_050 }, start: '2027-02-15', words: '' },
    });
  });

  test('names each end of the price that is missing or below the other', () => {
    expect(readInterest({ 'price.low': ['5'], start: ['2027-02-15'] })).toEqual({
      problems: { 'price.high': 'Give the high end of the price.' },
    });
    expect(readInterest({ 'price.low': ['5'], 'price.high': ['4'], start: ['2027-02-15'] })).toEqual({
      problems: { 'price.high': 'The high end of the price is at least its low end.' },
    });
  });

  test('is a refusal only with a reason', () => {
    expect(readDecline({ declineWords: ['Sorry.'] })).toEqual({ problems: { reason: 'Choose a reason.' } });
    expect(readDecline({ reason: ['no-capacity'], declineWords: [' Sorry. '] })).toEqual({
      value: { kind: 'declined', reason: 'no-capacity', words: 'Sorry.' },
    });
  });
});

describe('an outcome as typed', () => {
  test('awards to those ticked, each with its part', () => {
    const typed = { awards: ['birch', 'alder'], 'part.birch': ['Grades 1 to 3'], 'part.alder': ['Grades 4 to 6'] };
    expect(readOutcome('awarded', typed)).toEqual({
      value: {
        kind: 'awarded',
        awards: [
          { partner: 'birch', words: 'Grades 1 to 3' },
          { partner: 'alder', words: 'Grades 4 to 6' },
        ],
      },
    });
  });

  test('asks for the part of each where the work is split', () => {
    const read = readOutcome('awarded', { awards: ['birch', 'alder'], 'part.birch': ['Grades 1 to 3'] });
    if (!('problems' in read)) throw new Error('It was read.');
    expect(read.problems['part.alder']).toBe('When the work is split, say which part this partner does.');
    expect(read.problems['part.birch']).toBeUndefined();
  });

  test('of nobody is refused at the choice of partners', () => {
    const read = readOutcome('awarded', {});
    if (!('problems' in read)) throw new Error('It was read.');
    expect(atOutcomeFields(read.problems)).toEqual({ awards: 'Choose 1 to 5 partners.' });
  });

  test('that none suits or that it is cancelled has reasons', () => {
    expect(readOutcome('none-suitable', { reasons: ['cost'], words: ['Too dear.'] })).toEqual({
      value: { kind: 'none-suitable', reasons: ['cost'], words: 'Too dear.' },
    });
    expect(readOutcome('cancelled', {})).toEqual({ problems: { reason: 'Choose a reason.' } });
  });
});
