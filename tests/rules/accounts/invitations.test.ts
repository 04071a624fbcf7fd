import { describe, expect, test } from 'vitest';
import {
  invitationStatus,
  makeInvitation,
  mayInvite,
  useInvitation,
  withdrawInvitation,
} from '#shared/accounts/invitation-rules.ts';
import { askToJoin, decideJoin } from '#shared/accounts/join-rules.ts';
import { joinRequest } from '#shared/accounts/model.ts';
import { headRole } from '#shared/accounts/roles.ts';
import { invitationLinkId } from '#shared/kernel/ids.ts';
import { plusMilliseconds } from '#shared/kernel/instants.ts';
import { actorFor, aMembership, anInvitation, anOrganization, at, personOf } from './builders.ts';

const [anna, ben, carla] = [personOf('a'), personOf('b'), personOf('c')];
const agency = anOrganization('agency');
const lead = actorFor(anna, agency, ['agency:program-lead']);
const foreignLead = actorFor(anna, anOrganization('agency', { id: 'agency-two', program: 'other' }), [
  'agency:program-lead',
]);
const screener = actorFor(anna, agency, ['agency:screener']);

function outcome(result: ReturnType<typeof mayInvite>): string {
  return result.ok ? result.value : result.refusal.code;
}

describe('who may invite', () => {
  test.each(['district', 'partner'] as const)(
    'the program lead only the first of a %s, and only in the own program',
    (kind) => {
      const organization = anOrganization(kind);
      expect(outcome(mayInvite(organization, [], lead))).toBe('first');
      expect(outcome(mayInvite(organization, [ben], lead))).toBe('not-allowed');
      expect(outcome(mayInvite(organization, [], foreignLead))).toBe('not-found');
      expect(outcome(mayInvite(organization, [], screener))).toBe('not-found');
    },
  );

  test.each(['agency', 'district', 'partner'] as const)('whoever is in charge of a %s invites its members', (kind) => {
    const organization = anOrganization(kind);
    expect(outcome(mayInvite(organization, [ben], actorFor(ben, organization, [headRole[kind]])))).toBe('member');
  });

  test('a lead of another program never sees an agency', () => {
    expect(outcome(mayInvite(agency, [anna], foreignLead))).toBe('not-found');
  });
});

describe('an invitation', () => {
  const partner = anOrganization('partner');
  const owner = actorFor(anna, partner, ['partner:owner']);
  const stranger = actorFor(ben, anOrganization('partner', { id: 'partner-two' }), ['partner:owner']);
  const terms = { id: invitationLinkId.parse('inv_bbbbbbbbbbbbbbbbbbbb'), tokenHash: 'b'.repeat(64) };

  test('works for fourteen days and not a millisecond longer', () => {
    const made = makeInvitation({ ...terms, roles: ['partner:editor'] }, partner, [anna], owner, at);
    if (!made.ok) throw new Error('refused');
    const { next } = made.value;
    expect(next.until).toBe('2026-10-15T15:00:00.000Z');
    expect(invitationStatus(next, plusMilliseconds(next.until, -1))).toBe('open');
    expect(invitationStatus(next, next.until)).toBe('expired');
    expect(useInvitation(next, partner, undefined, [anna], { kind: 'person', person: ben }, next.until)).toMatchObject({
      refusal: { code: 'link-used' },
    });
  });

  test('the first one offers the role that is in charge', () => {
    expect(makeInvitation({ ...terms, roles: ['partner:editor'] }, partner, [], lead, at)).toMatchObject({
      refusal: { code: 'invalid', fields: { roles: expect.any(String) } },
    });
    expect(makeInvitation({ ...terms, roles: ['partner:owner'] }, partner, [], lead, at)).toMatchObject({
      value: { next: { first: true } },
    });
  });

  test('is used once, by whoever holds the link, whatever they act for at present', () => {
    const used = useInvitation(
      anInvitation(partner, { roles: ['partner:editor'] }),
      partner,
      undefined,
      [anna],
      stranger,
      at,
    );
    if (!used.ok) throw new Error('refused');
    expect(used.value.member.membership.next).toMatchObject({
      person: ben,
      organization: partner.id,
      roles: ['partner:editor'],
    });
    expect(invitationStatus(used.value.invitation.next, at)).toBe('used');
    const again = useInvitation(
      used.value.invitation.next,
      partner,
      undefined,
      [anna],
      { kind: 'person', person: carla },
      at,
    );
    expect(again).toMatchObject({ refusal: { code: 'link-used' } });
  });

  test('is not used up by somebody who belongs here already', () => {
    const here = aMembership(partner, ben, ['partner:viewer']);
    expect(useInvitation(anInvitation(partner), partner, here, [anna], stranger, at)).toMatchObject({
      refusal: { code: 'already-exists' },
    });
  });

  test('a second first one is worthless once somebody is in charge', () => {
    const first = anInvitation(partner, { first: true, roles: ['partner:owner'] });
    expect(useInvitation(first, partner, undefined, [anna], stranger, at)).toMatchObject({
      refusal: { code: 'link-used' },
    });
    expect(useInvitation(first, partner, undefined, [], stranger, at)).toMatchObject({
      value: { member: { heads: [ben] } },
    });
  });

  test('is withdrawn by the organization, or by the program lead if it was the first', () => {
    const member = anInvitation(partner);
    const first = anInvitation(partner, { first: true });
    expect(withdrawInvitation(member, partner, owner, at).ok).toBe(true);
    expect(withdrawInvitation(first, partner, lead, at).ok).toBe(true);
    expect(withdrawInvitation(member, partner, lead, at)).toMatchObject({ refusal: { code: 'not-found' } });
    expect(withdrawInvitation(first, partner, foreignLead, at)).toMatchObject({ refusal: { code: 'not-found' } });
    expect(withdrawInvitation(member, partner, stranger, at)).toMatchObject({ refusal: { code: 'not-found' } });
    const gone = anInvitation(partner, { withdrawnAt: at });
    expect(withdrawInvitation(gone, partner, owner, at)).toMatchObject({ refusal: { code: 'wrong-state' } });
    expect(useInvitation(gone, partner, undefined, [anna], stranger, at)).toMatchObject({
      refusal: { code: 'link-used' },
    });
  });
});

