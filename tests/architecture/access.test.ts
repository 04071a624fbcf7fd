import { beforeAll, describe, expect, test } from 'vitest';
import { declaredRoutes, type DeclaredRoute } from '#shared/contract/routes.ts';
import { admit } from '#shared/kernel/access.ts';
import { everyRole, organizationKind, type Actor, type Role } from '#shared/kernel/actors.ts';
import { organizationId, personId, programId } from '#shared/kernel/ids.ts';
import { refusals } from '#shared/kernel/refusals.ts';
import type { ApiHandler } from '#platform/http.ts';
import { send, testOrigin } from '../support/client.ts';
import { testTable } from '../support/table.ts';
import { memoryFiles, sessionOf, siteOn } from './site.ts';

const engine = testTable();
let site: Readonly<Record<DeclaredRoute['context'], ApiHandler>>;
beforeAll(() => {
  site = siteOn(engine.table, memoryFiles());
});

function holder(role: Role): Actor {
  const kind = organizationKind.parse(role.split(':')[0]);
  return {
    kind: 'person',
    person: personId.parse('per_0000000000000000'),
    acting: {
      organization: organizationId.parse(`some-${kind}`),
      kind,
      ...(kind === 'partner' ? {} : { program: programId.parse('demo') }),
      roles: [role],
    },
  };
}

const actors: readonly (readonly [string, Actor])[] = [
  ['nobody', { kind: 'public' }],
  ['a person without an organization', { kind: 'person', person: personId.parse('per_0000000000000000') }],
  ...everyRole.map((role) => [role, holder(role)] as const),
];

/** Words that fit every variable part of a path and name nothing. */
const nothing: Readonly<Record<string, string>> = {
  program: 'demo',
  organization: 'nobody-there',
  partner: 'nobody-there',
  district: 'nobody-there',
  area: 'nothing',
  person: 'per_00000000000000zz',
  request: 'req_00000000000000zz',
  question: 'que_00000000000000zz',
  invitation: 'inv_00000000000000zz',
};

function requestFor(route: DeclaredRoute): Request {
  const path = route.path.replace(/\{(\w+)\}/g, (_, word: string) => {
    const value = nothing[word];
    if (value === undefined) throw new Error(`Say in this test what {${word}} may be; ${route.name} needs it.`);
    return value;
  });
  const body = route.method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } };
  return new Request(`${testOrigin}${path}`, { method: route.method, ...body });
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
    const actor = actors.find(([, one]) => admit(route.meta.access, one) === 'admitted')?.[1];
    if (actor === undefined) throw new Error('Nobody may call this route.');
    for (const origin of ['https://elsewhere.test', null]) {
      const answer = await send(site[route.context], requestFor(route), { cookies: sessionOf(actor), origin });
      expect(await answer.json()).toMatchObject({ code: 'cross-origin', status: 403 });
    }
  });
});
