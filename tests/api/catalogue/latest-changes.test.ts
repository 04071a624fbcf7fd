import { expect, test } from 'vitest';
import { organizationId, programId, termId } from '#shared/kernel/ids.ts';
import { day } from '#shared/kernel/instants.ts';
import { aPerson } from '../../rules/catalogue/builders.ts';
import { listedSite } from './world.ts';

process.env['SHOW_CAPACITY'] = '1';

const site = listedSite();
const params = { program: programId.parse('ma'), partner: organizationId.parse('achievement-network') };

test('a partner’s page asks for its three latest changes in brief, and other readers do not pay for them', async () => {
  const state = site.as(aPerson('agency:program-lead', { program: 'ma' }));
  const approve = (version: number, decision: Parameters<typeof state.approve>[0]['body']['decision']) =>
    state.approve({
      params: { ...params, area: termId.parse('high-quality-core-instruction') },
      body: { version, decision },
    });
  const granted = { act: 'grant', granted: day.parse('2026-10-01'), ends: day.parse('2027-06-30') } as const;
  await approve(1, granted);
  await approve(2, { act: 'suspend', reason: termId.parse('conduct'), words: 'We look into it. '.repeat(117) });
  await site.settle();

  const { changes } = await state.partners.get({ params, query: { changes: 'latest' } });
  expect(changes).toHaveLength(3);
  expect(changes?.[0]).toMatchObject({
    title: 'Approval suspended',
    area: 'high-quality-core-instruction',
    name: 'Achievement Network (ANet)',
    reason: 'Conduct toward districts, schools or students',
    words: expect.stringMatching(/^We look into it\..*…$/),
  });
  const answer = await site.get('catalogue', '/api/programs/ma/partners/achievement-network?changes=latest');
  expect(Number(/read=([\d.]+)/.exec(answer.headers.get('x-capacity') ?? '')?.[1])).toBeLessThanOrEqual(1.5);
  expect((await state.partners.get({ params, query: {} })).changes).toBeUndefined();
});
