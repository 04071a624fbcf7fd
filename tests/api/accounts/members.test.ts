import { describe, expect, test } from 'vitest';
import type { Organization } from '#shared/accounts/model.ts';
import { headRole } from '#shared/accounts/roles.ts';
import { invitationLinkId, personId } from '#shared/kernel/ids.ts';
import { plusMilliseconds } from '#shared/kernel/instants.ts';
import { chainFault, readEvents } from '#platform/aggregates.ts';
import { newId } from '#platform/ids.ts';
import { findJoinRequest, headsOf, membersOf } from '../../../functions/accounts/index.ts';
import { actorOf } from '../../../functions/accounts/session-store.ts';
import { anOrganization } from '../../rules/accounts/builders.ts';
import { refusalOf, testInstant } from '../../support/client.ts';
import { accountsWorld, putOrganizations } from './world.ts';

const world = accountsWorld();
const dayMilliseconds = 86_400_000;
const numbers = { next: 0 };

function newPerson() {
  numbers.next += 1;
  return personId.parse(`per_${String(numbers.next).padStart(20, '0')}`);
}

/** An organization of its own for a test, with one person in charge and one plain member, both signed in. */
async function organizationWith(kind: Organization['kind'], given: Record<string, unknown> = {}) {
  numbers.next += 1;
  const organization = anOrganization(kind, { id: `${kind}-${numbers.next}`, ...given });
  const [head, member] = [newPerson(), newPerson()];
  const plain = { agency: 'agency:screener', district: 'district:viewer', partner: 'partner:viewer' } as const;
  await putOrganizations(world.table, organization);
  await world.member(head, [organization, headRole[kind]]);
  await world.member(member, [organization, plain[kind]]);
  return {
    organization,
    params: { organization: organization.id },
    head,
    member,
    asHead: world.as(await world.session(head, organization.id)),
    asMember: world.as(await world.session(member, organization.id)),
  };
}

/** Somebody signed in who belongs nowhere yet. */
async function stranger() {
  const person = newPerson();
  await world.member(person);
  const token = await world.session(person);
  return { person, token, client: world.as(token) };
}

function ownerInvitation(organization: Organization) {
  return {
    params: { organization: organization.id },
    body: { id: newId('inv'), roles: [headRole[organization.kind]] },
  };
}

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
    expect(session.acting).toMatchObject({ organization: organization.id, roles: ['district:lead'] });
    expect(session.memberships).toEqual([session.acting]);
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

