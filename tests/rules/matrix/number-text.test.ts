import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNumbers } from '#shared/catalogue/matrix/number-text.ts';
import { numberText } from '#shared/catalogue/matrix/write-number-text.ts';

const largest = 2 ** 31 - 1;

function read(text: string, rows: number, [least, most]: readonly [number, number] = [-1, largest]) {
  const into = new Int32Array(rows);
  return { count: readNumbers(text, into, least, most), numbers: [...into] };
}

describe('numbers as a text', () => {
  test('are read as they were written', () => {
    const aNumber = fc.oneof(fc.integer({ min: -1, max: 800 }), fc.integer({ min: -1, max: largest }));
    fc.assert(
      fc.property(fc.array(aNumber), (numbers) => {
        expect(read(numberText(numbers), numbers.length)).toEqual({ count: numbers.length, numbers });
      }),
    );
  });

  test('look as it is told', () => {
    expect(numberText([0, 1, -1, 28])).toBe('ab-Bc');
  });

  test('are counted also where there are more or fewer than there is room for', () => {
    expect(read('abc', 2)).toEqual({ count: 3, numbers: [0, 1] });
    expect(read('b', 2)).toEqual({ count: 1, numbers: [1, 0] });
  });

  test('are refused out of their range, cut off, or among anything else', () => {
    for (const text of [
      'd',
      '-',
      'Ba',
      'bB',
      'bB-',
      'b,c',
      'b c',
      '1',
      '{',
      '`',
      '@',
      '[',
      'é',
      '😀',
      'Z'.repeat(300) + 'z',
    ])
      expect(read(text, 2, [0, 2]).count, text).toBeNaN();
    expect(read('c-', 2, [-1, 2])).toEqual({ count: 2, numbers: [2, -1] });
  });

  test('never read any text as numbers out of the range', () => {
    const anyText = fc.oneof(fc.string(), fc.stringMatching(/^[A-Za-z-]*$/));
    fc.assert(
      fc.property(anyText, fc.integer({ min: -1, max: 9 }), fc.nat(40), (text, least, span) => {
        const { count, numbers } = read(text, text.length, [least, least + span]);
        if (Number.isNaN(count)) return;
        const given = numbers.slice(0, count);
        expect(given.every((one) => one >= least && one <= least + span)).toBe(true);
        // A number has one text, but for zeros in front.
        expect(numberText(given)).toBe(
          text.replaceAll(/A+(?=[A-Za-z])/g, (zeros, at) => (/[A-Z]/.test(text[at - 1] ?? '') ? zeros : '')),
        );
      }),
      { numRuns: 500 },
    );
  });
});
