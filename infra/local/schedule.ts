import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import { contextFor, type LambdaHandler } from './lambda.ts';
import { defectOf, logLine } from './log-line.ts';

export interface Schedule {
  stop(): Promise<void>;
}

/** Calls the clock function as EventBridge Scheduler does, one call at a time. */
export function startSchedule(handler: LambdaHandler, clock: Clock, everyMilliseconds = 60_000): Schedule {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(async () => {
      try {
        await handler(scheduledEvent(clock.now()), contextFor('clock'));
      } catch (error) {
        logLine('schedule', 'The clock function failed; it is called again at its next time.', defectOf(error));
      }
    });
  }, everyMilliseconds);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

function scheduledEvent(at: number): unknown {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: '000000000000',
    time: new Date(at).toISOString(),
    region: 'us-east-1',
    resources: [],
    detail: {},
  };
}
