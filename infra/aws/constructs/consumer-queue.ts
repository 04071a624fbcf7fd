import { Duration, Stack } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption, type IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { QueueReader } from '../consumers.ts';
import type { Ground } from '../ground.ts';
import type { Watched } from '../watched.ts';
import { BundledFunction } from './bundled-function.ts';

/** The tries of a message before it becomes a dead letter. */
const tries = 5;

/** A queue encrypted by SQS: a message names an aggregate and carries no data of a person. */
export function plainQueue(scope: Construct, id: string, more: ConstructorParameters<typeof Queue>[2] = {}): Queue {
  return new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    ...more,
  });
}

/** A letter nobody could handle: it stays 14 days and can be sent again at any time. */
export function deadLetters(id: string, queue: IQueue, loses: string): Watched {
  const metric = queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' });
  return { id: `${id}-dead-letters`, metric, threshold: 1, loses };
}

export interface ConsumerQueueProps {
  readonly ground: Ground;
  readonly name: string;
  readonly reader: QueueReader;
}

/** A queue, the function that reads it, and where its dead letters go. */
export class ConsumerQueue extends Construct {
  readonly queue: Queue;
  readonly reader: BundledFunction;
  readonly watched: readonly Watched[];

  constructor(scope: Construct, id: string, { ground, name, reader }: ConsumerQueueProps) {
    super(scope, id);
    const dead = plainQueue(this, 'DeadLetters');
    this.queue = plainQueue(this, 'Queue', {
      // AWS asks for six times the reader's time, so that a message is not handed out while it is worked on
      visibilityTimeout: Duration.seconds(6 * reader.timeoutSeconds),
      deadLetterQueue: { queue: dead, maxReceiveCount: tries },
    });
    this.reader = new BundledFunction(this, id, { ground, entry: reader.entry, needs: reader });
    this.queue.grantConsumeMessages(this.reader.role);
    new EventSourceMapping(this, 'Source', {
      target: this.reader.fn,
      eventSourceArn: this.queue.queueArn,
      batchSize: reader.together?.messages ?? 10,
      ...(reader.together && { maxBatchingWindow: Duration.seconds(reader.together.seconds) }),
      reportBatchItemFailures: true,
      maxConcurrency: reader.atOnce,
    }).node.addDependency(this.reader.role);
    const age = this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: 'Maximum' });
    this.watched = [
      ...this.reader.watched,
      deadLetters(name, dead, reader.loses),
      { id: `${name}-late`, metric: age, threshold: 900, loses: reader.loses },
    ];
  }
}

/** Tells a function where the queues are that it feeds, and lets it send to these. */
export function feed(
  from: Pick<BundledFunction, 'fn' | 'role'>,
  names: readonly string[],
  queues: ReadonlyMap<string, Pick<ConsumerQueue, 'queue'>>,
): void {
  if (names.length === 0) return;
  const found = names.map((name) => {
    const to = queues.get(name);
    if (to === undefined) throw new Error(`There is no queue named ${name}.`);
    return [name, to.queue] as const;
  });
  const addresses = Object.fromEntries(found.map(([name, queue]) => [name, queue.queueUrl]));
  from.fn.addEnvironment('QUEUE_URLS', Stack.of(from.fn).toJsonString(addresses));
  for (const [, queue] of found) queue.grantSendMessages(from.role);
}
