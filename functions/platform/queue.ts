import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { queueConfig, readConfig } from './config.ts';

/** Sends messages to the queue of a named consumer. */
export interface Queues {
  send(consumer: string, messages: readonly unknown[]): Promise<void>;
}

/** What SQS takes in one call. */
const batch = 10;

class SqsQueues implements Queues {
  readonly #client: SQSClient;
  readonly #addresses: Readonly<Record<string, string>>;

  constructor(client: SQSClient, addresses: Readonly<Record<string, string>>) {
    this.#client = client;
    this.#addresses = addresses;
  }

  async send(consumer: string, messages: readonly unknown[]): Promise<void> {
    const address = this.#addresses[consumer];
    if (address === undefined) throw new Error(`There is no queue for ${consumer}.`);
    const batches = Array.from({ length: Math.ceil(messages.length / batch) }, (_, place) =>
      messages.slice(place * batch, (place + 1) * batch),
    );
    await Promise.all(batches.map((some) => this.#sendBatch(consumer, address, some)));
  }

  async #sendBatch(consumer: string, address: string, messages: readonly unknown[]): Promise<void> {
    const answer = await this.#client.send(
      new SendMessageBatchCommand({
        QueueUrl: address,
        Entries: messages.map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message) })),
      }),
    );
    if ((answer.Failed?.length ?? 0) > 0) throw new Error(`The queue of ${consumer} took only a part of the messages.`);
  }
}

let shared: Queues | undefined;

export function theQueues(): Queues {
  if (shared === undefined) {
    const config = readConfig(queueConfig);
    const client = new SQSClient(config.QUEUE_ENDPOINT === undefined ? {} : { endpoint: config.QUEUE_ENDPOINT });
    shared = new SqsQueues(client, config.QUEUE_URLS);
  }
  return shared;
}
