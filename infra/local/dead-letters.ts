import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import * as z from 'zod';

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

function readLetters(file: string): readonly DeadLetter[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => deadLetter.parse(JSON.parse(line)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
