import { beforeAll, describe, expect, test } from 'vitest';
import { queueReaders } from '../../../infra/aws/consumers.ts';
import { contextEntry, contexts } from '../../../infra/aws/contexts.ts';
import { declaredRoutes } from '#shared/contract/routes.ts';
import { clockNeeds } from '../../../infra/aws/stacks/jobs-stack.ts';
import { clockEntry, functionEntries, relayEntry, servedContexts } from '../../../infra/aws/source-files.ts';
import { CodeOfFunctions } from './rights-in-code.ts';

let code: CodeOfFunctions;
beforeAll(() => {
  code = new CodeOfFunctions(functionEntries);
}, 60_000);

/** The router counts tries only where a route changes something or signs somebody in. */
const counting = 'functions/platform/rate-limit.ts';
const counted = new Set(
  declaredRoutes.filter(({ meta }) => meta.change === true || meta.signIn === true).map((route) => route.context),
);

describe('a function has the rights on the table that its code uses, and no others', () => {
  const needed = [
    ...servedContexts.map((name) => ({
      entry: contextEntry(name),
      rights: contexts[name].table,
      unused: counted.has(name) ? [] : [counting],
    })),
    ...Object.values(queueReaders).map(({ entry, table }) => ({ entry, rights: table, unused: [] })),
    { entry: relayEntry, rights: [], unused: [] },
    { entry: clockEntry, rights: clockNeeds.table, unused: [] },
  ];

  test('none is left out', () => {
    expect(needed.map(({ entry }) => entry).toSorted()).toEqual(functionEntries.toSorted());
  });

  test.each(needed)('$entry', ({ entry, rights, unused }) => {
    expect([...code.rightsOf(entry, unused)].toSorted()).toEqual([...rights].toSorted());
  });
});
