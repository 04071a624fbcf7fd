import { isRecord } from '#lib/is-record.ts';

/** A JSON schema of the API's own document, read as data. */
export type Schema = Readonly<Record<string, unknown>>;

export function schemaIn(value: unknown): Schema {
  return isRecord(value) ? value : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The schema that a reference within the document names; any other as it is. */
export function resolved(schema: Schema, document: Schema): Schema {
  const reference = schema['$ref'];
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return schema;
  return reference
    .slice(2)
    .split('/')
    .reduce<Schema>((at, step) => schemaIn(at[step]), document);
}

function alternatives(schema: Schema): readonly Schema[] {
  return [...list(schema['anyOf']), ...list(schema['oneOf'])].map(schemaIn);
}

function limits(schema: Schema): string {
  const said = (word: string, before: string) =>
    typeof schema[word] === 'number' ? [`${before} ${String(schema[word])}`] : [];
  return [
    ...said('minimum', 'from'),
    ...said('maximum', 'to'),
    ...said('minLength', 'at least'),
    ...said('maxLength', 'at most'),
    ...said('maxItems', 'at most'),
  ]
    .map((part) =>
      /^at (least|most)/.test(part) ? `${part} ${schema['type'] === 'array' ? 'values' : 'characters'}` : part,
    )
    .filter((part) => !part.includes(String(Number.MAX_SAFE_INTEGER)))
    .join(', ');
}

/** What a value may be, in a few words: `text, at most 40 characters`, `list of text`. */
export function typeWords(given: Schema, document: Schema): string {
  const schema = resolved(given, document);
  const values = list(schema['enum']);
  if (values.length > 0) return `one of ${values.map(String).join(', ')}`;
  if (schema['const'] !== undefined) return `always ${JSON.stringify(schema['const'])}`;
  const choices = alternatives(schema);
  if (choices.length > 0) return [...new Set(choices.map((one) => typeWords(one, document)))].join(', or ');
  const range = limits(schema);
  const rest = range === '' ? '' : `, ${range}`;
  switch (schema['type']) {
    case 'array':
      return `list of ${typeWords(schemaIn(schema['items']), document)}${rest}`;
    case 'string':
      return `${schema['format'] === 'date-time' ? 'instant' : 'text'}${rest}`;
    case 'integer':
      return `whole number${rest}`;
    case 'number':
      return `number${rest}`;
    case 'boolean':
      return 'true or false';
    case 'object':
      return 'object';
    case 'null':
      return 'null';
    default:
      return 'any value';
  }
}
