import { describe, expect, test } from 'vitest';
import { findJoinRequest } from '../../../functions/accounts/index.ts';
import { anOrganization } from '../../rules/accounts/builders.ts';
import { refusalOf } from '../../support/client.ts';
import { organizationsIn } from './organizations.ts';
import { accountsWorld } from './world.ts';

const world = accountsWorld();
const { organizationWith, stranger } = organizationsIn(world);

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
