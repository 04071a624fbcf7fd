import { expect, test } from 'vitest';
import { measured } from '#platform/capacity.ts';
import { theItems } from '#platform/item-reader.ts';
import { testTable } from '../support/table.ts';

const engine = testTable();

test('an item is read without the SDK as the table reads it, at the same cost', async () => {
  process.env['DYNAMODB_ENDPOINT'] = engine.endpoint;
  process.env['TABLE_NAME'] = engine.name;
  const item = { pk: 'MANIFEST#é', sk: 'MANIFEST', version: 3, open: true, parts: { core: 'a' }, list: [1, 'b'] };
  await engine.table.write([{ kind: 'put', item }]);
  const items = theItems();
  for (const consistent of [false, true]) {
    const { value, capacity } = await measured(async () => items.get(item, { consistent }));
    expect(value).toEqual(item);
    expect(value).toEqual(await engine.table.get(item));
    expect(capacity.readUnits).toBe(consistent ? 1 : 0.5);
  }
  expect(await items.get({ pk: 'NOBODY', sk: 'NOTHING' })).toBeUndefined();
  await expect(items.get({ pk: '', sk: 'MANIFEST' })).rejects.toThrow('could not be read: 400');
});
