import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { instant } from '#shared/kernel/instants.ts';
import { answerJson, readBody } from './http-answer.ts';

/** What the embedded default takes for the present, in milliseconds since 1970. */
export interface Clock {
  now(): number;
}

export const wallClock: Clock = { now: () => Date.now() };

/** A clock that tests move. It keeps running from wherever it was put. */
export interface MovableClock extends Clock {
  moveTo(at: number): void;
}

export function movableClock(): MovableClock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    moveTo: (at) => {
      ahead = at - Date.now();
    },
  };
}

const move = z.strictObject({ at: instant });

/** `POST /test-clock {"at": "2027-06-30T03:59:59.999Z"}` moves the clock and answers where it is. */
export async function answerTestClock(
  clock: MovableClock,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    answerJson(response, 405, { message: 'Only POST moves the clock.' });
    return;
  }
  const parsed = move.safeParse(jsonOf((await readBody(request, 1_000)).toString('utf8')));
  if (!parsed.success) {
    answerJson(response, 400, { message: 'The clock needs {"at": "2027-06-30T03:59:59.999Z"}.' });
    return;
  }
  clock.moveTo(Date.parse(parsed.data.at));
  answerJson(response, 200, { at: new Date(clock.now()).toISOString() });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
