import { join } from 'node:path';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { wallClock } from '../../../infra/local/clock.ts';
import type { LambdaHandler } from '../../../infra/local/lambda.ts';
import { startQueue, type Queue } from '../../../infra/local/queue.ts';
import { scratchFolder } from './scratch-folder.ts';

async function queueIn(folder: string): Promise<Queue> {
  const queue = await startQueue({
    file: join(folder, 'queue.sqlite'),
    deadLetterFile: join(folder, 'dead-letters.jsonl'),
    clock: wallClock,
    retryMilliseconds: 5,
  });
  return queue;
}

function clientOf({ endpoint }: Queue): SQSClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new SQSClient({ endpoint, region: 'us-east-1', credentials });
}

async function send(queue: Queue, consumer: string, bodies: readonly string[]): Promise<void> {
  const client = clientOf(queue);
  const answer = await client.send(
    new SendMessageBatchCommand({
      QueueUrl: queue.urlOf(consumer),
      Entries: bodies.map((body, index) => ({ Id: String(index), MessageBody: body })),
    }),
  );
  expect(answer.Successful).toHaveLength(bodies.length);
  client.destroy();
}

/** A consumer that records what it gets and answers as told. */
function consumer(answer: (bodies: readonly string[], event: SQSEvent) => unknown) {
  const got: { body: string; receives: string; at: number }[] = [];
  const handler: LambdaHandler = async (event) => {
    const { Records } = event as SQSEvent; // the queue under test made it
    got.push(
      ...Records.map((record) => ({
        body: record.body,
        receives: record.attributes.ApproximateReceiveCount,
        at: Date.now(),
      })),
    );
    return answer(
      Records.map((record) => record.body),
      { Records },
    );
  };
  return { got, handler };
}

test('takes messages from the AWS client and hands them on in batches, each once', async () => {
  const queue = await queueIn(scratchFolder());
  onTestFinished(() => queue.stop());
  await send(
    queue,
    'matrix',
    Array.from({ length: 10 }, (_, index) => `m${index}`),
  );
  const { got, handler } = consumer(() => ({ batchItemFailures: [] }));
  queue.deliverTo(new Map([['matrix', { handler }]]));
  await queue.settled();
  expect(got.map((message) => message.body)).toEqual(Array.from({ length: 10 }, (_, index) => `m${index}`));
  expect(queue.deadLetters()).toEqual([]);
});

test('takes one message too', async () => {
  const queue = await queueIn(scratchFolder());
  onTestFinished(() => queue.stop());
  const { got, handler } = consumer(() => undefined);
  queue.deliverTo(new Map([['notices', { handler }]]));
  const client = clientOf(queue);
  await client.send(new SendMessageCommand({ QueueUrl: queue.urlOf('notices'), MessageBody: 'now' }));
  client.destroy();
  await queue.settled();
  expect(got.map((message) => message.body)).toEqual(['now']);
});

test('waits a while for messages that are taken together, and hands them on at once', async () => {
  const queue = await queueIn(scratchFolder());
  onTestFinished(() => queue.stop());
  const batches: (readonly string[])[] = [];
  const { handler } = consumer((bodies) => void batches.push(bodies));
  queue.deliverTo(new Map([['matrix', { handler, together: { messages: 12, milliseconds: 300 } }]]));
  for (const ten of ['a', 'b']) {
    await send(
      queue,
      'matrix',
      Array.from({ length: 10 }, (_, index) => `${ten}${index}`),
    );
  }
  await queue.settled();
  expect(batches.map((bodies) => bodies.length)).toEqual([12, 8]);
});

test('only what the consumer names as failed comes again, after growing waits', async () => {
  const queue = await queueIn(scratchFolder());
  onTestFinished(() => queue.stop());
  let refusals = 0;
  const { got, handler } = consumer((_, { Records }) => {
    const failed = Records.filter((record) => record.body === 'bad' && (refusals += 1) <= 3);
    return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId })) };
  });
  await send(queue, 'matrix', ['good', 'bad']);
  queue.deliverTo(new Map([['matrix', { handler }]]));
  await queue.settled();
  expect(got.filter((message) => message.body === 'good')).toHaveLength(1);
  const tries = got.filter((message) => message.body === 'bad');
  expect(tries.map((message) => message.receives)).toEqual(['1', '2', '3', '4']);
  expect((tries[3]?.at ?? 0) - (tries[2]?.at ?? 0)).toBeGreaterThanOrEqual(20);
  expect(queue.deadLetters()).toEqual([]);
});

test('after five receives a message is a dead letter, and can be sent again', async () => {
  const queue = await queueIn(scratchFolder());
  onTestFinished(() => queue.stop());
  let broken = true;
  const { got, handler } = consumer(() => {
    if (broken) throw new Error('no table');
    return undefined;
  });
  await send(queue, 'matrix', ['poison']);
  queue.deliverTo(new Map([['matrix', { handler }]]));
  await queue.settled();
  expect(got).toHaveLength(5);
  expect(queue.deadLetters()).toMatchObject([{ consumer: 'matrix', body: 'poison', receives: 5, reason: 'no table' }]);

  broken = false;
  expect(queue.replay()).toBe(1);
  await queue.settled();
  expect(got).toHaveLength(6);
  expect(queue.deadLetters()).toEqual([]);
});

test('an accepted message outlives the process that accepted it', async () => {
  const folder = scratchFolder();
  const first = await queueIn(folder);
  await send(first, 'matrix', ['kept']);
  await first.stop();
  const second = await queueIn(folder);
  onTestFinished(() => second.stop());
  const { got, handler } = consumer(() => undefined);
  second.deliverTo(new Map([['matrix', { handler }]]));
  await second.settled();
  expect(got.map((message) => message.body)).toEqual(['kept']);
});

test('refuses what it does not offer', async () => {
  const queue = await queueIn(scratchFolder());
  onTestFinished(() => queue.stop());
  const answer = await fetch(queue.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'AmazonSQS.PurgeQueue' },
    body: '{}',
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('PurgeQueue is not offered');
});
