import type { Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { tableUnder } from '../../support/document-tables.ts';
import { exampleTemplates } from './templates.ts';

const made = exampleTemplates();

describe('the stacks', () => {
  test('go up one after another, in the order of docs/operations.md', () => {
    const documented = tableUnder('operations.md', '## The stacks').map(([name = '']) => /(\w+)`$/.exec(name)?.[1]);
    const stacks = Object.entries<Stack>({ ...made.deployment });
    expect(stacks.map(([part]) => part)).toEqual(documented);
    for (const [index, [part, stack]] of stacks.entries()) {
      const earlier = stacks.slice(0, index).map(([, one]) => one);
      const before = stack.dependencies;
      expect(
        before.filter((one) => !earlier.includes(one)),
        part,
      ).toEqual([]);
      if (index > 0) expect(before, part).toContain(earlier.at(-1));
    }
  });
});
