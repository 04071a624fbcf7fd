import { describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { ProgramFiles } from '#platform/program-files.ts';
import { readPrograms } from '#platform/programs.ts';
import { sessionCookie } from '#platform/session-cookie.ts';
import { rowsOf, unitsOf } from '../../support/access-patterns.ts';
import { send, testOrigin } from '../../support/client.ts';
import { organizationsIn } from './organizations.ts';
import { signingIn } from './signing-in.ts';
import { accountsWorld, putRoster } from './world.ts';

const { expectWithin } = rowsOf('tests/api/accounts/capacity.test.ts');
const world = accountsWorld();
const { newPerson, organizationWith, stranger } = organizationsIn(world);
const { get, leave, choose, signIn } = signingIn(world);

async function call(token: string | undefined, method: string, path: string, body?: unknown) {
  const request = new Request(`${testOrigin}/api/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await send(world.handler, request, token === undefined ? {} : { cookies: { [sessionCookie]: token } });
  expect(answer.status, `${method} ${path}: ${await answer.clone().text()}`).toBe(200);
  return { answer, units: unitsOf(answer) };
}

async function expectCosts(pattern: string, ...given: Parameters<typeof call>): Promise<void> {
  expectWithin(pattern, (await call(...given)).units);
}

/** A link that its head made, by its token. */
async function linkOf({ asHead, params }: Awaited<ReturnType<typeof organizationWith>>): Promise<string> {
  const made = await asHead.invitations.make({ params, body: { id: newId('inv'), roles: ['partner:editor'] } });
  return made.token ?? '';
}

describe('what accounts cost is what docs/access-patterns.md says', () => {
  test('for districts and their schools, as long as those of a whole state', { timeout: 120_000 }, async () => {
    const real = readPrograms().get('ma');
    if (real === undefined) throw new Error('The program ma is there.');
    const { districts, schools } = new ProgramFiles().roster(real);
    const demo = readPrograms().get('demo');
    if (demo === undefined) throw new Error('The program demo is there.');
    await putRoster(world.table, demo.id, districts, []);
    const springfield = districts.find((one) => one.name === 'Springfield');
    if (springfield === undefined) throw new Error('Springfield is a district of Massachusetts.');
    await putRoster(
      world.table,
      demo.id,
      [],
      schools.filter((one) => one.district === springfield.id),
    );
    await expectCosts('Districts of a program', undefined, 'GET', 'programs/demo/districts');
    await expectCosts('A district with its schools', undefined, 'GET', `programs/demo/districts/${springfield.id}`);
  });

  test('for signing in and acting', async () => {
    const [one, two] = [await organizationWith('partner'), await organizationWith('partner')];
    const first = await signIn('anna');
    for (const joined of [one, two]) {
      await world.as(first.token).invitations.use({ body: { token: await linkOf(joined) } });
    }
    const { address, cookies, answer } = await leave();
    expectWithin('Go to sign in', unitsOf(answer));
    const back = await choose(address, 'anna');
    const returned = await get(`${back.pathname}${back.search}`, { cookies });
    expect(returned.status).toBe(302);
    expectWithin('Come back from signing in', unitsOf(returned));
    const { token } = await signIn('anna');
    await expectCosts('Who is signed in, with the published size of a district', token, 'GET', 'session');
    await expectCosts('Act for another organization', token, 'PUT', 'session/acting', {
      organization: one.organization.id,
    });
    await expectCosts('Sign out', token, 'POST', 'sign-out');
  });

  test('for an organization and its members', async () => {
    const { organization, params, headToken, member } = await organizationWith('partner');
    for (let n = 0; n < 3; n += 1) await world.member(newPerson(), [organization, 'partner:editor']);
    const of = `organizations/${params.organization}`;
    await expectCosts('An organization', headToken, 'GET', of);
    await expectCosts('Members', headToken, 'GET', `${of}/members`);
    const change = { roles: ['partner:editor'], version: 1 };
    await expectCosts("Change a member's roles", headToken, 'PUT', `${of}/members/${member}`, change);
    await expectCosts('Remove a member', headToken, 'DELETE', `${of}/members/${member}`);
  });

  test('for invitations', async () => {
    const joined = await organizationWith('partner');
    const of = `organizations/${joined.params.organization}`;
    const id = newId('inv');
    const invited = { id, roles: ['partner:editor'] };
    await expectCosts('Invite by a link', joined.headToken, 'POST', `${of}/invitations`, invited);
    await expectCosts('Open invitations', joined.headToken, 'GET', `${of}/invitations`);
    await expectCosts('Withdraw an invitation', joined.headToken, 'DELETE', `${of}/invitations/${id}`);
    const token = await linkOf(joined);
    const guest = await stranger();
    await expectCosts('Look at a link', guest.token, 'POST', 'invitation-links/look', { token });
    await expectCosts('Join by a link', guest.token, 'POST', 'invitation-links/use', { token });
  });

  test('for requests to join', async () => {
    const { params, headToken } = await organizationWith('district');
    const guest = await stranger();
    const of = `organizations/${params.organization}/join-requests`;
    await expectCosts('Ask to join', guest.token, 'POST', of, { note: 'I lead the math team.' });
    await expectCosts('Requests to join', headToken, 'GET', of);
    const decision = { decision: 'approved', roles: ['district:lead'] };
    await expectCosts('Decide on a request to join', headToken, 'PUT', `${of}/${guest.person}`, decision);
  });
});
