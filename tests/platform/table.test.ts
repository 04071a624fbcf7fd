import { DynamoDBClient, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { measured } from '#platform/capacity.ts';
import { DynamoTable } from '#platform/dynamo-table.ts';
import { selectAll } from '#platform/table.ts';
import { testTable } from '../support/table.ts';

const engine = testTable();

describe('the table', () => {
  test('a put guarded absent happens once', async () => {
    const item = { pk: 'once', sk: 'item', word: 'first' };
    expect(await engine.table.write([{ kind: 'put', item, guard: 'absent' }])).toEqual({ ok: true });
    expect(await engine.table.write([{ kind: 'put', item: { ...item, word: 'second' }, guard: 'absent' }])).toEqual({
      ok: false,
      failed: [0],
    });
    expect(await engine.table.get(item)).toEqual(item);
  });

  test('lists, maps, numbers and words come back as they were put', async () => {
    const item = {
      pk: 'whole',
      sk: 'item',
      word: '',
      sum: 1.5,
      gone: null,
      right: true,
      list: [1, 'two', { three: [] }],
      map: { inner: { empty: {}, text: 'ä "quoted"' } },
    };
    await engine.table.write([{ kind: 'put', item: { ...item, absent: undefined } }]);
    expect(await engine.table.get(item)).toEqual(item);
    await engine.table.load([{ ...item, sk: 'loaded' }]);
    expect((await engine.table.select({ partition: 'whole' })).items).toEqual([item, { ...item, sk: 'loaded' }]);
  });

  test("the attribute that holds lists and maps is nobody else's", async () => {
    await expect(engine.table.load([{ pk: 'whole', sk: 'other', nested: 'mine' }])).rejects.toThrow('"nested"');
  });

  test('a transaction names the changes whose guard failed, and leaves nothing behind', async () => {
    await engine.table.write([{ kind: 'put', item: { pk: 'tx', sk: 'a', version: 1 } }]);
    const written = await engine.table.write([
      { kind: 'put', item: { pk: 'tx', sk: 'new' }, guard: 'absent' },
      { kind: 'put', item: { pk: 'tx', sk: 'a', version: 3 }, guard: { version: 2 } },
      { kind: 'check', key: { pk: 'tx', sk: 'none' }, guard: 'present' },
    ]);
    expect(written).toEqual({ ok: false, failed: [1, 2] });
    expect(await engine.table.get({ pk: 'tx', sk: 'new' })).toBeUndefined();
  });

  test('sums stop below their limit', async () => {
    const add = {
      kind: 'add',
      key: { pk: 'sum', sk: 'item' },
      amounts: { tries: 1 },
      set: { expires: 1 },
      below: { attribute: 'tries', limit: 2 },
    } as const;
    expect(await engine.table.write([add])).toEqual({ ok: true });
    expect(await engine.table.write([add])).toEqual({ ok: true });
    expect(await engine.table.write([add])).toEqual({ ok: false, failed: [0] });
    expect(await engine.table.get(add.key)).toEqual({ ...add.key, tries: 2, expires: 1 });
  });

  test('a range comes page by page, in order, and backwards on demand', async () => {
    for (let number = 0; number < 25; number += 1) {
      await engine.table.write([{ kind: 'put', item: { pk: 'range', sk: `row#${String(number).padStart(2, '0')}` } }]);
    }
    const first = await engine.table.select({ partition: 'range', limit: 10 });
    expect(first.items).toHaveLength(10);
    expect(first.last).toBeDefined();
    const all = [];
    for await (const item of selectAll(engine.table, { partition: 'range', range: { prefix: 'row#' }, limit: 7 }))
      all.push(item.sk);
    expect(all).toEqual([...all].sort());
    expect(all).toHaveLength(25);
    const newest = await engine.table.select({
      partition: 'range',
      range: { from: 'row#03', to: 'row#05' },
      newestFirst: true,
    });
    expect(newest.items.map((item) => item.sk)).toEqual(['row#05', 'row#04', 'row#03']);
  });

  test('many keys are read at once, in the order asked, with what is missing left undefined', async () => {
    await engine.table.write([
      { kind: 'put', item: { pk: 'many', sk: 'b' } },
      { kind: 'put', item: { pk: 'many', sk: 'a' } },
    ]);
    const found = await engine.table.getAll([
      { pk: 'many', sk: 'a' },
      { pk: 'many', sk: 'none' },
      { pk: 'many', sk: 'b' },
    ]);
    expect(found.map((item) => item?.sk)).toEqual(['a', undefined, 'b']);
    const keys = Array.from({ length: 250 }, (_, index) => ({ pk: 'many', sk: index === 249 ? 'b' : `none#${index}` }));
    expect((await engine.table.getAll(keys)).findIndex((item) => item !== undefined)).toBe(249);
  });

  test('capacity is counted for the work inside `measured` only', async () => {
    const { capacity } = await measured(async () => {
      await engine.table.get({ pk: 'many', sk: 'a' });
      await engine.table.write([{ kind: 'put', item: { pk: 'many', sk: 'c' } }]);
    });
    expect(capacity).toEqual({ readUnits: 0.5, writeUnits: 1, sessionUnits: 0, calls: ['get', 'put'] });
  });

  test('a single write that meets a transaction is tried again', async () => {
    const sent: string[] = [];
    const client = new DynamoDBClient({ region: 'us-east-1', endpoint: engine.endpoint });
    client.middlewareStack.add(
      (next) => async (given) => {
        sent.push('put');
        if (sent.length < 3)
          throw new TransactionConflictException({ $metadata: {}, message: 'Transaction is ongoing for the item' });
        return next(given);
      },
      { step: 'initialize' },
    );
    const table = new DynamoTable(client, engine.name);
    expect(await table.write([{ kind: 'put', item: { pk: 'held', sk: 'item' } }])).toEqual({ ok: true });
    expect(sent).toHaveLength(3);
  });

  test('fifty writers adding to one item at once lose nothing', async () => {
    const add = { kind: 'add', key: { pk: 'crowd', sk: 'sum' }, amounts: { count: 1 } } as const;
    const also = (index: number) => ({ kind: 'put', item: { pk: 'crowd', sk: `writer#${index}` } }) as const;
    await Promise.all(Array.from({ length: 50 }, (_, index) => engine.table.write([add, also(index)])));
    expect(await engine.table.get(add.key, { consistent: true })).toMatchObject({ count: 50 });
  });
});
