import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sentenceOf } from '#shared/kernel/refusals.ts';
import type { Program } from '#shared/programs/program.ts';
import { readProgram } from '#shared/programs/read-program.ts';
import { programsConfig, readConfig } from './config.ts';

/** The folder with one folder for each program: in a bundle where the deployment says, else beside the code. */
function programsFolder(): string {
  return readConfig(programsConfig).PROGRAMS_DIR ?? fileURLToPath(new URL('../../shared/programs', import.meta.url));
}

/** Reads every program of a folder; a file that does not fit the schema stops the start. */
export function readPrograms(from: string = programsFolder()): ReadonlyMap<string, Program> {
  const found = new Map<string, Program>();
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const read = readProgram(JSON.parse(readFileSync(join(from, entry.name, 'program.json'), 'utf8')));
    if (!read.ok) throw new Error(`The program in ${entry.name} is not valid. ${sentenceOf(read.refusal)}`);
    if (read.value.id !== entry.name) throw new Error(`The program in ${entry.name} calls itself ${read.value.id}.`);
    found.set(read.value.id, read.value);
  }
  return found;
}

/** A file of a program's folder; undefined where the program brings none of that name. */
export function readProgramFile(id: string, name: string, from: string = programsFolder()): string | undefined {
  const path = join(from, id, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

let shared: ReadonlyMap<string, Program> | undefined;

export function thePrograms(): ReadonlyMap<string, Program> {
  shared ??= readPrograms();
  return shared;
}
