import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../support/client.ts';
import { organizationsIn, ownerInvitation } from './organizations.ts';
import { accountsWorld } from './world.ts';

const world = accountsWorld();
const { newPerson, organizationWith } = organizationsIn(world);

describe('acting', () => {
  test('is for one organization at a time, chosen among the own', async () => {
    const one = await organizationWith('partner');
    const two = await organizationWith('district');
    const person = newPerson();
    await world.member(person, [one.organization, 'partner:editor'], [two.organization, 'district:lead']);
    const client = world.as(await world.session(person));
    expect(await client.session.get()).not.toHaveProperty('acting');
    expect(await client.session.act({ body: { organization: two.organization.id } })).toMatchObject({
      roles: ['district:lead'],
      program: 'demo',
    });
    expect(await client.organizations.get({ params: two.params })).toMatchObject({
      kind: 'district',
      claimed: true,
      facts: { orgCode: '0001' },
    });
    expect(await refusalOf(client.organizations.get({ params: one.params }))).toMatchObject({ status: 404 });
    await client.session.act({ body: { organization: one.organization.id } });
    expect((await client.session.get()).acting).toMatchObject({
      organization: one.organization.id,
      roles: ['partner:editor'],
    });
    expect((await client.session.get()).memberships).toHaveLength(2);
    const foreign = await organizationWith('partner');
    expect(await refusalOf(client.session.act({ body: { organization: foreign.organization.id } }))).toMatchObject({
      status: 404,
    });
  });
});

test('nobody changes anything here from another site', async () => {
  const { organization, params, head, member } = await organizationWith('partner');
  const foreign = world.as(await world.session(head, organization.id), { origin: 'https://evil.example' });
  const target = { ...params, person: member };
  const tries = [
    foreign.members.change({ params: target, body: { roles: ['partner:owner'], version: 1 } }),
    foreign.members.remove({ params: target }),
    foreign.invitations.make(ownerInvitation(organization)),
    foreign.invitations.use({ body: { token: 'a'.repeat(32) } }),
    foreign.joinRequests.ask({ params, body: {} }),
    foreign.joinRequests.decide({ params: target, body: { decision: 'declined' } }),
  ];
  const refusals = await Promise.all(tries.map(refusalOf));
  expect(refusals.map((one) => one.code)).toEqual(tries.map(() => 'cross-origin'));
});
