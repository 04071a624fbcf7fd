/**
 * Stands in for `@smithy/core/event-streams` in the bundles: none of the calls we make to AWS is
 * answered by a stream of events, and a client asks for this only then.
 */
export class EventStreamSerde {
  constructor() {
    throw new Error('Streams of events are left out of this bundle.');
  }
}

export function eventStreamSerdeProvider(): EventStreamSerde {
  return new EventStreamSerde();
}

/** S3 calls this for every client, whether it will meet such a stream or not. */
export function resolveEventStreamSerdeConfig<Config>(config: Config): Config {
  return config;
}
