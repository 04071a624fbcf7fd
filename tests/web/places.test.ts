import { describe, expect, test } from 'vitest';
import { organizationSummary } from '#shared/accounts/views.ts';
import type { Role } from '#shared/kernel/actors.ts';
import { placesAbout, placesOf } from '#lib/places.ts';

function acting(kind: string, roles: Role[], program?: string) {
  const summary = { organization: 'elm', name: 'Elm', kind, ...(program === undefined ? {} : { program }) };
  return { ...organizationSummary.parse(summary), roles };
}
const labels = (...given: Parameters<typeof placesOf>) => placesOf(...given).map(({ label }) => label);
const open = ['Program', 'Partners', 'What changed'];

describe('the header', () => {
  test.each([
    ['nobody', undefined, []],
    ['a district', acting('district', ['district:lead'], 'demo'), ['Your home', 'Requests']],
    ['a district of another program', acting('district', ['district:lead'], 'ma'), []],
    ['a partner', acting('partner', ['partner:owner']), ['Your home', 'Requests to you', 'Listing']],
    ['the agency', acting('agency', ['agency:liaison'], 'demo'), ['Your home', 'Demand']],
  ])('leads %s to its own pages only', (_who, given, own) => {
    expect(labels('demo', given)).toEqual([...open, ...own]);
  });
});

test('the footer leads to the open data of the program', () => {
  expect(placesAbout('ma').map(({ href }) => href)).toContain('/ma/open-data');
  expect(placesAbout(undefined).map(({ href }) => href)).toEqual(['/accessibility', '/privacy', '/terms', '/docs']);
});
