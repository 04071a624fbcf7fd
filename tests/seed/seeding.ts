import type { Files } from '#platform/files.ts';
import type { Queues } from '#platform/queue.ts';
import { readPrograms } from '#platform/programs.ts';
import { instant } from '#shared/kernel/instants.ts';
import type { Program } from '#shared/programs/program.ts';

export const now = instant.parse('2026-11-22T16:00:00.000Z');
export const issuer = 'http://localhost:3000/identity';

/** Files in memory. */
export function keptFiles(): Files & { readonly kept: ReadonlyMap<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    put: async (name, body) => void kept.set(name, body),
    get: async (name) => kept.get(name),
  };
}

/** A seed rings for nothing, so a message would be a fault. */
export const noQueues: Queues = {
  send: async (consumer) => {
    throw new Error(`Something was sent to ${consumer}.`);
  },
};

export function theProgram(id: string): Program {
  const found = readPrograms().get(id);
  if (found === undefined) throw new Error(`There is no program ${id}.`);
  return found;
}
