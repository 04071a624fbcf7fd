import * as z from 'zod';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import { sentenceOfIssue } from './input-sentences.ts';

/** What a route is given, before its schema judges it. */
interface Given {
  readonly params: unknown;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: unknown;
}

/** Everything but JSON; a caller that does not say what it sends is taken to send JSON. */
const otherThanJson = /^(?!application\/json\s*(;|$))./i;

/** Half a surrogate pair, which is no text, or a control character other than tab and newline. */
const unkeepable = /[^\P{Cc}\t\n]|\p{Cs}/u;

function shapeOf(schema: unknown): Readonly<Record<string, unknown>> {
  return schema instanceof z.ZodObject ? schema.shape : {};
}

/** The words that a route's address may have; undefined where it says itself which (the matrix, a provider's return). */
function knownWords(query: unknown): ReadonlySet<string> | undefined {
  if (query === undefined) return new Set();
  if (!(query instanceof z.ZodObject)) return undefined;
  const { catchall } = query.def;
  return catchall === undefined || catchall instanceof z.ZodNever ? new Set(Object.keys(query.shape)) : undefined;
}

/** No record can carry it. */
const wordOfNoRecord = '__proto__';

function readQuery(words: URLSearchParams, schema: unknown): Result<Given['query'], 'unknown-word'> {
  const given = [...new Set(words.keys())];
  const known = knownWords(schema);
  const unknown = given.filter((word) => (known === undefined ? word === wordOfNoRecord : !known.has(word)));
  if (unknown.length > 0) return refuse('unknown-word', `Not known here: ${unknown.join(', ').slice(0, 200)}.`);
  return ok(
    Object.fromEntries(
      given.map((word) => {
        const values = words.getAll(word);
        const [single] = values;
        return [word, values.length === 1 && single !== undefined ? single : values];
      }),
    ),
  );
}

async function readBody(request: Request): Promise<Result<unknown, 'malformed'>> {
  const text = await request.text();
  if (text === '') return ok(undefined);
  if (otherThanJson.test(request.headers.get('content-type') ?? '')) {
    return refuse('malformed', 'Send JSON, and say so with the content type application/json.');
  }
  try {
    return ok(JSON.parse(text));
  } catch {
    return refuse('malformed', 'What was sent is not JSON.');
  }
}

/** The first text, by its path, that cannot be kept. Not by recursion: nesting is the caller's. */
function unkeepablePath(given: unknown): string | undefined {
  const open: (readonly [path: string, value: unknown])[] = [['', given]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [path, value] = next;
    if (typeof value === 'string' && unkeepable.test(value)) return path;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      if (unkeepable.test(name)) return path;
      open.push([path === '' ? name : `${path}.${name}`, inner]);
    }
  }
  return undefined;
}

function refuseFields(fields: Readonly<Record<string, string>>) {
  const words = Object.entries(fields).map(([name, sentence]) => `${name}: ${sentence}`);
  return refuse('invalid', `Not allowed: ${words.join(' ')}`.slice(0, 1000), fields);
}

/** A field's path without `body`, `query` or `params` in front. */
function nameOf(path: readonly PropertyKey[]): string {
  const parts = path.map(String);
  return parts.slice(1).join('.') || parts.join('.') || 'body';
}

/**
 * Reads what a route is given: its address's words, each known to it, and its body as JSON. A route
 * without a body reads none. Texts that could not be hashed or would be stored as nobody can read them
 * are refused here, once for all fields.
 */
export async function readInput(
  request: Request,
  schema: unknown,
  params: unknown,
): Promise<Result<Given, 'malformed' | 'unknown-word' | 'invalid'>> {
  const shape = shapeOf(schema);
  const query = readQuery(new URL(request.url).searchParams, shape['query']);
  if (!query.ok) return query;
  const body = shape['body'] === undefined ? ok(undefined) : await readBody(request);
  if (!body.ok) return body;
  const given = { params, query: query.value, ...(body.value === undefined ? {} : { body: body.value }) };
  const path = unkeepablePath(given);
  if (path === undefined) return ok(given);
  return refuseFields({
    [nameOf(path.split('.'))]: 'This holds a character that no text has. Write letters, signs, tabs and new lines.',
  });
}

/** Why the schema refused what was given: one sentence for each field. */
export function refusedBySchema(schema: unknown, given: unknown) {
  const parsed = schema instanceof z.ZodType ? schema.safeParse(given, { error: sentenceOfIssue }) : undefined;
  if (parsed === undefined || parsed.success) return refuse('malformed');
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[nameOf(issue.path)] ??= issue.message;
  return refuseFields(fields);
}
