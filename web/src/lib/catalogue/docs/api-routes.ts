import type { Access } from '#shared/kernel/access.ts';
import { isRecord } from '#lib/is-record.ts';
import { resolved, schemaIn, typeWords, type Schema } from './json-schema.ts';

/** A route of the API as its documentation shows it. */
export interface RoutePage {
  /** Also the fragment of its address: `get-programs-program-partners`. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  readonly access: string;
  readonly changes: boolean;
  readonly parameters: readonly {
    readonly name: string;
    readonly place: string;
    readonly needed: boolean;
    readonly type: string;
    readonly meaning: string;
  }[];
  readonly body: readonly { readonly name: string; readonly needed: boolean; readonly type: string }[];
  readonly answers: readonly { readonly status: string; readonly meaning: string }[];
  readonly request: string;
  readonly response?: string;
}

/** What the contract says of a route beside its document. */
export interface RouteAccess {
  readonly method: string;
  readonly path: string;
  readonly meta: { readonly access: Access; readonly change?: boolean };
}

const kindNames = { district: 'District', partner: 'Partner', agency: 'State agency' } as const;

/** Who may call a route: `Partner: owner, editor`. */
export function accessWords(access: Access): string {
  if (access === 'public') return 'Anybody';
  if (access === 'signed-in') return 'Anybody who is signed in';
  const roles = new Map<string, string[]>();
  for (const role of access) {
    const [kind = '', name = ''] = role.split(':');
    roles.set(kind, [...(roles.get(kind) ?? []), name.replaceAll('-', ' ')]);
  }
  const nameOf = (kind: string) =>
    kind === 'district' || kind === 'partner' || kind === 'agency' ? kindNames[kind] : kind;
  return [...roles].map(([kind, names]) => `${nameOf(kind)}: ${names.join(', ')}`).join('; ');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function jsonOf(holder: unknown): Schema | undefined {
  const json = schemaIn(schemaIn(holder)['content'])['application/json'];
  return isRecord(json) ? json : undefined;
}

function parametersOf(operation: Schema, document: Schema): RoutePage['parameters'] {
  const given = operation['parameters'];
  const all = Array.isArray(given) ? given : [];
  return all.map((one: unknown) => {
    const parameter = resolved(schemaIn(one), document);
    return {
      name: text(parameter['name']),
      place: text(parameter['in']),
      needed: parameter['required'] === true,
      type: typeWords(schemaIn(parameter['schema']), document),
      meaning: text(parameter['description']),
    };
  });
}

function bodyOf(schema: Schema | undefined, document: Schema): RoutePage['body'] {
  if (schema === undefined) return [];
  const body = resolved(schema, document);
  const needed = Array.isArray(body['required']) ? body['required'] : [];
  return Object.entries(schemaIn(body['properties'])).map(([name, inner]) => ({
    name,
    needed: needed.includes(name),
    type: typeWords(schemaIn(inner), document),
  }));
}

/** The address with a value for each part that varies, and the query words that have an example. */
function sampleAddress(path: string, operation: Schema, document: Schema): string {
  const given = operation['parameters'];
  const words = new URLSearchParams();
  let address = path;
  for (const one of Array.isArray(given) ? given : []) {
    const parameter = resolved(schemaIn(one), document);
    const name = text(parameter['name']);
    const { example } = parameter;
    if (parameter['in'] === 'path') {
      address = address.replace(`{${name}}`, String(example));
    } else if (example !== undefined) {
      for (const value of Array.isArray(example) ? example : [example]) words.append(name, String(value));
    }
  }
  return words.size === 0 ? address : `${address}?${words}`;
}

function pretty(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

function routeOf(
  path: string,
  method: string,
  operation: Schema,
  document: Schema,
  declared: readonly RouteAccess[],
): RoutePage {
  const full = `/api${path}`;
  const found = declared.find((one) => one.path === full && one.method === method);
  const body = jsonOf(operation['requestBody']);
  const answers = Object.entries(schemaIn(operation['responses']));
  const success = answers.find(([status]) => status.startsWith('2'))?.[1];
  const answer = jsonOf(success);
  const tags = operation['tags'];
  const description = text(operation['description']);
  const line = `${method} ${sampleAddress(full, operation, document)}`;
  return {
    id: `${method}-${path}`
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, ''),
    method,
    path: full,
    summary: text(operation['summary']),
    ...(description === '' ? {} : { description }),
    tag: Array.isArray(tags) ? text(tags[0]) : 'Other',
    access: accessWords(found?.meta.access ?? 'signed-in'),
    changes: found?.meta.change === true,
    parameters: parametersOf(operation, document),
    body: bodyOf(body && schemaIn(body['schema']), document),
    answers: answers.map(([status, one]) => ({ status, meaning: text(schemaIn(one)['description']) })),
    request: body === undefined ? line : `${line}\n\n${pretty(body['example'])}`,
    ...(answer === undefined ? {} : { response: pretty(answer['example']) }),
  };
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** Every route of an OpenAPI document, by its tag, in the document's order. */
export function routesByTag(
  given: unknown,
  declared: readonly RouteAccess[],
): readonly { readonly tag: string; readonly routes: readonly RoutePage[] }[] {
  const document = schemaIn(given);
  const groups = new Map<string, RoutePage[]>();
  for (const [path, item] of Object.entries(schemaIn(document['paths']))) {
    for (const [method, operation] of Object.entries(schemaIn(item))) {
      if (!methods.includes(method)) continue;
      const route = routeOf(path, method.toUpperCase(), schemaIn(operation), document, declared);
      groups.set(route.tag, [...(groups.get(route.tag) ?? []), route]);
    }
  }
  return [...groups].map(([tag, routes]) => ({ tag, routes }));
}
