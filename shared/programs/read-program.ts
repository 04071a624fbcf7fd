import { ok, refuse, type Result } from '../kernel/result.ts';
import { program, type Program } from './program.ts';

/** `areas[0].name`; the schema library's own would bring all its languages into each function. */
function dotPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (so, part) => (typeof part === 'number' ? `${so}[${part}]` : `${so}${so === '' ? '' : '.'}${String(part)}`),
    '',
  );
}

/** Reads a `program.json`. A refusal names each wrong field by its path, one sentence each. */
export function readProgram(given: unknown): Result<Program, 'invalid'> {
  const read = program.safeParse(given);
  if (read.success) {
    return ok(read.data);
  }
  const fields = Object.fromEntries(
    read.error.issues.map((issue) => [dotPath(issue.path) || 'program', issue.message]),
  );
  const sentences = Object.entries(fields).map(([path, sentence]) => `${path}: ${sentence}`);
  return refuse('invalid', `The program cannot be used. ${sentences.join(' ')}`, fields);
}
