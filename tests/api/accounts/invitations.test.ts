import { describe, expect, test } from 'vitest';
import { invitationLinkId } from '#shared/kernel/ids.ts';
import { plusMilliseconds } from '#shared/kernel/instants.ts';
import { readEvents } from '#platform/aggregates.ts';
import { newId } from '#platform/ids.ts';
import { headsOf } from '../../../functions/accounts/index.ts';
import { refusalOf, testInstant } from '../../support/client.ts';
import { organizationsIn, ownerInvitation } from './organizations.ts';
import { accountsWorld } from './world.ts';

const world = accountsWorld();
const { newPerson, organizationWith, stranger, unclaimed } = organizationsIn(world);
const dayMilliseconds = 86_400_000;

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
      const organization = await unclaimed(kind);
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
