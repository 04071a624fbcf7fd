import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { program, type Program } from '#shared/programs/program.ts';

/** The folder with one folder for each program; beside the code on one machine and in a bundle. */
const folder = process.env['PROGRAMS_DIR'] ?? new URL('../../shared/programs', import.meta.url).pathname;

/** Reads every program of a folder; a file that does not fit the schema stops the start. */
export function readPrograms(from: string = folder): ReadonlyMap<string, Program> {
  const found = new Map<string, Program>();
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const parsed = program.safeParse(JSON.parse(readFileSync(join(from, entry.name, 'program.json'), 'utf8')));
    if (!parsed.success) {
      const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join(' ');
      throw new Error(`The program in ${entry.name} is not valid. ${wrong}`);
    }
    if (parsed.data.id !== entry.name) throw new Error(`The program in ${entry.name} calls itself ${parsed.data.id}.`);
    found.set(parsed.data.id, parsed.data);
  }
  return found;
}

/** A file of a program's folder; undefined where the program brings none of that name. */
export function readProgramFile(id: string, name: string, from: string = folder): string | undefined {
  const path = join(from, id, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

let shared: ReadonlyMap<string, Program> | undefined;

export function thePrograms(): ReadonlyMap<string, Program> {
  shared ??= readPrograms();
  return shared;
}