describe('a one-time link', () => {
  test('brings its holder in with its roles, once, and they act there at once', async () => {
    const { organization, params, asHead } = await organizationWith('partner');
    const id = newId('inv');
    const made = await asHead.invitations.make({
      params,
      body: { id, roles: ['partner:editor'], email: 'guest@example.invalid' },
    });
    const token = made.token ?? '';
    expect(token).toMatch(/^[a-z0-9]{32}$/);
    expect((await asHead.invitations.list({ params, query: {} })).items).toMatchObject([
      { invitation: id, email: 'guest@example.invalid', status: 'open' },
    ]);
    expect(await world.as(undefined).invitations.look({ body: { token } })).toMatchObject({
      name: organization.name,
      roles: ['partner:editor'],
    });
    expect(await refusalOf(world.as(undefined).invitations.use({ body: { token } }))).toMatchObject({ status: 401 });

    const guest = await stranger();
    await guest.client.invitations.use({ body: { token } });
    expect((await guest.client.session.get()).acting).toMatchObject({
      organization: organization.id,
      roles: ['partner:editor'],
    });
    const again = await guest.client.invitations.use({ body: { token } });
    expect(again).toMatchObject({ organization: organization.id, roles: ['partner:editor'] });
    const other = await stranger();
    const used = { status: 410, code: 'link-used' };
    expect(await refusalOf(other.client.invitations.use({ body: { token } }))).toMatchObject(used);
    expect(await refusalOf(world.as(undefined).invitations.look({ body: { token } }))).toMatchObject({ status: 410 });
    expect((await asHead.invitations.list({ params, query: {} })).items).toEqual([]);
    expect(await world.table.get({ pk: `ORG#${organization.id}`, sk: `INVITED#${id}` })).toBeUndefined();
    const events = await readEvents(world.table, { partition: `ORG#${organization.id}`, name: `invitation#${id}` });
    expect(events.map((event) => event.type)).toEqual(['accounts.invitation-made', 'accounts.invitation-used']);
    expect(JSON.stringify(events)).not.toMatch(/guest@|Person/);
    expect(JSON.stringify(events)).not.toContain(token);

    await asHead.members.remove({ params: { ...params, person: guest.person } });
    expect(await refusalOf(guest.client.invitations.use({ body: { token } }))).toMatchObject(used);
  });

  test('used by five people at once lets in one', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { params, asHead } = await organizationWith('partner');
      const { token = '' } = await asHead.invitations.make({
        params,
        body: { id: newId('inv'), roles: ['partner:owner'] },
      });
      const guests = await Promise.all(Array.from({ length: 5 }, stranger));
      const results = await Promise.allSettled(
        guests.map((guest) => guest.client.invitations.use({ body: { token } })),
      );
      expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
      for (const one of results)
        if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'link-used', status: 410 });
      expect((await asHead.members.list({ params, query: {} })).items).toHaveLength(3);
    }
  });

  test('asked for twice with one id is one invitation, and its token is told once', async () => {
    const { params, asHead } = await organizationWith('partner');
    const input = { params, body: { id: newId('inv'), roles: ['partner:editor' as const] } };
    const first = await asHead.invitations.make(input);
    const second = await asHead.invitations.make(input);
    expect(second).toEqual({ invitation: first.invitation, until: first.until });
    expect((await asHead.invitations.list({ params, query: {} })).items).toHaveLength(1);
    for (const other of [
      { ...input.body, roles: ['partner:owner' as const] },
      { ...input.body, email: 'guest@example.invalid' },
    ]) {
      expect(await refusalOf(asHead.invitations.make({ params, body: other }))).toMatchObject({
        code: 'already-exists',
        status: 409,
      });
    }
  });

  test('withdrawn twice by the same press is withdrawn once, and by another person’s it is too late', async () => {
    const { organization, params, asHead } = await organizationWith('partner');
    const second = newPerson();
    await world.member(second, [organization, 'partner:owner']);
    const asSecond = world.as(await world.session(second, organization.id));
    const made = await asHead.invitations.make({ params, body: { id: newId('inv'), roles: ['partner:editor'] } });
    const target = { params: { ...params, invitation: made.invitation } };
    const first = await asHead.invitations.withdraw(target);
    expect(await asHead.invitations.withdraw(target)).toEqual(first);
    expect(await refusalOf(asSecond.invitations.withdraw(target))).toMatchObject({ code: 'wrong-state' });
  });

  test('runs out after fourteen days and can be withdrawn before', async () => {
    const { organization, params, head, asHead } = await organizationWith('partner');
    const make = async () =>
      await asHead.invitations.make({ params, body: { id: newId('inv'), roles: ['partner:editor'] } });
    const [late, withdrawn] = [await make(), await make()];
    const at = plusMilliseconds(testInstant, 14 * dayMilliseconds);
    const guest = await stranger();
    const then = world.as(await world.session(guest.person, undefined, at), { at });
    expect(await refusalOf(then.invitations.use({ body: { token: late.token ?? '' } }))).toMatchObject({
      code: 'link-used',
    });
    const asHeadThen = world.as(await world.session(head, organization.id, at), { at });
    expect((await asHeadThen.invitations.list({ params, query: {} })).items.map((one) => one.status)).toEqual([
      'expired',
      'expired',
    ]);

    await asHead.invitations.withdraw({ params: { ...params, invitation: withdrawn.invitation } });
    expect(await refusalOf(guest.client.invitations.use({ body: { token: withdrawn.token ?? '' } }))).toMatchObject({
      code: 'link-used',
    });
    expect(
      await refusalOf(asHeadThen.invitations.withdraw({ params: { ...params, invitation: late.invitation } })),
    ).toMatchObject({ code: 'wrong-state' });
    const unknown = invitationLinkId.parse('inv_00000000000000000000');
    expect(await refusalOf(asHead.invitations.withdraw({ params: { ...params, invitation: unknown } }))).toMatchObject({
      status: 404,
    });
  });

  test('that nobody gave out counts as used; one that is none is malformed', async () => {
    const { client } = await stranger();
    expect(await refusalOf(client.invitations.use({ body: { token: 'a'.repeat(32) } }))).toMatchObject({
      code: 'link-used',
    });
    expect(await refusalOf(client.invitations.use({ body: { token: '../a' } }))).toMatchObject({ code: 'invalid' });
  });

  test('is made by whoever is in charge only', async () => {
    const { organization, params, asMember } = await organizationWith('partner');
    const foreign = await organizationWith('partner');
    expect(await refusalOf(asMember.invitations.make(ownerInvitation(organization)))).toMatchObject({ status: 403 });
    expect(await refusalOf(foreign.asHead.invitations.make(ownerInvitation(organization)))).toMatchObject({
      status: 404,
    });
    expect(await refusalOf(foreign.asHead.invitations.list({ params, query: {} }))).toMatchObject({ status: 404 });
    expect(await refusalOf((await stranger()).client.invitations.make(ownerInvitation(organization)))).toMatchObject({
      status: 403,
    });
  });
});

