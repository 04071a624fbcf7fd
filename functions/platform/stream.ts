import type { DynamoDBStreamEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import middy from '@middy/core';
import * as z from 'zod';
import { instantOf, type Instant } from '#shared/kernel/instants.ts';
import { deliver, doorbell, type Consumer, type Doorbell } from './consumers.ts';
import { log } from './log.ts';
import type { Queues } from './queue.ts';
import type { Table } from './table.ts';

/**
 * The relay reads the table's stream (only new event items reach it) and rings at the queue of every
 * consumer that hears the type. It carries no data and keeps no order: consumers read the table.
 */
export function relay(hears: Readonly<Record<string, readonly string[]>>, queues: Queues) {
  return middy<DynamoDBStreamEvent, void>().handler(async (event) => {
    const bells = new Map<string, Doorbell[]>();
    for (const record of event.Records) {
      const image = record.dynamodb?.NewImage;
      if (record.eventName !== 'INSERT' || image === undefined) continue;
      const bell = doorbell.parse({
        aggregate: image['aggregate']?.S,
        sequence: Number(image['sequence']?.N),
        type: image['type']?.S,
        program: image['program']?.S,
      });
      for (const [consumer, types] of Object.entries(hears)) {
        if (types.includes(bell.type)) bells.set(consumer, [...(bells.get(consumer) ?? []), bell]);
      }
    }
    await Promise.all([...bells].map(([consumer, list]) => queues.send(consumer, list)));
  });
}

/** A queue's reader: what fails goes back to the queue alone, and after five tries to its dead letters. */
export function worker<S extends z.ZodType>(message: S, work: (message: z.infer<S>) => Promise<void>) {
  return middy<SQSEvent, SQSBatchResponse>().handler(async (event) => {
    const failed: { itemIdentifier: string }[] = [];
    for (const record of event.Records) {
      try {
        await work(message.parse(JSON.parse(record.body)));
      } catch (error) {
        failed.push(failure(record.messageId, error));
      }
    }
    return { batchItemFailures: failed };
  });
}

/**
 * The same for a queue whose messages are worked off together: those that are about the same thing at once.
 * Where that fails, they all go back.
 */
export function batchWorker<S extends z.ZodType>(
  message: S,
  aboutWhat: (message: z.infer<S>) => string,
  work: (messages: readonly z.infer<S>[]) => Promise<void>,
) {
  return middy<SQSEvent, SQSBatchResponse>().handler(async (event) => {
    const failed: { itemIdentifier: string }[] = [];
    const readable: { readonly id: string; readonly message: z.infer<S> }[] = [];
    for (const { messageId: id, body } of event.Records) {
      try {
        readable.push({ id, message: message.parse(JSON.parse(body)) });
      } catch (error) {
        failed.push(failure(id, error));
      }
    }
    const groups = Map.groupBy(readable, (one) => aboutWhat(one.message));
    for (const group of groups.values()) {
      try {
        await work(group.map((one) => one.message));
      } catch (error) {
        for (const { id } of group) failed.push(failure(id, error));
      }
    }
    return { batchItemFailures: failed };
  });
}

function failure(id: string, error: unknown): { readonly itemIdentifier: string } {
  log.error('message failed', { messageId: id, error: error instanceof Error ? error : new Error(String(error)) });
  return { itemIdentifier: id };
}

const schedule = z.object({ time: z.string() });

/** What a schedule calls, with the instant for which it was due: its input is `{"time": "2026-11-22T00:20:00Z"}`. */
export function scheduled(work: (at: Instant) => Promise<void>) {
  return middy<unknown, void>().handler(async (event) => work(instantOf(new Date(schedule.parse(event).time))));
}

/** The queue reader of a consumer of events. */
export function consume(table: Table, consumer: Consumer) {
  return worker(doorbell, async (bell) => deliver(table, consumer, bell));
}
