import * as fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { declaredRoutes, type DeclaredRoute } from '#shared/contract/routes.ts';
import { plusMilliseconds } from '#shared/kernel/instants.ts';
import type { ApiHandler } from '#platform/http.ts';
import { log } from '#platform/log.ts';
import { send, testInstant, testOrigin } from '../support/client.ts';
import { testTable } from '../support/table.ts';
import { admittedTo, pathOf, shapeOf } from './route-request.ts';
import { memoryFiles, sessionOf, siteOn } from './site.ts';

const engine = testTable();
let site: Readonly<Record<DeclaredRoute['context'], ApiHandler>>;
beforeAll(() => {
  site = siteOn(engine.table, memoryFiles());
});

const defects = vi.fn<typeof log.error>();
beforeEach(() => {
  defects.mockClear();
  vi.spyOn(log, 'error').mockImplementation(defects);
});

let minute = 0;
/** Each in a minute of its own: rates are not what is tested. */
async function asked(route: DeclaredRoute, words: string, body?: unknown) {
  minute += 1;
  const sent =
    body === undefined
      ? {}
      : {
          body: typeof body === 'string' ? body : JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        };
  const request = new Request(`${testOrigin}${pathOf(route)}${words}`, { method: route.method, ...sent });
  const visit = { at: plusMilliseconds(testInstant, minute * 60_000), cookies: sessionOf(admittedTo(route)) };
  const answer = await send(site[route.context], request, visit);
  return { status: answer.status, said: JSON.parse((await answer.text()) || '{}') };
}

const words = fc.string({ unit: 'grapheme-composite', maxLength: 20 });
const control = fc
  .oneof(fc.integer({ min: 0, max: 0x1f }), fc.integer({ min: 0x7f, max: 0x9f }))
  .filter((code) => code !== 9 && code !== 10);
const halfPair = fc.integer({ min: 0xd800, max: 0xdfff });
/** Words around one character that no text has. */
const noText = fc
  .tuple(words, fc.oneof(control, halfPair), words)
  .map(([before, code, after]) => `${before}${String.fromCharCode(code)}${after}`)
  .filter((text) => !text.isWellFormed() || /\p{Cc}/u.test(text));

function withBody(): readonly (readonly [string, DeclaredRoute])[] {
  return declaredRoutes.filter((route) => 'body' in shapeOf(route)).map((route) => [route.name, route]);
}

describe.each(withBody())('%s', (_, route) => {
  const field = fc.oneof(
    fc.constantFrom('words', 'id', ...Object.keys(shapeOf(route, 'body'))),
    fc.stringMatching(/^[a-z]{1,8}$/),
  );

  test('refuses a text that nobody can keep, wherever it stands, and names its field', async () => {
    const place = fc.array(fc.oneof(field, fc.nat({ max: 2 })), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(place, noText, async (path, text) => {
        const body = path.reduceRight<unknown>(
          (inner, part) =>
            typeof part === 'number' ? [...Array.from({ length: part }, () => 1), inner] : { [part]: inner },
          text,
        );
        const { status, said } = await asked(route, '', body);
        expect(status).toBe(400);
        expect(said).toMatchObject({ code: 'invalid', data: { fields: { [path.join('.')]: expect.any(String) } } });
      }),
      { numRuns: 25 },
    );
    expect(defects).not.toHaveBeenCalled();
  });

  test('answers whatever JSON it is sent in plain words, and never with a defect', async () => {
    const anything = fc.oneof(
      fc.dictionary(
        field,
        fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant('x'.repeat(5_000)), fc.constant(['', ''])),
      ),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (body) => {
        const { status, said } = await asked(route, '', JSON.stringify(body));
        expect(status).toBeLessThan(500);
        if (said.code !== 'invalid') return;
        const sentences: readonly unknown[] = Object.values(said.data.fields);
        for (const sentence of [said.message, ...sentences]) {
          expect(sentence).not.toMatch(
            /\b(expected|received)\b|Invalid (input|option)|Too (big|small)|Unrecognized|>=|<=/,
          );
          expect(sentence).toMatch(/[.!?]$/);
        }
      }),
      { numRuns: 25 },
    );
    expect(defects).not.toHaveBeenCalled();
  });
});

describe.each(
  declaredRoutes
    .filter((route) => Object.keys(shapeOf(route, 'query')).length > 0)
    .map((route) => [route.name, route] as const),
)('%s', (_, route) => {
  test.each(Object.keys(shapeOf(route, 'query')))('refuses a control character in %s', async (word) => {
    expect(await asked(route, `?${word}=a%00`)).toMatchObject({
      status: 400,
      said: { code: 'invalid', data: { fields: { [word]: expect.any(String) } } },
    });
  });
});

test('nesting without end is refused, not followed', async () => {
  const [, route] = withBody()[0] ?? [];
  if (route === undefined) throw new Error('No route has a body.');
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect((await asked(route, '', deep)).status).toBe(400);
});
