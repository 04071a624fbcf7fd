import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { documentedPatterns, documentLines } from '../support/access-patterns.ts';

const root = resolve(import.meta.dirname, '../..');

test('every row of units in docs/access-patterns.md stands once, under a test that measures the rows of its heading', () => {
  const tests = [...new Set(documentedPatterns.map((one) => one.heldBy))];
  const tables = documentLines.filter((line) => /^\| pattern \|.*\| read units \| write units \|$/.test(line));
  expect(tests).toHaveLength(tables.length);
  for (const file of tests) expect(readFileSync(resolve(root, file), 'utf8')).toContain(`rowsOf('${file}')`);
  const names = documentedPatterns.map((one) => one.name);
  expect(names.filter((one, place) => names.indexOf(one) !== place)).toEqual([]);
  const unread = documentedPatterns.filter((one) => !Number.isFinite(one.read) || !Number.isFinite(one.write));
  expect(unread).toEqual([]);
});
