import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import * as z from 'zod';
import { unreadable } from './json-file.ts';
import type { QueueStore } from './queue-store.ts';

const deadLetter = z.object({
  consumer: z.string(),
  id: z.string(),
  body: z.string(),
  receives: z.int(),
  /** When it was given up, as an instant. */
  at: z.string(),
  reason: z.string(),
});
export type DeadLetter = z.infer<typeof deadLetter>;

/** Messages that a consumer refused too often, one JSON object a line. */
export interface DeadLetters {
  add(letter: DeadLetter): void;
  all(): readonly DeadLetter[];
  /** For when each of them has been sent again. */
  clear(): void;
}

export function deadLettersIn(file: string): DeadLetters {
  return {
    add: (letter) => appendFileSync(file, `${JSON.stringify(letter)}\n`, { mode: 0o600 }),
    all: () => readLetters(file),
    clear: () => rmSync(file, { force: true }),
  };
}

/** Puts every dead letter back into the queue that it came from, and answers how many there were. */
export function sendAgain(letters: DeadLetters, store: QueueStore, at: number): number {
  const found = letters.all();
  // Killed in between, some are there twice: consumers skip what they had.
  for (const letter of found) store.add(letter.consumer, letter.body, at, Date.now());
  letters.clear();
  return found.length;
}

function readLetters(file: string): readonly DeadLetter[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => deadLetter.parse(JSON.parse(line)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw unreadable(file);
  }
}
