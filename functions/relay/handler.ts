import { consumers } from '#shared/contract/consumers.ts';
import { theQueues } from '#platform/queue.ts';
import { relay } from '#platform/stream.ts';

export const handler = relay(consumers, theQueues());
