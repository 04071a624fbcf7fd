import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '#shared/contract/contract.ts';
import { sessionCookie } from '#shared/kernel/session-cookie.ts';

type Document = Awaited<ReturnType<OpenAPIGenerator['generate']>>;

let kept: Promise<Document> | undefined;

/** The whole API as an OpenAPI 3.1 document, made from the contract once per cold start. */
export function openApiDocument(version: string): Promise<Document> {
  kept ??= new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(contract, {
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
  return kept;
}
