import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { oc } from '@orpc/contract';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import fc from 'fast-check';
import { addressOf, callsOf, type ApiRoutes } from '#lib/api-calls.ts';
import { pagesShown } from '#lib/pages-shown.ts';
import { ApiRefusal } from '#lib/refusal.ts';
import { contract } from '#shared/contract/contract.ts';
import { announcerWithoutStyle } from '../../web/announcer-without-style.ts';
import { routesOf } from '../../web/api-routes-plugin.ts';

describe('what the browser knows of the contract', () => {
  test('is where the routes are, and nothing else', () => {
    const secret = oc
      .route({ method: 'POST', path: '/x/{id}', summary: 'Words', inputStructure: 'detailed' })
      .meta({ access: ['agency:auditor'] })
      .input(z.object({ secretField: z.string() }));
    expect(routesOf({ x: { post: secret } })).toEqual({ x: { post: { method: 'POST', path: '/x/{id}' } } });
    const detailed = secret.route({ outputStructure: 'detailed' });
    expect(routesOf({ detailed })).toEqual({ detailed: { method: 'POST', path: '/x/{id}', detailed: true } });
  });

  test('can be written as JSON for the whole API', () => {
    const routes = routesOf(contract);
    expect(JSON.parse(JSON.stringify(routes))).toEqual(routes);
    expect(routes).toMatchObject({ catalogue: { programs: { list: { method: 'GET', path: '/programs' } } } });
  });

  test('is refused for a route whose input is not in parts', () => {
    const compact = oc.route({ method: 'POST', path: '/x' });
    expect(() => routesOf({ compact })).toThrow(TypeError);
    expect(() => routesOf({ nowhere: oc.route({ inputStructure: 'detailed' }) })).toThrow(TypeError);
  });

  test('is refused when it holds something else', () => {
    expect(() => routesOf({ x: 4 })).toThrow(TypeError);
  });
});

describe('the address of a call', () => {
  test('repeats the word of a list and leaves out what is undefined', () => {
    const query = { area: ['a', 'b'], none: [], q: 'x[1] & y', page: 2, after: undefined };
    expect(addressOf('/p', { query })).toBe('/api/p?area=a&area=b&q=x%5B1%5D+%26+y&page=2');
  });

  test('has no question mark without words', () => {
    expect(addressOf('/programs', { query: { after: undefined } })).toBe('/api/programs');
  });

  test('holds its own words, encoded, and needs each', () => {
    expect(addressOf('/a/{first}/b/{second}', { params: { first: '../$&', second: 4 } })).toBe(
      '/api/a/..%2F%24%26/b/4',
    );
    expect(() => addressOf('/a/{first}', {})).toThrow(TypeError);
  });

  test('is read back as it was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ unit: 'grapheme' })), (id, words) => {
        const url = new URL(
          addressOf('/p/{id}/x', { params: { id: `p${id}` }, query: { word: words } }),
          'https://p.test',
        );
        expect(decodeURIComponent(url.pathname)).toBe(`/api/p/p${id}/x`);
        expect(url.searchParams.getAll('word')).toEqual(words);
      }),
    );
  });
});