describe('an organization that nobody has claimed', () => {
  test.each(['partner', 'district'] as const)(
    'a %s gets its first head from the lead of its own program, once',
    async (kind) => {
      const agency = await organizationWith('agency');
      const otherAgency = await organizationWith('agency', { program: 'other' });
      numbers.next += 1;
      const organization = anOrganization(kind, { id: `unclaimed-${numbers.next}` });
      await putOrganizations(world.table, organization);
      const params = { organization: organization.id };

      expect(await refusalOf(otherAgency.asHead.invitations.make(ownerInvitation(organization)))).toMatchObject({
        status: 404,
      });
      const guests = [await stranger(), await stranger()] as const;
      expect(await refusalOf(guests[0].client.joinRequests.ask({ params, body: {} }))).toMatchObject({
        code: 'unclaimed',
      });

      const links = [
        await agency.asHead.invitations.make(ownerInvitation(organization)),
        await agency.asHead.invitations.make(ownerInvitation(organization)),
      ];
      expect((await agency.asHead.invitations.list({ params, query: {} })).items).toHaveLength(2);
      const results = await Promise.allSettled(
        guests.map((guest, index) => guest.client.invitations.use({ body: { token: links[index]?.token ?? '' } })),
      );
      expect(results.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await headsOf(world.table, organization.id)).toHaveLength(1);
      expect(await refusalOf(agency.asHead.invitations.make(ownerInvitation(organization)))).toMatchObject({
        status: 403,
      });
    },
  );
});

describe('a request to join', () => {
  test('is seen by whoever is in charge and shown to who asked, and approving makes a member', async () => {
    const { organization, params, asHead, asMember } = await organizationWith('district');
    const guest = await stranger();
    const input = { params, body: { note: 'I lead the math team.' } };
    const asked = await guest.client.joinRequests.ask(input);
    expect(await guest.client.joinRequests.ask(input)).toEqual(asked);
    expect((await guest.client.session.get()).joinRequests).toMatchObject([{ organization: organization.id }]);
    expect(await refusalOf(asMember.joinRequests.list({ params, query: {} }))).toMatchObject({ status: 403 });
    expect((await asHead.joinRequests.list({ params, query: {} })).items).toMatchObject([
      { person: guest.person, note: 'I lead the math team.', email: `${guest.person}@example.invalid` },
    ]);
    const target = { ...params, person: guest.person };
    const approve = { params: target, body: { decision: 'approved' as const, roles: ['district:lead' as const] } };
    await asHead.joinRequests.decide(approve);
    expect(await asHead.joinRequests.decide(approve)).toEqual({ person: guest.person, decision: 'approved' });
    const decline = { params: target, body: { decision: 'declined' as const } };
    expect(await refusalOf(asHead.joinRequests.decide(decline))).toMatchObject({ code: 'wrong-state' });
    expect((await asHead.joinRequests.list({ params, query: {} })).items).toEqual([]);
    expect(await findJoinRequest(world.table, organization.id, guest.person)).toMatchObject({
      decided: { decision: 'approved' },
    });
    const session = await guest.client.session.get();
    expect(session).toMatchObject({
      memberships: [{ organization: organization.id, roles: ['district:lead'] }],
      joinRequests: [],
    });
    expect(await refusalOf(guest.client.joinRequests.ask(input))).toMatchObject({ code: 'already-exists' });
  });

  test('declined, it says so and may be asked again', async () => {
    const { params, asHead } = await organizationWith('partner');
    const guest = await stranger();
    await guest.client.joinRequests.ask({ params, body: {} });
    const target = { ...params, person: guest.person };
    await asHead.joinRequests.decide({ params: target, body: { decision: 'declined', reason: 'We do not know you.' } });
    expect((await guest.client.session.get()).joinRequests).toMatchObject([{ decision: 'declined' }]);
    await guest.client.joinRequests.ask({ params, body: {} });
    expect((await asHead.joinRequests.list({ params, query: {} })).items).toHaveLength(1);
  });

  test('is decided in the own organization only', async () => {
    const { params } = await organizationWith('partner');
    const foreign = await organizationWith('partner');
    const guest = await stranger();
    await guest.client.joinRequests.ask({ params, body: {} });
    const target = { ...params, person: guest.person };
    expect(
      await refusalOf(foreign.asHead.joinRequests.decide({ params: target, body: { decision: 'declined' } })),
    ).toMatchObject({ status: 404 });
    const none = { organization: anOrganization('partner', { id: 'no-such-partner' }).id };
    expect(await refusalOf(guest.client.joinRequests.ask({ params: none, body: {} }))).toMatchObject({ status: 404 });
  });

  test('approved with a role that the organization does not have names the field', async () => {
    const { params, asHead } = await organizationWith('partner');
    const guest = await stranger();
    await guest.client.joinRequests.ask({ params, body: {} });
    const wrong = {
      params: { ...params, person: guest.person },
      body: { decision: 'approved' as const, roles: ['district:lead' as const] },
    };
    expect(await refusalOf(asHead.joinRequests.decide(wrong))).toMatchObject({ status: 400, code: 'invalid' });
    expect((await guest.client.session.get()).memberships).toEqual([]);
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
