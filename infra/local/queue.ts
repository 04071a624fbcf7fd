import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Clock } from './clock.ts';
import { deadLettersIn, sendAgain, type DeadLetter, type DeadLetters } from './dead-letters.ts';
import { answerJson, readBody } from './http-answer.ts';
import { contextFor, type LambdaHandler } from './lambda.ts';
import { listenOnLoopback } from './listen.ts';
import { defectOf, logLine } from './log-line.ts';
import { bodyDigest, QueueStore, type QueuedMessage } from './queue-store.ts';

export interface Queue {
  /** Speaks the part of the SQS JSON protocol that senders need. */
  readonly endpoint: string;
  urlOf(consumer: string): string;
  /** Begins to hand messages to the consumers' functions. Senders may send before. */
  deliverTo(readers: ReadonlyMap<string, QueueReader>): void;
  /** Resolves when no message waits, is being handled or is due for another try. */
  settled(): Promise<void>;
  deadLetters(): readonly DeadLetter[];
  /** Sends every dead letter again and answers how many there were. */
  replay(): number;
  stop(): Promise<void>;
}

/** The function behind a queue. */
export interface QueueReader {
  readonly handler: LambdaHandler;
  /** Absent: ten messages, at once. */
  readonly together?: { readonly messages: number; readonly milliseconds: number };
}

export interface QueueOptions {
  /** An SQLite file, or `:memory:`. */
  readonly file: string;
  readonly deadLetterFile: string;
  readonly clock: Clock;
  /** The wait before the second try; it doubles with each further one. */
  readonly retryMilliseconds?: number;
}

/** Where a data folder keeps its queues. */
export function queueFiles(folder: string): Pick<QueueOptions, 'file' | 'deadLetterFile'> {
  return { file: join(folder, 'queue.sqlite'), deadLetterFile: join(folder, 'dead-letters.jsonl') };
}

/** As the cloud's queues are set: the fifth refusal makes a dead letter. */
const mostReceives = 5;
const batch = 10;
const visibilityMilliseconds = 60_000;
/** SQS takes messages of 256 kB, ten in a call. */
const largestCall = 10 * 262_144;

/** Starts a queue for every consumer behind one loopback address. Throws StartRefusal. */
export async function startQueue(options: QueueOptions): Promise<Queue> {
  const store = new QueueStore(options.file);
  store.giveBackAll(Date.now());
  const letters = deadLettersIn(options.deadLetterFile);
  const halt = new AbortController();
  const loops: Promise<void>[] = [];

  const server = createServer((request, response) => {
    answerCall(store, options.clock, request, response).catch((error: unknown) => {
      logLine('queue', 'A call could not be answered.', defectOf(error));
      if (!response.headersSent) answerJson(response, 500, { __type: 'InternalError', message: 'See the log.' });
    });
  });
  const listening = await listenOnLoopback(server, 0);
  const endpoint = `http://127.0.0.1:${listening.port}`;

  return {
    endpoint,
    urlOf: (consumer) => `${endpoint}/queue/${consumer}`,
    deliverTo(readers) {
      for (const [consumer, reader] of readers) {
        loops.push(deliverLoop({ store, letters, consumer, ...reader, halt: halt.signal, ...options }));
      }
    },
    async settled() {
      while (store.counts().size > 0 && !halt.signal.aborted) await sleep(5);
    },
    deadLetters: () => letters.all(),
    replay: () => sendAgain(letters, store, options.clock.now()),
    async stop() {
      halt.abort();
      await listening.close();
      await Promise.all(loops);
      store.close();
    },
  };
}

const entry = z.looseObject({ MessageBody: z.string().min(1) });
const single = entry.extend({ QueueUrl: z.string() });
const several = z.looseObject({
  QueueUrl: z.string(),
  Entries: z
    .array(entry.extend({ Id: z.string() }))
    .min(1)
    .max(batch),
});

