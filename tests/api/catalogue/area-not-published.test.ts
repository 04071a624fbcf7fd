import { beforeEach, describe, expect, test } from 'vitest';
import { organizationId, programId, termId } from '#shared/kernel/ids.ts';
import { day } from '#shared/kernel/instants.ts';
import { unknownArea } from '#shared/programs/unknown-area.ts';
import { aPerson } from '../../rules/catalogue/builders.ts';
import { refusalOf } from '../../support/client.ts';
import { listedSite } from './world.ts';

/** Public sources show that the institute was approved, but not in which area. */
const site = listedSite();
const program = programId.parse('ma');
const partner = organizationId.parse('bay-state-reading-institute');
const params = { program, partner };
const there = { ...params, area: termId.parse(unknownArea) };
const reason = termId.parse('merged-or-closed');

let state: ReturnType<typeof site.as>;
beforeEach(() => {
  state = site.as(aPerson('agency:program-lead', { program: 'ma' }));
});

async function listedByDefault(): Promise<readonly string[]> {
  const answer = await site.get('partners', '/api/programs/ma/partners.json');
  const { partners }: { partners: readonly { id: string }[] } = await answer.json();
  return partners.map(({ id }) => id);
}

describe('an approval whose area no source shows', () => {
  test('is no place for a new one, and ends only for a reason of the list', async () => {
    const grant = { act: 'grant', granted: day.parse('2026-10-01'), ends: day.parse('2027-06-30') } as const;
    expect(await refusalOf(state.approve({ params: there, body: { version: 1, decision: grant } }))).toMatchObject({
      code: 'wrong-state',
      message: 'A new approval is granted in a priority area, so not here.',
    });
    const because = { act: 'end', reason: termId.parse('because') } as const;
    expect(await refusalOf(state.approve({ params: there, body: { version: 1, decision: because } }))).toMatchObject({
      code: 'invalid',
    });
    const elsewhere = { ...there, partner: organizationId.parse('achievement-network') };
    const end = { act: 'end', reason } as const;
    expect(await refusalOf(state.approve({ params: elsewhere, body: { version: 0, decision: end } }))).toMatchObject({
      code: 'not-found',
    });
  });

  test('is ended by the state: the partner leaves the list, and the log says why', async () => {
    expect(await listedByDefault()).toContain(partner);
    const decision = { act: 'end', reason, words: 'It closed in 2019.' } as const;
    const ended = await state.approve({ params: there, body: { version: 1, decision } });
    expect(ended).toMatchObject({ status: 'removed', version: 2 });
    expect(ended.approval.area).toBeUndefined();
    await site.settle();

    expect(await listedByDefault()).not.toContain(partner);
    const { items } = await state.partners.changes({ params, query: {} });
    expect(items[0]).toMatchObject({
      title: 'Approval ended',
      reason: 'The organization merged or closed',
      words: 'It closed in 2019.',
      changes: [expect.objectContaining({ field: 'Ended' })],
    });
    expect((await state.changes({ params: { program }, query: {} })).items[0]).toMatchObject({
      partner,
      title: 'Approval ended',
      reason: 'The organization merged or closed',
    });
  });

  test('can be followed by one in an area', async () => {
    const decision = { act: 'grant', granted: day.parse('2026-10-01'), ends: day.parse('2027-06-30') } as const;
    const area = termId.parse('high-quality-core-instruction');
    const granted = await state.approve({ params: { ...params, area }, body: { version: 0, decision } });
    expect(granted.status).toBe('active');
    const { approvals } = await state.partners.get({ params, query: {} });
    expect(approvals.map((one) => [one.approval.area, one.status])).toEqual([
      [area, 'active'],
      [undefined, 'removed'],
    ]);
  });
});