describe('a call', () => {
  const routes: ApiRoutes = {
    notes: {
      get: { method: 'GET', path: '/notes/{note}' },
      change: { method: 'PUT', path: '/notes/{note}' },
      leave: { method: 'POST', path: '/leave', detailed: true },
    },
  };
  type Call = (input?: unknown) => Promise<unknown>;

  /** The client's functions over a `fetch` that gives `answer`, and what that `fetch` was given. */
  function answered(answer: Response) {
    const given: unknown[][] = [];
    const calls = callsOf(routes, async (...args) => {
      given.push(args);
      return answer;
    }) as { readonly notes: Readonly<Record<'get' | 'change' | 'leave', Call>> }; // the routes above
    return { notes: calls.notes, given };
  }

  test('reads by the address alone, so that the browser finds what the server read', async () => {
    const { notes, given } = answered(Response.json({ text: 'A' }));
    expect(await notes.get({ params: { note: 'n1' }, query: { of: ['x', 'y'] } })).toEqual({ text: 'A' });
    expect(given).toEqual([['/api/notes/n1?of=x&of=y']]);
  });

  test('sends its body as JSON', async () => {
    const { notes, given } = answered(new Response(null, { status: 204 }));
    expect(await notes.change({ params: { note: 'n1' }, body: { text: 'B', none: undefined } })).toBeUndefined();
    const headers = { 'content-type': 'application/json' };
    expect(given).toEqual([['/api/notes/n1', { method: 'PUT', headers, body: '{"text":"B"}' }]]);
  });

  test('gives headers and body of a detailed answer', async () => {
    const headers = new Headers([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
    const { notes, given } = answered(Response.json({ next: '/' }, { headers }));
    expect(await notes.leave()).toMatchObject({
      status: 200,
      headers: { 'set-cookie': ['a=1', 'b=2'] },
      body: { next: '/' },
    });
    expect(given).toMatchObject([['/api/leave', { method: 'POST', body: '' }]]);
  });

  test('gives what is not JSON as a blob', async () => {
    const { notes } = answered(new Response('a,b', { headers: { 'content-type': 'text/csv' } }));
    const content = await notes.get({ params: { note: 'n1' } });
    if (!(content instanceof Blob)) throw new Error('This is no blob.');
    expect(await content.text()).toBe('a,b');
  });

  test('throws a refusal with its code, status, sentence and fields', async () => {
    const body = {
      defined: true,
      code: 'invalid',
      status: 400,
      message: 'No.',
      data: { fields: { text: 'Too long.' } },
    };
    const { notes } = answered(Response.json(body, { status: 400 }));
    const refused = notes.change({ params: { note: 'n1' } });
    await expect(refused).rejects.toBeInstanceOf(ApiRefusal);
    await expect(refused).rejects.toMatchObject({
      code: 'invalid',
      status: 400,
      message: 'No.',
      data: { fields: { text: 'Too long.' } },
    });
  });

  test.each([
    Response.json({ code: 'fault', message: 'Ours.' }, { status: 500 }),
    new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } }),
  ])('throws another error on a defect (%#)', async (answer) => {
    const failed = answered(answer).notes.get({ params: { note: 'n1' } });
    await expect(failed).rejects.toThrow(`GET /api/notes/n1 was answered with status ${answer.status}.`);
    await expect(failed).rejects.not.toBeInstanceOf(ApiRefusal);
  });
});

describe('the pages that a pagination offers', () => {
  test('are all of them when they are few', () => {
    expect(pagesShown(2, 4)).toEqual([1, 2, 3, 4]);
  });

  test('leave gaps', () => {
    expect(pagesShown(5, 12)).toEqual([1, 'gap', 4, 5, 6, 'gap', 12]);
    expect(pagesShown(1, 12)).toEqual([1, 2, 3, 4, 5, 'gap', 12]);
    expect(pagesShown(12, 12)).toEqual([1, 'gap', 8, 9, 10, 11, 12]);
  });

  test('always hold the first, the last and the current one, in order, in at most seven places', () => {
    const place = fc
      .integer({ min: 1, max: 500 })
      .chain((pages) => fc.tuple(fc.integer({ min: 1, max: pages }), fc.constant(pages)));
    fc.assert(
      fc.property(place, ([current, pages]) => {
        const shown = pagesShown(current, pages);
        const numbers = shown.filter((one) => one !== 'gap');
        expect(shown.length).toBeLessThanOrEqual(7);
        expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
        expect(numbers).toEqual(expect.arrayContaining([1, current, pages]));
      }),
    );
  });
});

test('the installed Kit announces pages without a style attribute', async () => {
  const kit = dirname(createRequire(import.meta.url).resolve('@sveltejs/kit/package.json'));
  const filename = join(kit, 'src/runtime/components/root.svelte');
  const result = await announcerWithoutStyle.markup?.({ content: readFileSync(filename, 'utf8'), filename });
  expect(result?.code).toContain('class="usa-sr-only"');
  expect(result?.code).not.toContain('style="');
});