describe('a request to join', () => {
  const district = anOrganization('district');
  const superintendent = actorFor(anna, district, ['district:superintendent']);
  const member = actorFor(carla, district, ['district:lead']);
  const someone = { kind: 'person', person: ben } as const;
  const open = joinRequest.parse({ person: ben, organization: district.id, askedAt: at });

  test('goes to whoever is in charge, and waits while it is open', () => {
    expect(askToJoin(undefined, district, undefined, [anna], someone, at)).toMatchObject({ value: { next: open } });
    expect(askToJoin(open, district, undefined, [anna], someone, at)).toEqual({ ok: true, value: undefined });
    expect(askToJoin(undefined, district, undefined, [], someone, at)).toMatchObject({
      refusal: { code: 'unclaimed' },
    });
    const here = aMembership(district, ben, ['district:viewer']);
    expect(askToJoin(undefined, district, here, [anna], someone, at)).toMatchObject({
      refusal: { code: 'already-exists' },
    });
  });

  test('is decided once, by whoever is in charge, who chooses the roles', () => {
    const approve = { decision: 'approved', roles: ['district:lead'] } as const;
    expect(decideJoin(open, district, undefined, [anna], approve, member, at)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
    expect(decideJoin(open, district, undefined, [anna], approve, lead, at)).toMatchObject({
      refusal: { code: 'not-found' },
    });
    const approved = decideJoin(open, district, undefined, [anna], approve, superintendent, at);
    if (!approved.ok) throw new Error('refused');
    expect(approved.value.member?.membership.next).toMatchObject({ person: ben, roles: ['district:lead'] });
    const again = decideJoin(approved.value.request.next, district, undefined, [anna], approve, superintendent, at);
    expect(again).toMatchObject({ refusal: { code: 'wrong-state' } });
  });

  test('once declined, with the reason kept, it may be asked again', () => {
    const declined = decideJoin(
      open,
      district,
      undefined,
      [anna],
      { decision: 'declined', reason: 'Ask in May.' },
      superintendent,
      at,
    );
    if (!declined.ok) throw new Error('refused');
    expect(declined.value.member).toBeUndefined();
    expect(declined.value.request.fact.reason).toBe('Ask in May.');
    expect(askToJoin(declined.value.request.next, district, undefined, [anna], someone, at)).toMatchObject({
      value: { next: open },
    });
  });
});
