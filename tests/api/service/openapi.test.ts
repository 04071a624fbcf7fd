import { isContractProcedure, type AnyContractRouter } from '@orpc/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { contract } from '#shared/contract/contract.ts';
import { declaredRoutes } from '#shared/contract/routes.ts';
import { facetWords } from '#shared/catalogue/matrix/facets.ts';
import { queryWords } from '#shared/catalogue/matrix/query-words.ts';
import { matrixAnswer } from '#shared/catalogue/matrix-wire.ts';
import { wilsonInterval } from '#shared/catalogue/track-record.ts';
import { openApiDocument } from '../../../functions/service/openapi.ts';
import { demo } from '../../web/matrix/program.ts';

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

describe('the matrix in the document of the API', () => {
  const named = z.looseObject({ properties: z.record(z.string(), z.unknown()) });
  const union = z.looseObject({
    items: z.union([
      z.looseObject({ oneOf: z.array(z.unknown()) }).transform(({ oneOf }) => oneOf),
      z.looseObject({ anyOf: z.array(z.unknown()) }).transform(({ anyOf }) => anyOf),
    ]),
  });
  const coded = z.looseObject({ properties: z.looseObject({ code: z.looseObject({ const: z.string() }) }) });
  const json = () => operations.get('partners.list')?.responses['200']?.content?.['application/json'];
  const schema = () => named.parse(json()?.['schema']).properties;

  test('names each facet, and each reason with its data', () => {
    expect(Object.keys(named.parse(schema()['facets']).properties).toSorted()).toEqual([...facetWords].toSorted());
    const partner = named.parse(z.looseObject({ items: z.unknown() }).parse(schema()['partners']).items).properties;
    const codes = (word: string) => union.parse(partner[word]).items.map((one) => coded.parse(one).properties);
    expect(codes('because').map(({ code }) => code.const)).toContain('within-budget');
    const later = codes('but').find(({ code }) => code.const === 'later');
    expect(Object.keys(later ?? {})).toEqual(['code', 'from']);
  });

  test('has an example that answers the question of its parameters, with counts that agree', () => {
    const question = new Map(
      operations.get('partners.list')?.parameters.map(({ name, example }) => [name, example] as const),
    );
    const answer = matrixAnswer.parse(json()?.example);
    expect(question.get('program')).toBe('demo');
    expect(answer.scenario).toEqual({ schools: 3, students: 1500, days: 12 });
    for (const [word, quantity] of Object.entries(answer.scenario)) expect(question.get(word)).toBe(quantity);
    const [area = ''] = z.array(z.string()).parse(question.get('area'));
    const { total, unpriced, facets, partners } = answer;
    expect(partners).toHaveLength(total);
    expect(unpriced).toBe(partners.filter(({ cost }) => cost === null || 'cannot' in cost).length);
    expect([
      facets.area[area],
      facets.tier['3'],
      facets.status['active'],
      (facets.unpriced['no'] ?? 0) + unpriced,
    ]).toEqual([total, total, total, total]);
    for (const { areas, record, cost, because } of partners) {
      expect(areas.map((one) => one.area)).toContain(area);
      expect(because[0]).toEqual({ code: 'approved', areas: [area] });
      if (cost !== null && 'compared' in cost)
        expect(cost.compared).toBeLessThanOrEqual(Number(question.get('max')) * 100);
      if (!record.known) continue;
      const { lower, upper } = wilsonInterval(record.met, record.agreed);
      expect(record.estimate).toBeCloseTo(record.met / record.agreed, 3);
      expect(record.lowerBound).toBeCloseTo(lower, 3);
      expect(record.upperBound).toBeCloseTo(upper, 3);
    }
  });

  test('has no entry in its example that the invented state does not have', () => {
    const { facets } = matrixAnswer.parse(json()?.example);
    const ids = (terms: readonly { readonly id: string }[]) => terms.map(({ id }) => id);
    const known = {
      area: demo.areaSchemes.flatMap((scheme) => ids(scheme.areas)),
      condition: ids(demo.conditions),
      service: ids(demo.serviceTypes),
      population: ids(demo.populations),
      outcome: ids(demo.outcomes),
      fund: ids(demo.funding),
      tier: queryWords.tier.choices,
      status: queryWords.status.choices,
    } as const;
    for (const [word, values] of Object.entries(known)) {
      for (const value of Object.keys(facets[word as keyof typeof known])) expect(values, word).toContain(value); // the keys are those of `known`
    }
  });
});
