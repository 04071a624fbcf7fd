import { readFileSync } from 'node:fs';
import { readProgram } from '#shared/programs/read-program.ts';
import type { Program } from '#shared/programs/program.ts';

const folder = new URL('../../../shared/programs/', import.meta.url);

export function programText(id: string, file: string): string {
  return readFileSync(new URL(`${id}/${file}`, folder), 'utf8');
}

/** A `program.json` as it stands, unread: a test may spoil it. */
export function programJson(id: string): Record<string, unknown> {
  const given: unknown = JSON.parse(programText(id, 'program.json'));
  if (typeof given !== 'object' || given === null) {
    throw new Error(`${id}/program.json is not an object.`);
  }
  return { ...given };
}

export function programOf(id: string): Program {
  const read = readProgram(programJson(id));
  if (!read.ok) {
    throw new Error(read.refusal.message);
  }
  return read.value;
}
