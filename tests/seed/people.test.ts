import { describe, expect, test } from 'vitest';
import { everyRole } from '#shared/kernel/actors.ts';
import { demonstrationPeople, signInPeople } from '../../functions/seed/people.ts';
import { ProgramFiles } from '#platform/program-files.ts';
import { people } from '../../functions/seed/handler.ts';
import { theProgram } from './seeding.ts';

const files = new ProgramFiles();

function peopleOf(id: string) {
  const program = theProgram(id);
  return demonstrationPeople(program, files, files.roster(program).districts);
}

describe('the demonstration people', () => {
  test('hold every role in the invented program, and one of them works for two organizations', () => {
    const roles = new Set(peopleOf('demo').flatMap((one) => one.memberships.flatMap((held) => held.roles)));
    expect([...roles].toSorted()).toEqual(everyRole.toSorted());
    expect(peopleOf('demo').filter((one) => one.memberships.length === 2)).toHaveLength(1);
  });

  test('hold every district and state role in Massachusetts, and none of a partner', () => {
    const roles = new Set(peopleOf('ma').flatMap((one) => one.memberships.flatMap((held) => held.roles)));
    expect([...roles].toSorted()).toEqual(everyRole.filter((role) => !role.startsWith('partner:')).toSorted());
    expect(peopleOf('ma').map((one) => one.name)).toContain('District lead, Springfield');
  });

  test('are listed for signing in with names of places and roles, each once', async () => {
    const listed = await people();
    expect(new Set(listed.map((one) => one.sub)).size).toBe(listed.length);
    expect(listed.every((one) => one.email.endsWith('.invalid'))).toBe(true);
    expect(listed).toContainEqual({
      sub: 'ma-springfield-lead',
      name: 'District lead, Springfield',
      email: 'lead@springfield.ma.invalid',
      program: theProgram('ma').name,
      organization: 'Springfield',
      role: 'District lead',
    });
    expect(
      signInPeople(theProgram('demo'), peopleOf('demo')).some(
        (one) => one.role === 'Partner editor and Partner reporter',
      ),
    ).toBe(true);
  });
});
