import type { ConsumerName, JobName } from '#shared/contract/consumers.ts';
import type { FunctionNeeds } from './function-needs.ts';

export type QueueName = ConsumerName | JobName;

/** The function behind a queue. */
export interface QueueReader extends FunctionNeeds {
  /** The module that exports `handler`, from the project's root. */
  readonly entry: string;
  /** The queues that it puts messages into. */
  readonly feeds?: readonly QueueName[];
  /** How many copies may work at once; 2 is the least that SQS allows. */
  readonly atOnce: number;
  /** Takes so many messages at once, and waits so many seconds for them to come together. Absent: ten, at once. */
  readonly together?: { readonly messages: number; readonly seconds: number };
}

/** What `deliver` does besides the effects: reads events and moves the consumer's position. */
const delivery = ['get', 'select', 'put'] as const;

/** A consumer or a job that is declared and not here does not compile. */
export const queueReaders: Readonly<Record<QueueName, QueueReader>> = {
  record: {
    entry: 'functions/catalogue/consume-record.ts',
    table: [...delivery, 'add'],
    feeds: ['matrix'],
    memory: 512,
    timeoutSeconds: 30,
    atOnce: 5,
    loses: 'Results that both sides confirmed do not reach the partner’s track record.',
  },
  workload: {
    entry: 'functions/catalogue/consume-workload.ts',
    table: [...delivery, 'add'],
    feeds: ['matrix'],
    memory: 512,
    timeoutSeconds: 30,
    atOnce: 5,
    loses: 'A partner that has just filled its last place still shows room.',
  },
  changes: {
    entry: 'functions/catalogue/consume-changes.ts',
    table: delivery,
    memory: 512,
    timeoutSeconds: 30,
    atOnce: 5,
    loses: 'The public page of what changed on the list falls behind.',
  },
  matrix: {
    entry: 'functions/catalogue/build-matrix.ts',
    table: ['get', 'select', 'select-list', 'put'],
    feeds: ['matrix'],
    files: ['write', 'facts'],
    memory: 1769, // one whole processor: the snapshot is compressed here
    timeoutSeconds: 120,
    atOnce: 2,
    // a storm of changes is one build a second
    together: { messages: 1_000, seconds: 1 },
    loses:
      'The matrix keeps showing what was published before; a partner’s own page and every request are still checked live.',
  },
  claims: {
    entry: 'functions/catalogue/consume-claims.ts',
    table: delivery,
    memory: 512,
    timeoutSeconds: 30,
    atOnce: 2,
    loses: 'A partner whose first owner has just joined cannot be asked yet.',
  },
  demand: {
    entry: 'functions/engagements/consume-demand.ts',
    table: [...delivery, 'add'],
    memory: 512,
    timeoutSeconds: 30,
    atOnce: 5,
    loses: 'The state’s home page shows older counts of requests, answers and needs that nobody met.',
  },
  notices: {
    entry: 'functions/notifications/consume-notices.ts',
    table: delivery,
    feeds: ['delivery'],
    memory: 512,
    timeoutSeconds: 30,
    atOnce: 5,
    loses: 'People are not told of invitations, answers and decisions; their task lists still show them.',
  },
  tasks: {
    entry: 'functions/notifications/consume-tasks.ts',
    table: [...delivery, 'remove'],
    memory: 512,
    timeoutSeconds: 30,
    atOnce: 5,
    loses: 'Task lists miss what is new and keep what is done; the mails still go out.',
  },
  delivery: {
    entry: 'functions/notifications/deliver-notices.ts',
    table: [...delivery, 'remove'],
    mail: true,
    memory: 512,
    timeoutSeconds: 60,
    atOnce: 2,
    loses: 'No mail of ours leaves; the task lists still show what is due.',
  },
};