async function answerCall(
  store: QueueStore,
  clock: Clock,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const operation = String(request.headers['x-amz-target'] ?? '').replace('AmazonSQS.', '');
  const input: unknown = JSON.parse((await readBody(request, largestCall)).toString('utf8'));
  const add = (url: string, message: z.infer<typeof entry>): { MessageId: string; MD5OfMessageBody: string } => ({
    MessageId: store.add(consumerOf(url), message.MessageBody, clock.now(), Date.now()),
    MD5OfMessageBody: bodyDigest(message.MessageBody),
  });
  if (operation === 'SendMessage') {
    const message = single.parse(input);
    answerJson(response, 200, add(message.QueueUrl, message));
  } else if (operation === 'SendMessageBatch') {
    const { QueueUrl, Entries } = several.parse(input);
    const Successful = Entries.map((message) => ({ Id: message.Id, ...add(QueueUrl, message) }));
    answerJson(response, 200, { Successful, Failed: [] });
  } else {
    answerJson(response, 400, {
      __type: 'com.amazonaws.sqs#UnsupportedOperation',
      message: `This queue only takes messages; ${operation || 'a call without a name'} is not offered.`,
    });
  }
}

function consumerOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
}

interface Delivery extends QueueOptions, QueueReader {
  readonly store: QueueStore;
  readonly letters: DeadLetters;
  readonly consumer: string;
  readonly halt: AbortSignal;
}

async function deliverLoop(delivery: Delivery): Promise<void> {
  const { store, consumer, together, halt } = delivery;
  const pause = (milliseconds: number) => sleep(milliseconds, undefined, { signal: halt }).catch(() => undefined);
  while (!halt.aborted) {
    const next = store.nextVisible(consumer);
    if (next === undefined || next > Date.now()) {
      await pause(pauseFor(next, Date.now()));
      continue;
    }
    if (together !== undefined) await pause(together.milliseconds);
    const now = Date.now();
    const most = together?.messages ?? batch;
    const messages = store.receive(consumer, now, most, now + visibilityMilliseconds, delivery.clock.now());
    if (messages.length > 0) await hand(delivery, messages);
  }
}

/** Short, because senders do not wake the loop; shorter when a retry is due before. */
function pauseFor(next: number | undefined, now: number): number {
  return next === undefined ? 20 : Math.min(20, Math.max(1, next - now));
}

async function hand(delivery: Delivery, messages: readonly QueuedMessage[]): Promise<void> {
  const refused = await refusedBy(delivery, messages);
  for (const message of messages) {
    const reason = refused.get(message.id);
    if (reason === undefined) delivery.store.remove(message.id);
    else if (message.receives < mostReceives) delivery.store.giveBack(message.id, Date.now() + wait(delivery, message));
    else giveUp(delivery, message, reason);
  }
}

function wait(delivery: Delivery, message: QueuedMessage): number {
  return Math.min(30_000, (delivery.retryMilliseconds ?? 500) * 2 ** (message.receives - 1));
}

function giveUp(delivery: Delivery, message: QueuedMessage, reason: string): void {
  const { consumer } = delivery;
  const at = new Date(delivery.clock.now()).toISOString();
  delivery.letters.add({ consumer, id: message.id, body: message.body, receives: message.receives, at, reason });
  delivery.store.remove(message.id);
  logLine('queue', 'A message was refused too often and is kept as a dead letter.', {
    consumer,
    id: message.id,
    reason,
  });
}

const partialAnswer = z.looseObject({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).optional(),
});

/** The messages that were not handled, with the reason for the log. */
async function refusedBy(delivery: Delivery, messages: readonly QueuedMessage[]): Promise<ReadonlyMap<string, string>> {
  const { consumer, handler } = delivery;
  try {
    const answer = await handler(sqsEvent(consumer, messages), contextFor(consumer));
    const failures = partialAnswer.parse(answer ?? {}).batchItemFailures ?? [];
    return new Map(failures.map((failure) => [failure.itemIdentifier, 'The consumer named it as failed.']));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    logLine('queue', 'A consumer failed; its batch is tried again.', { consumer, ...defectOf(error) });
    return new Map(messages.map((message) => [message.id, reason]));
  }
}

function sqsEvent(consumer: string, messages: readonly QueuedMessage[]): unknown {
  return {
    Records: messages.map((message) => ({
      messageId: message.id,
      receiptHandle: message.id,
      body: message.body,
      attributes: {
        ApproximateReceiveCount: String(message.receives),
        SentTimestamp: String(message.sent),
        SenderId: 'embedded',
        ApproximateFirstReceiveTimestamp: String(message.firstReceived),
      },
      messageAttributes: {},
      md5OfBody: bodyDigest(message.body),
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${consumer}`,
      awsRegion: 'us-east-1',
    })),
  };
}
