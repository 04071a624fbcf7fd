import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { measured } from '#platform/capacity.ts';
import { DynamoTable } from '#platform/dynamo-table.ts';
import { walkJournal } from '#platform/journal.ts';
import { day } from '#shared/kernel/instants.ts';
import { createTable, startEngine, type Engine } from '../../infra/local/engine.ts';
import { storeShape } from '../../functions/operations/store-marker.ts';
import { prepareStore } from '../../functions/seed/handler.ts';
import { identityItems } from '../../functions/seed/identity-items.ts';
import { demonstrationPeople } from '../../functions/seed/people.ts';
import { ProgramFiles } from '#platform/program-files.ts';
import { now, theProgram } from './seeding.ts';

const folder = mkdtempSync(join(tmpdir(), 'store-'));
const name = 'prepared';
const found: { engine?: Engine } = {};

beforeAll(async () => {
  found.engine = await startEngine({});
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    TABLE_NAME: name,
    DYNAMODB_ENDPOINT: found.engine.endpoint,
    FILES_URL: pathToFileURL(folder).href,
    QUEUE_URLS: '{}',
    IDENTITY_ISSUER: 'http://localhost:3000/identity',
    IDENTITY_CLIENT_ID: 'priority-partners',
  });
  await createTable(found.engine.endpoint, name, { stream: false });
});
afterAll(async () => {
  await found.engine?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('an empty store is filled once, a filled one costs one look-up, a half-filled one is filled with the same', async () => {
  const table = new DynamoTable(new DynamoDBClient({ endpoint: process.env['DYNAMODB_ENDPOINT'] ?? '' }), name);
  const first = await prepareStore({ partners: 4 });
  expect(first?.events).toBeGreaterThan(500);

  const again = await measured(async () => prepareStore({ partners: 4 }));
  expect(again.value).toBeUndefined();
  expect(again.capacity.calls).toEqual(['get']);

  // The next start on another port is another provider; its people are the same.
  process.env['IDENTITY_ISSUER'] = 'http://localhost:4000/identity';
  expect(await prepareStore()).toBeUndefined();
  const program = theProgram('demo');
  const lookUps = identityItems(
    demonstrationPeople(program, new ProgramFiles(), []),
    process.env['IDENTITY_ISSUER'],
    now,
  );
  expect(await table.getAll(lookUps)).toEqual(lookUps);

  const mark = await table.get({ pk: 'SEED', sk: 'SEED' });
  if (mark === undefined) throw new Error('The store does not say that it was filled.');
  const today = day.parse(String(mark['begunAt']).slice(0, 10));
  const hashes = async (): Promise<readonly string[]> => {
    const all: string[] = [];
    for await (const event of walkJournal(table, [today])) all.push(event.hash);
    return all;
  };
  const before = await hashes();
  await table.write([{ kind: 'put', item: { ...mark, filled: false } }]);
  expect(await prepareStore({ partners: 9 })).toEqual(first);
  expect(await hashes()).toEqual(before);

  // A program whose folder came later is filled in beside the others.
  const partner = { pk: 'ORG#achievement-network', sk: 'STATE#organization' };
  const standing = await table.get(partner);
  await table.write([{ kind: 'put', item: { ...mark, programs: ['demo'] } }]);
  const later = await prepareStore();
  expect(later?.events).toBeGreaterThan(400);
  expect(later?.events).toBeLessThan(first?.events ?? 0);
  expect(await table.get(partner)).toEqual(standing);
  expect((await table.get({ pk: 'SEED', sk: 'SEED' }))?.['programs']).toEqual(['demo', 'ma']);
  expect(await prepareStore()).toBeUndefined();

  // A store of an earlier shape has its views made anew.
  const marked = await table.get({ pk: 'SEED', sk: 'SEED' });
  const [line] = (await table.select({ partition: 'CHANGES#demo', limit: 1 })).items;
  const [latest] = (await table.select({ partition: 'LATEST#ma#achievement-network', limit: 1 })).items;
  if (marked === undefined || line === undefined || latest === undefined) throw new Error('The store is filled.');
  await table.load([
    { ...marked, shape: 1 },
    { pk: line.pk, sk: line.sk, event: 'as it was stored before' },
  ]);
  // The second shape had no latest changes.
  await table.write([{ kind: 'remove', key: { pk: latest.pk, sk: latest.sk } }]);
  expect(await prepareStore()).toBeUndefined();
  expect(await table.get(line)).toEqual(line);
  expect(await table.get(latest)).toEqual(latest);
  expect((await table.get({ pk: 'SEED', sk: 'SEED' }))?.['shape']).toBe(storeShape);
}, 180_000);
