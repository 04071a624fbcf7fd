import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { contextFor, type LambdaHandler } from './lambda.ts';
import { defectOf, logLine } from './log-line.ts';
import { StreamApi, StreamRefusal, type StreamRecord } from './stream-api.ts';

export interface StreamPoller {
  /** Resolves when everything written before the call has been handed to the relay. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const place = z.object({ stream: z.string(), shards: z.record(z.string(), z.string()) });
type StreamPlace = z.infer<typeof place>;

export interface StreamOptions {
  readonly endpoint: string;
  readonly tableName: string;
  readonly relay: LambdaHandler;
  /** Keeps the place here; in memory without it, which begins with the oldest record. */
  readonly placeFile?: string;
  readonly pauseMilliseconds?: number;
}

/** The size of batch that the cloud's event source gives the relay. */
const batch = 100;

/**
 * Hands each new event item to the relay, in the order of its shard, as a DynamoDB stream event. A
 * batch that the relay refuses is offered again, from the record it names, until it is taken: the
 * place moves only past what was taken. Throws StartRefusal when the kept place cannot be read.
 */
export function startStreams(options: StreamOptions): StreamPoller {
  const api = new StreamApi(options.endpoint);
  const halt = new AbortController();
  let at = options.placeFile === undefined ? undefined : readJsonFile(options.placeFile, place);
  let rounds = 0;
  let failures = 0;

  const keep = (moved: StreamPlace): void => {
    at = moved;
    if (options.placeFile !== undefined) writeJsonFile(options.placeFile, moved);
  };

  const readShard = async (stream: string, shard: string): Promise<void> => {
    // A table that was made anew numbers its records from the start again, under a new stream.
    const reached = at?.stream === stream ? at.shards[shard] : undefined;
    let next = await iteratorFrom(api, stream, shard, reached);
    while (next !== undefined && !halt.signal.aborted) {
      const page = await api.records(next);
      const sequence = page.records.at(-1)?.dynamodb.SequenceNumber;
      if (sequence === undefined) return;
      await relayAll(options.relay, stream, page.records.filter(isEvent), halt.signal);
      if (halt.signal.aborted) return;
      keep({ stream, shards: { ...(at?.stream === stream ? at.shards : {}), [shard]: sequence } });
      next = page.next;
    }
  };

  const round = async (): Promise<void> => {
    const stream = await api.current(options.tableName);
    if (stream === undefined) return;
    for (const shard of await api.shards(stream)) await readShard(stream, shard);
  };

  const running = (async () => {
    while (!halt.signal.aborted) {
      try {
        await round();
        failures = 0;
        rounds += 1;
      } catch (error) {
        if (halt.signal.aborted) return;
        failures += 1;
        logLine('streams', 'The stream could not be read; trying again.', { failures, ...defectOf(error) });
      }
      await pause(failures === 0 ? (options.pauseMilliseconds ?? 50) : backoff(failures), halt.signal);
    }
  })();

  return {
    async settled() {
      // The round under way may have passed the last write already: the one after it has not.
      const enough = rounds + 2;
      while (rounds < enough && !halt.signal.aborted) await sleep(5);
    },
    async stop() {
      halt.abort();
      await running;
    },
  };
}

async function iteratorFrom(
  api: StreamApi,
  stream: string,
  shard: string,
  reached: string | undefined,
): Promise<string | undefined> {
  if (reached === undefined) return await api.iterator(stream, shard, 'oldest');
  try {
    return await api.iterator(stream, shard, { after: reached });
  } catch (error) {
    if (!(error instanceof StreamRefusal) || error.code !== 'TrimmedDataAccessException') throw error;
    // Records are kept for a day; the catch-up from the journal covers what is gone.
    return await api.iterator(stream, shard, 'oldest');
  }
}

/** In the cloud this is the event source's filter. */
function isEvent(record: StreamRecord): boolean {
  const key = record.dynamodb.Keys['sk']?.['S'];
  return record.eventName === 'INSERT' && typeof key === 'string' && key.startsWith('EVENT#');
}

const partialAnswer = z.looseObject({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).optional(),
});

async function relayAll(
  relay: LambdaHandler,
  stream: string,
  records: readonly StreamRecord[],
  halt: AbortSignal,
): Promise<void> {
  let waiting = records;
  let failures = 0;
  while (waiting.length > 0 && !halt.aborted) {
    const offered = waiting.slice(0, batch);
    const taken = await offer(relay, stream, offered);
    waiting = waiting.slice(taken);
    failures = taken === offered.length ? 0 : failures + 1;
    if (failures > 0) await pause(backoff(failures), halt);
  }
}

/** How many records, from the first, the relay took. */
async function offer(relay: LambdaHandler, stream: string, records: readonly StreamRecord[]): Promise<number> {
  try {
    const Records = records.map((record) => ({
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      ...record,
      eventSourceARN: stream,
    }));
    const answer = partialAnswer.safeParse((await relay({ Records }, contextFor('relay'))) ?? {});
    const failed = new Set(answer.data?.batchItemFailures?.map((failure) => failure.itemIdentifier));
    const first = records.findIndex((record) => failed.has(record.dynamodb.SequenceNumber));
    return failed.size === 0 ? records.length : Math.max(first, 0);
  } catch (error) {
    logLine('streams', 'The relay failed; its batch is offered again.', defectOf(error));
    return 0;
  }
}

function backoff(failures: number): number {
  return Math.min(10_000, 50 * 2 ** Math.min(failures, 10));
}

async function pause(milliseconds: number, halt: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: halt }).catch(() => undefined);
}
