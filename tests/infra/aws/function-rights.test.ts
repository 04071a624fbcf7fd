import { describe, expect, test } from 'vitest';
import { queueReaders } from '../../../infra/aws/consumers.ts';
import { contextEntry, contexts } from '../../../infra/aws/contexts.ts';
import { servedContexts } from '../../../infra/aws/source-files.ts';
import type { Resource } from './synthesized.ts';
import { environmentOf, named, exampleTemplates, written, type Found } from './templates.ts';

const made = exampleTemplates();

describe('rights', () => {
  test('no function holds a wildcard, but for sending traces and for a folder of files', () => {
    for (const fn of made.ownFunctions()) {
      for (const { actions, resource } of made.rightsOf(fn)) {
        expect(actions.filter((action) => action.includes('*'))).toEqual([]);
        const stars = JSON.stringify(resource).includes('*');
        if (!stars) continue;
        const traces = resource === '*' && actions.every((action) => action.startsWith('xray:Put'));
        const files =
          /\/(matrix|matrix-facts|heads)\/\*/.test(JSON.stringify(resource)) &&
          actions.every((action) => /^s3:(Get|Put)Object$/.test(action));
        expect(traces || files, `${String(fn.Properties['Description'])}: ${actions.join()}`).toBe(true);
      }
    }
  });

  test('every function has a role of its own without AWS’s ready-made policies', () => {
    const roles = made.ownFunctions().map((fn) => `${fn.stack} ${named(fn.Properties['Role'])}`);
    expect(new Set(roles).size).toBe(roles.length);
    for (const fn of made.ownFunctions()) {
      const role = made.every('AWS::IAM::Role', fn.stack).find((one) => one.id === named(fn.Properties['Role']));
      expect(role?.Properties['ManagedPolicyArns']).toBeUndefined();
    }
  });

  test('nobody may scan, delete the table, or change its settings', () => {
    const actions = made.ownFunctions().flatMap((fn) => made.rightsOf(fn).flatMap((one) => one.actions));
    const allowed = [
      'BatchGetItem',
      'ConditionCheckItem',
      'DeleteItem',
      'GetItem',
      'PutItem',
      'Query',
      'UpdateItem',
      'DescribeStream',
      'GetRecords',
      'GetShardIterator',
      'ListStreams',
    ].map((action) => `dynamodb:${action}`);
    expect(actions.filter((action) => action.startsWith('dynamodb:') && !allowed.includes(action))).toEqual([]);
  });

  test('the pages and the relay hold no right on any item', () => {
    const items = /^dynamodb:(Get|Put|Update|Delete|Query|Batch|Condition).*(Item|Query)?$/;
    for (const description of ['The pages', 'functions/relay/handler.ts']) {
      const actions = made.rightsOf(made.functionOf(description)).flatMap((one) => one.actions);
      expect(actions.filter((action) => items.test(action) && !/Records|ShardIterator/.test(action))).toEqual([]);
      expect(environmentOf(made.functionOf(description))['TABLE_NAME']).toBeUndefined();
    }
  });

  test('what a function did not ask for, it does not have: files, queues, mail', () => {
    const all = [
      ...servedContexts.map((name) => ({
        entry: contextEntry(name),
        needs: contexts[name],
        feeds: [], // contexts tell each other by events only
      })),
      ...Object.values(queueReaders).map((needs) => ({ entry: needs.entry, needs, feeds: needs.feeds ?? [] })),
    ];
    for (const { entry, needs, feeds } of all) {
      const fn = made.functionOf(entry);
      const actions = made.rightsOf(fn).flatMap((one) => one.actions);
      const environment = environmentOf(fn);
      const rightsOn = (folder: string) =>
        made
          .rightsOf(fn)
          .filter(({ resource }) => JSON.stringify(resource).includes(`/${folder}/*`))
          .flatMap((one) => one.actions);
      const files = needs.files ?? [];
      expect(rightsOn('matrix').includes('s3:GetObject'), entry).toBe(files.includes('read'));
      expect(rightsOn('matrix').includes('s3:PutObject'), entry).toBe(files.includes('write'));
      expect(rightsOn('matrix-facts').toSorted(), entry).toEqual(
        files.includes('facts') ? ['s3:GetObject', 's3:PutObject'] : [],
      );
      expect(actions.includes('sqs:SendMessage'), entry).toBe(feeds.length > 0);
      expect(actions.includes('ses:SendEmail'), entry).toBe(needs.mail ?? false);
      expect('FILES_URL' in environment, entry).toBe(needs.files !== undefined);
      expect('QUEUE_URLS' in environment, entry).toBe(feeds.length > 0);
      expect('MAIL_URL' in environment, entry).toBe(needs.mail ?? false);
    }
  });

  test('who gets files is told of a missing one, for which S3 wants the list of the bucket without a condition', () => {
    const buckets = (action: string, fn: Found) =>
      made
        .rightsOf(fn)
        .filter(({ actions, condition }) => actions.includes(action) && condition === undefined)
        .map(({ resource }) => written(resource).replace(/\/(matrix|matrix-facts|heads)\/\*$/, ''));
    const readers = made.ownFunctions().filter((fn) => buckets('s3:GetObject', fn).length > 0);
    expect(readers.map((fn) => fn.Properties['Description']).toSorted()).toEqual([
      'functions/catalogue/build-matrix.ts',
      'functions/catalogue/handler.ts',
      'functions/catalogue/matrix-handler.ts',
      'functions/clock/handler.ts',
    ]);
    for (const fn of made.ownFunctions())
      expect(buckets('s3:ListBucket', fn), fn.id).toEqual(buckets('s3:GetObject', fn));
  });

  test('only the clock writes the heads of each day, and nobody removes them', () => {
    for (const fn of made.ownFunctions()) {
      const rights = made.rightsOf(fn).filter(({ resource }) => JSON.stringify(resource).includes('/heads/*'));
      const isClock = fn.Properties['Description'] === 'functions/clock/handler.ts';
      expect(rights.flatMap(({ actions }) => actions).toSorted()).toEqual(
        isClock ? ['s3:GetObject', 's3:PutObject'] : [],
      );
    }
  });

  test('the key of the table is used through the table only, and by the clock through its bucket', () => {
    for (const fn of made.ownFunctions()) {
      for (const { actions, condition } of made.rightsOf(fn)) {
        if (actions.some((action) => /^kms:(Encrypt|GenerateDataKey)/.test(action))) {
          const through = actions.includes('kms:Encrypt') ? 'dynamodb' : 's3';
          expect(condition).toEqual({ StringEquals: { 'kms:ViaService': `${through}.us-east-1.amazonaws.com` } });
        }
      }
    }
  });
});

test('every function runs the pinned runtime, is traced and limited', () => {
  for (const { Properties, id } of made.ownFunctions()) {
    expect(Properties, id).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
      Timeout: expect.any(Number),
      MemorySize: expect.any(Number),
      KmsKeyArn: expect.anything(),
    } satisfies Partial<Record<keyof Resource['Properties'], unknown>>);
  }
});
