import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { narrowest } from '#shared/catalogue/matrix/columns.ts';
import { TextColumn } from '#shared/catalogue/matrix/text-column.ts';

describe('a column in memory', () => {
  test('of texts gives each as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { maxLength: 60 }), (texts) => {
        const column = new TextColumn(texts);
        expect(texts.map((_, row) => column.at(row))).toEqual(texts);
        expect([column.at(-1), column.at(texts.length)]).toEqual(['', '']);
      }),
    );
  });

  test.each([
    [[], 1],
    [[-1, 0, 127], 1],
    [[-1, 128], 2],
    [[32_767, -1], 2],
    [[0, 32_768], 4],
    [[2 ** 31 - 1, -1], 4],
  ])('of the numbers %j takes %i bytes a number', (numbers, bytes) => {
    const given = Int32Array.from(numbers);
    const column = narrowest(given, Math.max(0, ...numbers));
    given.fill(9);
    expect([...column]).toEqual(numbers);
    expect(column.BYTES_PER_ELEMENT).toBe(bytes);
  });
});
