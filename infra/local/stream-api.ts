import * as z from 'zod';

const attributes = z.record(z.string(), z.record(z.string(), z.json()));

const streamRecord = z.looseObject({
  eventID: z.string(),
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  dynamodb: z.looseObject({
    Keys: attributes,
    NewImage: attributes.optional(),
    SequenceNumber: z.string(),
  }),
});
export type StreamRecord = z.infer<typeof streamRecord>;

const streams = z.object({ Streams: z.array(z.object({ StreamArn: z.string() })) });
const description = z.object({
  StreamDescription: z.object({
    Shards: z.array(z.object({ ShardId: z.string(), ParentShardId: z.string().optional() })).default([]),
    LastEvaluatedShardId: z.string().optional(),
  }),
});
const iterator = z.object({ ShardIterator: z.string().optional() });
const page = z.object({ Records: z.array(streamRecord), NextShardIterator: z.string().nullish() });

/** Where reading of a shard begins. */
type Place = { readonly after: string } | 'oldest';

/** The engine's answer to a call that it refused, such as `TrimmedDataAccessException`. */
export class StreamRefusal extends Error {
  override readonly name = 'StreamRefusal';
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/**
 * The four calls of the DynamoDB Streams interface. Local engines want a signature's form but not
 * its truth, so there is none to compute; AWS itself feeds the relay without us.
 */
export class StreamApi {
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** The table's stream now; it gets a new name each time streaming is turned on. */
  async current(tableName: string): Promise<string | undefined> {
    return streams.parse(await this.#call('ListStreams', { TableName: tableName })).Streams.at(-1)?.StreamArn;
  }

  async shards(stream: string): Promise<readonly string[]> {
    const found: string[] = [];
    let after: string | undefined;
    do {
      const answer = description.parse(
        await this.#call('DescribeStream', {
          StreamArn: stream,
          ...(after === undefined ? {} : { ExclusiveStartShardId: after }),
        }),
      ).StreamDescription;
      found.push(...answer.Shards.map((shard) => shard.ShardId));
      after = answer.LastEvaluatedShardId;
    } while (after !== undefined);
    return found;
  }

  async iterator(stream: string, shard: string, place: Place): Promise<string | undefined> {
    const start =
      place === 'oldest'
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: place.after };
    return iterator.parse(await this.#call('GetShardIterator', { StreamArn: stream, ShardId: shard, ...start }))
      .ShardIterator;
  }

  async records(
    shardIterator: string,
  ): Promise<{ readonly records: StreamRecord[]; readonly next: string | undefined }> {
    const answer = page.parse(await this.#call('GetRecords', { ShardIterator: shardIterator, Limit: 1_000 }));
    return { records: answer.Records, next: answer.NextShardIterator ?? undefined };
  }

  async #call(name: string, input: unknown): Promise<unknown> {
    const response = await fetch(this.#endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDBStreams_20120810.${name}`,
        'x-amz-date': '20200101T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none',
      },
      body: JSON.stringify(input),
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    const refusal = z.looseObject({ __type: z.string(), message: z.string().optional() }).parse(answer);
    throw new StreamRefusal(refusal.__type.split('#').at(-1) ?? refusal.__type, refusal.message ?? '');
  }
}
