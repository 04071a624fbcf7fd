import { describe, expect, test } from 'vitest';
import { accessWords, routesByTag } from '#lib/catalogue/docs/api-routes.ts';
import { exportFields, partnerFields } from '#lib/catalogue/docs/json-fields.ts';
import { typeWords } from '#lib/catalogue/docs/json-schema.ts';
import { matrixExport, matrixRow } from '#shared/catalogue/matrix-wire.ts';
import { declaredRoutes } from '#shared/contract/routes.ts';
import { openApiDocument } from '../../../functions/service/openapi.ts';

const document = await openApiDocument('1');
const routes = routesByTag(document, declaredRoutes).flatMap((group) => group.routes);

describe('the documentation of the API', () => {
  test('has every declared route once, with who may call it', () => {
    const named = (method: string, path: string) => `${method} ${path}`;
    expect(routes.map(({ method, path }) => named(method, path)).toSorted()).toEqual(
      declaredRoutes.map(({ method, path }) => named(method, path)).toSorted(),
    );
    for (const route of routes) {
      const declared = declaredRoutes.find(({ method, path }) => method === route.method && path === route.path);
      expect(route.access).toBe(accessWords(declared?.meta.access ?? 'public'));
    }
    expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length);
  });

  test('gives each an example address without anything left open', () => {
    for (const { request } of routes) expect(request.split('\n')[0]).not.toMatch(/[{}]/);
  });

  test('shows the fields that a change needs', () => {
    const save = routes.find(({ method, path }) => method === 'PUT' && path.endsWith('/draft'));
    expect(save?.changes).toBe(true);
    expect(save?.body).toContainEqual({ name: 'version', needed: true, type: expect.stringContaining('whole number') });
  });

  test('says roles in words', () => {
    expect(accessWords('public')).toBe('Anybody');
    expect(accessWords(['partner:owner', 'partner:editor', 'agency:program-lead'])).toBe(
      'Partner: owner, editor; State agency: program lead',
    );
  });

  test('reads schemas', () => {
    expect(typeWords({ type: 'array', items: { enum: ['a', 'b'] } }, {})).toBe('list of one of a, b');
    expect(typeWords({ type: 'string', maxLength: 40 }, {})).toBe('text, at most 40 characters');
    const named = { components: { schemas: { A: { type: 'integer' } } } };
    expect(typeWords({ $ref: '#/components/schemas/A' }, named)).toBe('whole number');
  });
});

test('the data dictionary has every field of the JSON', () => {
  expect(exportFields.map(({ name }) => name).toSorted()).toEqual(Object.keys(matrixExport.shape).toSorted());
  expect(partnerFields.map(({ name }) => name).toSorted()).toEqual(Object.keys(matrixRow.shape).toSorted());
});
