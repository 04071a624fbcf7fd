import { beforeAll, describe, expect, test, vi } from 'vitest';
import { declaredRoutes, type DeclaredRoute } from '#shared/contract/routes.ts';
import { admit } from '#shared/kernel/access.ts';
import { plusMilliseconds } from '#shared/kernel/instants.ts';
import { refusals } from '#shared/kernel/refusals.ts';
import type { ApiHandler } from '#platform/http.ts';
import { log } from '#platform/log.ts';
import { send, testInstant, testOrigin } from '../support/client.ts';
import { testTable } from '../support/table.ts';
import { actors, admittedTo, pathOf, shapeOf } from './route-request.ts';
import { memoryFiles, sessionOf, siteOn } from './site.ts';

const engine = testTable();
let site: Readonly<Record<DeclaredRoute['context'], ApiHandler>>;
beforeAll(() => {
  site = siteOn(engine.table, memoryFiles());
});

function requestFor(route: DeclaredRoute): Request {
  const body = route.method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } };
  return new Request(`${testOrigin}${pathOf(route)}`, { method: route.method, ...body });
}

describe.each(declaredRoutes.map((route) => [route.name, route] as const))('%s', (_, route) => {
  test.each(actors)('for %s', async (_name, actor) => {
    const admission = admit(route.meta.access, actor);
    const answer = await send(site[route.context], requestFor(route), {
      cookies: sessionOf(actor),
      address: `192.0.2.${actors.findIndex(([, one]) => one === actor)}`,
    });
    if (admission === 'admitted') {
      expect(answer.status, await answer.clone().text()).not.toBe(401);
      expect(answer.status, await answer.clone().text()).not.toBe(403);
      expect(answer.status, await answer.clone().text()).not.toBe(500);
    } else {
      expect(answer.status).toBe(refusals[admission].status);
      expect(await answer.json()).toMatchObject({ code: admission });
    }
  });
});

describe('every route that changes something', () => {
  const changing = declaredRoutes.filter((route) => route.method !== 'GET');

  test.each(
    changing.filter((route) => route.name !== 'accounts.invitations.look').map((route) => [route.name, route] as const),
  )('%s is declared as a change and refuses other origins', async (_, route) => {
    expect(route.meta.change).toBe(true);
    const actor = admittedTo(route);
    for (const origin of ['https://elsewhere.test', null]) {
      const answer = await send(site[route.context], requestFor(route), { cookies: sessionOf(actor), origin });
      expect(await answer.json()).toMatchObject({ code: 'cross-origin', status: 403 });
    }
  });
});

/** Each in a minute of its own, so that the rates of all tests together are not what is tested. */
let minute = 0;
function aMinuteLater() {
  minute += 1;
  return plusMilliseconds(testInstant, minute * 60_000);
}

const garbage = '--x\r\ncontent-disposition: form-data\r\n\r\n{';
const unreadable = [
  ['half a sentence of JSON', '{', 'application/json'],
  ['garbage in parts', garbage, 'multipart/form-data; boundary=x'],
  ['a form', 'a=b', 'application/x-www-form-urlencoded'],
  ['JSON of another name', '{}', 'text/plain'],
] as const;

describe.each(declaredRoutes.filter((route) => 'body' in shapeOf(route)).map((route) => [route.name, route] as const))(
  '%s',
  (_, route) => {
    test.each(unreadable)('refuses %s after it knows who sends it', async (_name, body, type) => {
      const defects = vi.spyOn(log, 'error');
      for (const [, actor] of actors) {
        const admission = admit(route.meta.access, actor);
        const at = aMinuteLater();
        const broken = () =>
          new Request(`${testOrigin}${pathOf(route)}`, {
            method: route.method,
            body,
            headers: { 'content-type': type },
          });
        const visit = { at, cookies: sessionOf(actor) };
        const code = admission === 'admitted' ? 'malformed' : admission;
        const answer = await send(site[route.context], broken(), visit);
        expect(await answer.json()).toMatchObject({ code, status: refusals[code].status });
        if (route.meta.change !== true || admission !== 'admitted') continue;
        const strange = await send(site[route.context], broken(), { ...visit, origin: 'https://elsewhere.test' });
        expect(await strange.json()).toMatchObject({ code: 'cross-origin', status: 403 });
      }
      expect(defects).not.toHaveBeenCalled();
      defects.mockRestore();
    });
  },
);

describe.each(declaredRoutes.map((route) => [route.name, route] as const))('%s', (_, route) => {
  /** The matrix reads its words itself (`tests/api/catalogue/matrix-address.test.ts`); a provider may add its own. */
  const readsAll = route.name.startsWith('partners.') || route.name === 'accounts.signIn.callback';

  test('refuses a query word that it does not know, and names it', async () => {
    const known = Object.keys(shapeOf(route, 'query'));
    const words = [
      '__proto__=1',
      ...(readsAll ? [] : ['bogus=1', 'constructor=1', 'area[0]=a', ...known.map((word) => `${word}[0]=a`)]),
    ];
    const actor = admittedTo(route);
    for (const word of words) {
      const body = 'body' in shapeOf(route) ? { body: '{}', headers: { 'content-type': 'application/json' } } : {};
      const request = new Request(`${testOrigin}${pathOf(route)}?${word}`, { method: route.method, ...body });
      const answer = await send(site[route.context], request, { at: aMinuteLater(), cookies: sessionOf(actor) });
      const said = await answer.json();
      expect(said, word).toMatchObject({ code: 'unknown-word', status: 400 });
      expect(said.message).toContain(word.split('=')[0]);
    }
  });
});
