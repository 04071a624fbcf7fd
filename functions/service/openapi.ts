import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '#shared/contract/contract.ts';
import { declaredRoutes } from '#shared/contract/routes.ts';
import { exampleOf, isSchema } from './example.ts';
import { sessionCookie } from '#shared/kernel/session-cookie.ts';

type Document = Awaited<ReturnType<OpenAPIGenerator['generate']>>;

let kept: Promise<Document> | undefined;

/** Puts an example beside a schema, where there is none. */
function withExample(holder: unknown, name: string): void {
  if (!isSchema(holder) || !isSchema(holder['schema']) || 'example' in holder) return;
  Object.assign(holder, { example: exampleOf(holder['schema'], name) });
}

function contentsOf(holder: unknown): readonly unknown[] {
  return isSchema(holder) && isSchema(holder['content']) ? Object.values(holder['content']) : [];
}

/** What the contract says of a route and the generator does not write down: who may call it, and examples. */
function complete(document: Document): Document {
  for (const { name, method, path, meta } of declaredRoutes) {
    const operation: unknown = Reflect.get(document.paths?.[path.replace(/^\/api/, '')] ?? {}, method.toLowerCase());
    if (!isSchema(operation)) throw new Error(`The document does not have the route ${name}.`);
    const { access } = meta;
    Object.assign(operation, {
      security: access === 'public' ? [] : [{ session: [] }],
      ...(typeof access === 'string' ? {} : { 'x-roles': access }),
    });
    const { parameters, requestBody, responses } = operation;
    // A query word that may be left out has an example where the contract gives one.
    for (const parameter of Array.isArray(parameters) ? parameters.filter(isSchema) : [])
      if (parameter['required'] === true) withExample(parameter, String(parameter['name']));
    for (const content of contentsOf(requestBody)) withExample(content, 'body');
    for (const response of isSchema(responses) ? Object.values(responses) : [])
      for (const content of contentsOf(response)) withExample(content, 'body');
  }
  return document;
}

/** The whole API as an OpenAPI 3.1 document, made from the contract once per cold start. */
export function openApiDocument(version: string): Promise<Document> {
  kept ??= generated(version).then(complete);
  return kept;
}

function generated(version: string): Promise<Document> {
  return new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(contract, {
    info: {
      title: 'Priority Partners',
      version,
      description:
        'Prescreened partners of state education agencies: the matrix, its partners, engagement requests and approvals. ' +
        'Reading what is public needs no account. Everything else needs the session cookie that signing in gives, and ' +
        'changes are taken from our own pages only. A listing is not a contract and guarantees no work.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api' }],
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: sessionCookie } },
    },
  });
}
