import { isContractProcedure, type AnyContractRouter } from '@orpc/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { contract } from '#shared/contract/contract.ts';
import { declaredRoutes } from '#shared/contract/routes.ts';
import { openApiDocument } from '../../../functions/service/openapi.ts';

const media = z.record(z.string(), z.looseObject({ example: z.unknown().optional() }));
const operation = z.object({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  'x-roles': z.array(z.string()).optional(),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string(), example: z.unknown().optional() })).default([]),
  requestBody: z.object({ content: media }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: media.optional() })),
});
type Operation = z.infer<typeof operation>;

const operations = new Map<string, Operation>();
const version: { openapi?: string } = {};
beforeAll(async () => {
  const { paths = {}, openapi } = await openApiDocument('1.2.3');
  version.openapi = openapi;
  for (const item of Object.values(paths)) {
    for (const given of Object.values(item ?? {})) {
      const one = operation.parse(given);
      operations.set(one.operationId, one);
    }
  }
});

/** The contract's own schemas of a route. */
function schemasOf(name: string) {
  let part: AnyContractRouter = contract;
  for (const word of name.split('.'))
    part = z.record(z.string(), z.custom<AnyContractRouter>()).parse(part)[word] ?? part;
  if (!isContractProcedure(part)) throw new Error(`${name} is no route.`);
  const { inputSchema, outputSchema, route } = part['~orpc'];
  return { input: inputSchema, output: outputSchema, detailed: route.outputStructure === 'detailed' };
}

/** As an address has it: text. */
function inAddress(value: unknown): unknown {
  return Array.isArray(value) ? value.map(String) : String(value);
}

async function faultsOf(schema: ReturnType<typeof schemasOf>['input'], value: unknown): Promise<readonly string[]> {
  const result = await schema?.['~standard'].validate(value);
  return (result?.issues ?? []).map(
    (issue: { readonly path?: unknown; readonly message: string }) => `${JSON.stringify(issue.path)}: ${issue.message}`,
  );
}

test('the document of the API is OpenAPI 3.1', () => {
  expect(version.openapi).toMatch(/^3\.1/);
});

describe.each(declaredRoutes.map((one) => [one.name, one] as const))('%s in the document of the API', (name, one) => {
  const found = (): Operation => {
    const given = operations.get(name);
    if (given === undefined) throw new Error(`${name} is not in the document.`);
    return given;
  };

  test('says who may call it', () => {
    const { access } = one.meta;
    expect(found().security).toEqual(access === 'public' ? [] : [{ session: [] }]);
    expect(found()['x-roles']).toEqual(typeof access === 'string' ? undefined : access);
  });

  test('has an example of each parameter and of the body, which the contract takes', async () => {
    const { parameters, requestBody } = found();
    const named = (place: string) =>
      Object.fromEntries(
        parameters
          .filter((given) => given.in === place && (place === 'path' || given.example !== undefined))
          .map((given) => [given.name, inAddress(given.example)] as const),
      );
    const body = Object.values(requestBody?.content ?? {})[0]?.example;
    const { input } = schemasOf(name);
    expect(
      await faultsOf(input, { params: named('path'), query: named('query'), ...(body === undefined ? {} : { body }) }),
    ).toEqual([]);
  });

  test('has an example of its answer, which the contract gives', async () => {
    const { output, detailed } = schemasOf(name);
    const [status, answer] = Object.entries(found().responses).find(([code]) => /^[23]/.test(code)) ?? [];
    const json = answer?.content?.['application/json'];
    if (json === undefined) {
      // a redirection, or a file
      expect(['302', '200']).toContain(status);
      return;
    }
    expect(json.example).toBeDefined();
    if (!detailed) expect(await faultsOf(output, json.example)).toEqual([]);
  });
});
