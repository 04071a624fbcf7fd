import { describe, expect, test } from 'vitest';
import { chainFault, readEvents } from '#platform/aggregates.ts';
import { headsOf, membersOf } from '../../../functions/accounts/index.ts';
import { actorOf } from '../../../functions/accounts/session-store.ts';
import { refusalOf, testInstant } from '../../support/client.ts';
import { organizationsIn } from './organizations.ts';
import { accountsWorld } from './world.ts';

const world = accountsWorld();
const { newPerson, organizationWith, stranger } = organizationsIn(world);

describe('members', () => {
  test('are listed with names for each member, and to nobody else', async () => {
    const { params, head, member, asHead, asMember } = await organizationWith('partner');
    const seen = await asMember.members.list({ params, query: {} });
    expect(seen.items.map((one) => [one.person, one.roles])).toEqual([
      [head, ['partner:owner']],
      [member, ['partner:viewer']],
    ]);
    expect(seen.items.every((one) => one.name.startsWith('Person '))).toBe(true);
    expect(await asHead.members.list({ params, query: {} })).toEqual(seen);

    const foreign = await organizationWith('partner');
    for (const client of [foreign.asHead, (await stranger()).client]) {
      expect(await refusalOf(client.members.list({ params, query: {} }))).toMatchObject({ status: 404 });
      expect(await refusalOf(client.organizations.get({ params }))).toMatchObject({ status: 404 });
    }
    expect(await refusalOf(world.as(undefined).members.list({ params, query: {} }))).toMatchObject({ status: 401 });
  });

  test('a cursor of another organization is no place in the list', async () => {
    const { asHead, params } = await organizationWith('partner');
    const place = Buffer.from(JSON.stringify({ pk: 'ORG#another', sk: 'MEMBER#a' })).toString('base64url');
    expect(await refusalOf(asHead.members.list({ params, query: { after: place } }))).toMatchObject({ status: 400 });
  });

  test('get other roles from whoever is in charge, and the change takes effect with the next request', async () => {
    const { organization, params, member, asHead, asMember } = await organizationWith('district');
    const target = { ...params, person: member };
    const changed = await asHead.members.change({ params: target, body: { roles: ['district:lead'], version: 1 } });
    expect(changed).toMatchObject({ roles: ['district:lead'], version: 2 });
    const session = await asMember.session.get();
    const belonging = { organization: organization.id, kind: 'district', roles: ['district:lead'] };
    // The size of a district goes along with whom one acts for: the matrix works out costs by it.
    expect(session.acting).toMatchObject({ ...belonging, size: { enrollment: { value: 1200, year: 2026 } } });
    expect(session.memberships).toMatchObject([belonging]);
    const events = await readEvents(world.table, { partition: `ORG#${organization.id}`, name: `member#${member}` });
    expect(events.map((event) => event.type)).toEqual(['accounts.member-added', 'accounts.member-roles-changed']);
    expect(events.at(-1)).toMatchObject({ program: 'demo', by: { organization: organization.id } });
    expect(chainFault(events)).toBeUndefined();
  });

  test('two changes of the same version: the second is told, and a repeated one gets its answer', async () => {
    const { params, member, asHead } = await organizationWith('district');
    const change = (role: 'district:lead' | 'district:committee') =>
      asHead.members.change({ params: { ...params, person: member }, body: { roles: [role], version: 1 } });
    const first = await change('district:lead');
    expect(await refusalOf(change('district:committee'))).toMatchObject({ status: 409, code: 'changed-meanwhile' });
    expect(await change('district:lead')).toEqual(first);
  });

  test('are removed with effect at once, leave by themselves, and the last one in charge stays', async () => {
    const { organization, params, head, member, asHead, asMember } = await organizationWith('partner');
    const third = newPerson();
    await world.member(third, [organization, 'partner:editor']);
    const token = await world.session(third, organization.id);
    expect(await actorOf(world.table)(token, testInstant)).toMatchObject({ acting: { roles: ['partner:editor'] } });
    const removal = { params: { ...params, person: third } };
    const removed = await asHead.members.remove(removal);
    expect(await asHead.members.remove(removal)).toEqual(removed);
    expect(await actorOf(world.table)(token, testInstant)).toEqual({ kind: 'person', person: third });
    expect((await membersOf(world.table, organization.id)).map((one) => one.person)).toEqual([head, member]);
    expect(await refusalOf(world.as(token).members.list({ params, query: {} }))).toMatchObject({ status: 404 });
    expect((await world.as(token).session.get()).memberships).toEqual([]);

    expect(await refusalOf(asMember.members.remove({ params: { ...params, person: head } }))).toMatchObject({
      status: 403,
    });
    const left = await asMember.members.remove({ params: { ...params, person: member } });
    expect(await asMember.members.remove({ params: { ...params, person: member } })).toEqual(left);
    expect(await refusalOf(asHead.members.remove({ params: { ...params, person: member } }))).toMatchObject({
      code: 'not-found',
    });
    expect(await refusalOf(asHead.members.remove({ params: { ...params, person: head } }))).toMatchObject({
      status: 409,
      code: 'wrong-state',
      message: expect.stringContaining('last owner'),
    });
    expect((await asHead.members.list({ params, query: {} })).items.map((one) => one.person)).toEqual([head]);
  });

  test('two owners who remove each other at once do not leave nobody', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { organization, params, head, member, asHead, asMember } = await organizationWith('partner');
      await asHead.members.change({
        params: { ...params, person: member },
        body: { roles: ['partner:owner'], version: 1 },
      });
      const results = await Promise.allSettled([
        asHead.members.remove({ params: { ...params, person: member } }),
        asMember.members.remove({ params: { ...params, person: head } }),
        asHead.members.remove({ params: { ...params, person: head } }),
        asMember.members.remove({ params: { ...params, person: member } }),
      ]);
      expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
      expect(await headsOf(world.table, organization.id)).toHaveLength(1);
    }
  });
});
