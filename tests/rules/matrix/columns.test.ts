import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { narrowest } from '#shared/catalogue/matrix/columns.ts';
import { Part } from '#shared/catalogue/matrix/snapshot.ts';
import { TextColumn } from '#shared/catalogue/matrix/text-column.ts';
import { numberText } from '#shared/catalogue/matrix/write-number-text.ts';

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
    [127, 1],
    [128, 2],
    [129, 2],
    [32_767, 2],
    [32_768, 4],
  ])('of where rows begin holds the end of the last one: %i', (total, bytes) => {
    const starts = new Part({ none: '-'.repeat(9), of: numberText([total - 3, 0, 3]) }, '');
    starts.column('none', 9, [-1, 9]);
    const column = starts.starts('of', 3);
    expect([...column]).toEqual([0, total - 3, total - 3, total]);
    expect(column.BYTES_PER_ELEMENT).toBe(bytes);
  });

  test.each([
    [[], 1],
    [[-1, 0, 127], 1],
    [[-1, 128], 2],
    [[32_767, -1], 2],
    [[0, 32_768], 4],
    [[2 ** 31 - 1, -1], 4],
  ])('of the numbers %j takes %i bytes a number', (numbers, bytes) => {
    const column = narrowest(Int32Array.from(numbers), Math.max(0, ...numbers));
    expect([...column]).toEqual(numbers);
    expect(column.BYTES_PER_ELEMENT).toBe(bytes);
  });
});
