import { describe, expect, test } from 'vitest';
import { sessionView } from '#shared/accounts/views.ts';
import { actingAs } from '#lib/accounts/session.ts';

function session(acting: object | undefined) {
  return sessionView.parse({
    person: { id: 'per_0000000000000000', name: 'Somebody' },
    ...(acting === undefined ? {} : { acting }),
    memberships: [],
    joinRequests: [],
  });
}

const district = {
  organization: 'elm',
  name: 'Elm Schools',
  kind: 'district',
  program: 'demo',
  roles: ['district:lead'],
};
const partner = { organization: 'birch', name: 'Birch', kind: 'partner', roles: ['partner:owner'] };

describe('for whom a page is', () => {
  test('a district’s own program, and a partner’s every program', () => {
    expect(actingAs(session(district), 'demo', 'district').organization).toBe('elm');
    expect(actingAs(session(partner), 'ma', 'partner').organization).toBe('birch');
  });

  test.each([
    ['nobody', 401, undefined],
    ['somebody without an organization', 403, session(undefined)],
    ['a district of another program', 403, session({ ...district, program: 'ma' })],
    ['a partner', 403, session(partner)],
  ])('%s is turned away with %i', (_who, status, given) => {
    expect(() => actingAs(given, 'demo', 'district')).toThrowError(expect.objectContaining({ status }));
  });
});
