type Schema = Readonly<Record<string, unknown>>;

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What a field of this name usually holds. The first that the field's own schema allows is taken, so
 * that one name may stand for different things.
 */
const usual: Readonly<Record<string, readonly unknown[]>> = {
  program: ['demo'],
  partner: ['northwind-learning'],
  district: ['fernhill-100100', 'Fernhill Public Schools'],
  organization: ['northwind-learning'],
  id: ['northwind-learning', 'coaching'],
  asked: [3, ['northwind-learning', 'cedar-institute']],
  name: ['Northwind Learning'],
  districtName: ['Fernhill Public Schools'],
  title: ['Better use of data in three middle schools', 'Price list'],
  summary: ['Coaches teacher teams in the use of data.'],
  description: ['Two coaches work with each school’s data team every week.'],
  words: ['Three middle schools need help with data meetings.'],
  text: ['Send a report of the first semester.'],
  message: ['There is nothing at this address, or it is not yours.'],
  need: [{ title: 'Better use of data', words: 'Three middle schools need help with data meetings.' }],
  area: ['data-use'],
  email: ['office@northwind.invalid'],
  phone: ['555-0100'],
  website: ['https://northwind.invalid'],
  url: ['https://northwind.invalid/prices'],
  zone: ['America/New_York'],
  unit: ['day'],
  low: [300_000],
  typical: [350_000],
  high: [400_000],
  compared: [350_000],
  outcomePayment: [50_000],
  minimum: [300_000],
  year: [2026, '2014'],
  dated: ['2025-06-02'],
  read: ['2026-11-12'],
  schools: [3, ['fernhill-middle-100101']],
  teachers: [45],
  students: [1200],
  days: [12],
  grade: ['6'],
  since: ['2026-09-01T13:00:00.000Z'],
  month: ['2026-10'],
  lowerBound: [0.62],
  estimate: [0.8],
  upperBound: [0.91],
  agreed: [20],
  met: [16],
  engagements: [9],
  tier: [2],
  atLeast: [1],
  atMost: [2],
  effectSize: [0.21],
  before: ['Coaching.'],
  after: ['eyJwayI6Ii4uLiJ9', 'Coaching for teams.'],
  next: ['eyJwayI6Ii4uLiJ9'],
  token: ['3f8a1c9d5e7b2a4068f1c3d5e7a9b0c2'],
  snapshot: ['/matrix/5e884898da28047151d0e56f8dc62927.json'],
  version: [4, '0.1.0'],
  languages: [['en', 'es']],
  /** Names of a vocabulary that the example does not have. */
  conditions: [[]],
};

/** By what a text must look like, where its name says nothing. */
const byPattern: readonly (readonly [part: string, example: string])[] = [
  ['^\\d{4}-\\d{2}-\\d{2}T', '2026-10-01T15:00:00.000Z'],
  ['^\\d{4}-\\d{2}-\\d{2}$', '2027-03-01'],
  ['^\\d{4}-\\d{2}$', '2026-10'],
  ['[a-z]{2,3}(-', 'en'],
];
const byFormat: Readonly<Record<string, string>> = {
  uri: 'https://northwind.invalid',
  email: 'office@northwind.invalid',
  'date-time': '2026-10-01T15:00:00.000Z',
};

function allows(schema: Schema, value: unknown): boolean {
  const { type, pattern, format, minLength, maxLength, minimum, maximum } = schema;
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value);
  if (typeof value === 'string') {
    return (
      (type === 'string' || type === undefined) &&
      (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(value)) &&
      (typeof minLength !== 'number' || value.length >= minLength) &&
      (typeof maxLength !== 'number' || value.length <= maxLength) &&
      (typeof format !== 'string' || byFormat[format] !== undefined)
    );
  }
  if (typeof value === 'number') {
    return (
      (type === 'number' || (type === 'integer' && Number.isInteger(value))) &&
      (typeof minimum !== 'number' || value >= minimum) &&
      (typeof maximum !== 'number' || value <= maximum)
    );
  }
  return Array.isArray(value) ? type === 'array' && value.length >= Number(schema['minItems'] ?? 0) : type === 'object';
}

function textOf({ pattern, format, minLength }: Schema): string {
  if (typeof format === 'string') return byFormat[format] ?? 'text';
  const prefix = typeof pattern === 'string' ? /^\^([a-z]{3}_)\[/.exec(pattern)?.[1] : undefined;
  if (prefix !== undefined) return `${prefix}3f8a1c9d5e7b2a40`;
  const known = typeof pattern === 'string' ? byPattern.find(([part]) => pattern.includes(part)) : undefined;
  const text = known?.[1] ?? (typeof pattern === 'string' ? 'data-use' : 'In a few words.');
  return typeof minLength === 'number' ? text.padEnd(minLength, '.') : text;
}

function objectOf({ properties, additionalProperties, propertyNames }: Schema): Schema {
  const own = isSchema(properties)
    ? Object.entries(properties).map(([name, inner]) => [name, exampleOf(inner, name)])
    : [];
  if (own.length > 0 || !isSchema(additionalProperties)) return Object.fromEntries(own);
  const names = isSchema(propertyNames) ? propertyNames : {};
  const keys = Array.isArray(names['enum']) ? names['enum'] : [exampleOf({ type: 'string', ...names }, 'key')];
  return Object.fromEntries(keys.map((key) => [String(key), exampleOf(additionalProperties, 'entry')]));
}

/**
 * A value that fits the JSON schema: its own example, or one with every field that it can have. Rules that a schema cannot say
 * (a low end that is at most the high end) hold by the usual values above; a test parses each example
 * with the contract.
 */
export function exampleOf(schema: unknown, name: string): unknown {
  if (!isSchema(schema)) return null;
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['examples'])) return schema['examples'][0];
  const fitting = usual[name]?.find((value) => allows(schema, value));
  if (fitting !== undefined) return fitting;
  if (typeof schema['default'] === 'string' && schema['default'] !== '') return schema['default'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  for (const union of ['oneOf', 'anyOf']) {
    const options = schema[union];
    if (Array.isArray(options)) return exampleOf(options[0], name);
  }
  if (Array.isArray(schema['allOf'])) {
    const parts = schema['allOf'].map((part) => exampleOf(part, name)).filter(isSchema);
    return Object.assign({}, ...parts);
  }
  const { type } = schema;
  const kind = Array.isArray(type) ? type[0] : type;
  switch (kind) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return schema['maxItems'] === 0 ? [] : [exampleOf(schema['items'], name)];
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return typeof schema['minimum'] === 'number' && schema['minimum'] > 1 ? schema['minimum'] : 1;
    case 'boolean':
      return true;
    default:
      return null;
  }
}
