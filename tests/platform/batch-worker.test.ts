import { expect, test, vi } from 'vitest';
import * as z from 'zod';
import { log } from '#platform/log.ts';
import { batchWorker } from '#platform/stream.ts';
import { contextFor } from '../../infra/local/lambda.ts';

const message = z.object({ program: z.string(), partner: z.string() });

/** As SQS hands over messages of these bodies; each bears its place as its id. */
function eventOf(bodies: readonly string[]): never {
  const Records = bodies.map((body, place) => ({ messageId: String(place), body }));
  return { Records } as never; // of a record, the worker reads these two
}

test('messages about the same thing are worked off together, and those that fail go back', async () => {
  const logged = vi.spyOn(log, 'error').mockImplementation(() => undefined);
  const worked: (readonly string[])[] = [];
  const handler = batchWorker(
    message,
    (one) => one.program,
    async (messages) => {
      worked.push(messages.map((one) => one.partner));
      if (messages.some((one) => one.program === 'broken')) throw new Error('It cannot be built.');
    },
  );
  const bodies = [
    ...['a', 'b'].map((partner) => JSON.stringify({ program: 'demo', partner })),
    JSON.stringify({ program: 'broken', partner: 'c' }),
    '{"program": ',
    JSON.stringify({ program: 'demo', partner: 'd' }),
    JSON.stringify({ program: 'broken', partner: 'e' }),
    JSON.stringify({ program: 'demo' }),
  ];
  const answer = await handler(eventOf(bodies), contextFor('matrix'));
  expect(worked).toEqual([
    ['a', 'b', 'd'],
    ['c', 'e'],
  ]);
  expect(answer.batchItemFailures.map((one) => one.itemIdentifier).toSorted()).toEqual(['2', '3', '5', '6']);
  expect(logged).toHaveBeenCalledTimes(4);
});
