import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { createTable, startEngine } from '../../../infra/local/engine.ts';
import type { LambdaHandler } from '../../../infra/local/lambda.ts';
import { startStreams } from '../../../infra/local/streams.ts';
import { scratchFolder } from './scratch-folder.ts';

const tableName = 'priority-partners';

async function tableWith() {
  const engine = await startEngine();
  await createTable(engine.endpoint, tableName);
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  onTestFinished(async () => {
    client.destroy();
    await engine.stop();
  });
  const put = async (sk: string): Promise<void> => {
    await client.send(
      new PutItemCommand({ TableName: tableName, Item: { pk: { S: 'a' }, sk: { S: sk }, at: { S: 'x' } } }),
    );
  };
  return { endpoint: engine.endpoint, put };
}

function recorder(fail: (keys: readonly string[]) => unknown = () => undefined) {
  const keys: string[] = [];
  const relay: LambdaHandler = async (event) => {
    const { Records } = event as DynamoDBStreamEvent; // the poller under test made it
    const offered = Records.map((record) => record.dynamodb?.Keys?.['sk']?.S ?? '');
    const answer = fail(offered);
    keys.push(...offered);
    return answer;
  };
  return { keys, relay };
}

test('only new event items ring, in their order, as stream records', async () => {
  const { endpoint, put } = await tableWith();
  const { keys, relay } = recorder();
  const poller = startStreams({ endpoint, tableName, relay, pauseMilliseconds: 5 });
  onTestFinished(() => poller.stop());
  for (const sk of ['STATE', 'EVENT#1', 'EVENT#2', 'EVENT#1', 'EVENT#3']) await put(sk);
  await poller.settled();
  expect(keys).toEqual(['EVENT#1', 'EVENT#2', 'EVENT#3']);
});

test('a relay that fails is offered the same batch again and nothing is skipped', async () => {
  const { endpoint, put } = await tableWith();
  let failures = 0;
  const { keys, relay } = recorder(() => {
    failures += 1;
    if (failures <= 2) throw new Error('no queue');
    return undefined;
  });
  for (const sk of ['EVENT#1', 'EVENT#2']) await put(sk);
  const poller = startStreams({ endpoint, tableName, relay, pauseMilliseconds: 5 });
  onTestFinished(() => poller.stop());
  await poller.settled();
  expect(keys).toEqual(['EVENT#1', 'EVENT#2']);
  expect(failures).toBe(3);
});

test('goes on after the last record taken when it starts again', async () => {
  const { endpoint, put } = await tableWith();
  const placeFile = join(scratchFolder(), 'place.json');
  await put('EVENT#1');
  const first = recorder();
  const one = startStreams({ endpoint, tableName, relay: first.relay, placeFile, pauseMilliseconds: 5 });
  await one.settled();
  await one.stop();
  await put('EVENT#2');
  const second = recorder();
  const two = startStreams({ endpoint, tableName, relay: second.relay, placeFile, pauseMilliseconds: 5 });
  onTestFinished(() => two.stop());
  await two.settled();
  expect([first.keys, second.keys]).toEqual([['EVENT#1'], ['EVENT#2']]);
});
