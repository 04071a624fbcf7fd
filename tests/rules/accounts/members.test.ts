import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Membership } from '#shared/accounts/model.ts';
import { headRole } from '#shared/accounts/roles.ts';
import { addMember, changeRoles, mayManage, removeMember, type Heads } from '#shared/accounts/rules.ts';
import type { Role } from '#shared/kernel/actors.ts';
import type { PersonId } from '#shared/kernel/ids.ts';
import { actorFor, aMembership, anOrganization, at, personOf, rolesIn } from './builders.ts';

const [anna, ben] = [personOf('a'), personOf('b')];
const kinds = ['agency', 'district', 'partner'] as const;

describe.each(kinds)('an organization of the kind %s', (kind) => {
  const organization = anOrganization(kind);
  const head = headRole[kind];
  const owner = actorFor(anna, organization, [head]);
  const plain: Role = rolesIn(kind)[1] ?? head;

  test.each(rolesIn(kind))('%s manages it only as the one in charge', (role) => {
    const may = mayManage(organization, actorFor(ben, organization, [role]));
    expect(may.ok ? 'ok' : may.refusal.code).toBe(role === head ? 'ok' : 'not-allowed');
  });

  test('to somebody of another organization it is not there', () => {
    const other = anOrganization(kind, { id: 'another' });
    expect(mayManage(organization, actorFor(ben, other, [head]))).toMatchObject({ refusal: { code: 'not-found' } });
    expect(mayManage(organization, { kind: 'person', person: ben })).toMatchObject({ refusal: { code: 'not-found' } });
  });

  test('the first one in charge is told apart from the next', () => {
    const first = addMember(undefined, organization, anna, [head], [], at);
    expect(first).toMatchObject({ value: { heads: [anna], membership: { fact: { data: { first: true } } } } });
    const second = addMember(undefined, organization, ben, [head], [anna], at);
    expect(second).toMatchObject({ value: { heads: [anna, ben], membership: { fact: { data: { first: false } } } } });
    const member = addMember(undefined, organization, ben, [plain], [], at);
    expect(member).toMatchObject({ value: { heads: [], membership: { fact: { data: { first: false } } } } });
  });

  test('nobody holds a role of another kind, or none', () => {
    const foreign = rolesIn(kind === 'partner' ? 'district' : 'partner').slice(0, 1);
    for (const roles of [foreign, []]) {
      expect(addMember(undefined, organization, ben, roles, [anna], at)).toMatchObject({
        refusal: { code: 'invalid', fields: { roles: expect.any(String) } },
      });
    }
  });

  test('who left may come back, who is here may not join again', () => {
    const here = aMembership(organization, ben, [plain]);
    expect(addMember(here, organization, ben, [plain], [anna], at)).toMatchObject({
      refusal: { code: 'already-exists' },
    });
    const back = addMember({ ...here, ended: at }, organization, ben, [plain], [anna], at);
    expect(back).toMatchObject({ value: { membership: { next: { since: at } } } });
    expect(back.ok && back.value.membership.next).not.toHaveProperty('ended');
  });

  test('the last one in charge neither leaves nor steps down', () => {
    const own = aMembership(organization, anna, [head]);
    expect(removeMember(own, organization, [anna], owner, at)).toMatchObject({ refusal: { code: 'wrong-state' } });
    expect(changeRoles(own, organization, [plain], [anna], owner)).toMatchObject({ refusal: { code: 'wrong-state' } });
    expect(removeMember(own, organization, [anna, ben], owner, at)).toMatchObject({ value: { heads: [ben] } });
    expect(changeRoles(own, organization, [plain], [anna, ben], owner)).toMatchObject({ value: { heads: [ben] } });
  });

  test('a member leaves, but removes nobody else and changes no roles', () => {
    const leaver = actorFor(ben, organization, [plain]);
    const own = aMembership(organization, ben, [plain]);
    const others = aMembership(organization, personOf('c'), [plain]);
    expect(removeMember(own, organization, [anna], leaver, at)).toMatchObject({
      value: { membership: { next: { ended: at } }, heads: [anna] },
    });
    expect(removeMember(others, organization, [anna], leaver, at)).toMatchObject({ refusal: { code: 'not-allowed' } });
    expect(changeRoles(own, organization, [head], [anna], leaver)).toMatchObject({ refusal: { code: 'not-allowed' } });
  });

  test('an ended membership cannot be changed', () => {
    const ended = aMembership(organization, ben, [plain], { ended: at });
    expect(removeMember(ended, organization, [anna], owner, at)).toMatchObject({ refusal: { code: 'not-found' } });
    expect(changeRoles(ended, organization, [plain], [anna], owner)).toMatchObject({ refusal: { code: 'not-found' } });
  });
});

/**
 * A store with the guards of the real one: an act reads at one moment and writes at another, and is
 * written only if neither the membership nor who is in charge changed in between.
 */
describe('whatever acts run at once', () => {
  const organization = anOrganization('partner');
  const people = ['a', 'b', 'c', 'd'].map(personOf);
  const head = headRole.partner;

  interface Stored {
    readonly members: ReadonlyMap<PersonId, { readonly state: Membership; readonly version: number }>;
    readonly heads: Heads;
    readonly headsVersion: number;
  }

  const act = fc.record({
    actor: fc.constantFrom(...people),
    target: fc.constantFrom(...people),
    what: fc.constantFrom('remove', 'demote', 'promote', 'add', 'addHead'),
    /** How many other acts are written between this one's read and its write. */
    delay: fc.nat({ max: 4 }),
  });

  function decide(stored: Stored, { actor, target, what }: { actor: PersonId; target: PersonId; what: string }) {
    const [own, theirs] = [stored.members.get(actor), stored.members.get(target)];
    if (own === undefined || own.state.ended !== undefined) return undefined;
    const person = actorFor(actor, organization, own.state.roles);
    switch (what) {
      case 'remove':
        return theirs && removeMember(theirs.state, organization, stored.heads, person, at);
      case 'demote':
        return theirs && changeRoles(theirs.state, organization, ['partner:editor'], stored.heads, person);
      case 'promote':
        return theirs && changeRoles(theirs.state, organization, [head], stored.heads, person);
      default:
        return addMember(
          theirs?.state,
          organization,
          target,
          what === 'add' ? ['partner:viewer'] : [head],
          stored.heads,
          at,
        );
    }
  }

  test('somebody stays in charge, and the list of who is in charge stays true', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 5, maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (acts, owners) => {
        let stored: Stored = {
          members: new Map(
            people.slice(0, owners).map((one) => [one, { state: aMembership(organization, one, [head]), version: 1 }]),
          ),
          heads: people.slice(0, owners),
          headsVersion: 1,
        };
        const history: Stored[] = [stored];
        for (const one of acts) {
          const seen = history.at(-1 - Math.min(one.delay, history.length - 1)) ?? stored;
          const decided = decide(seen, one);
          if (decided !== undefined && decided.ok) {
            const { membership, heads } = decided.value;
            const changesHeads = seen.heads.join() !== heads.join();
            const version = (from: Stored): number => from.members.get(one.target)?.version ?? 0;
            const free =
              version(seen) === version(stored) && (!changesHeads || seen.headsVersion === stored.headsVersion);
            if (free) {
              stored = {
                members: new Map([
                  ...stored.members,
                  [one.target, { state: membership.next, version: version(stored) + 1 }],
                ]),
                heads: changesHeads ? heads : stored.heads,
                headsVersion: stored.headsVersion + (changesHeads ? 1 : 0),
              };
            }
          }
          history.push(stored);
          const inCharge = [...stored.members.values()]
            .filter(({ state }) => state.ended === undefined && state.roles.includes(head))
            .map(({ state }) => state.person);
          expect(stored.heads.length).toBeGreaterThan(0);
          expect([...stored.heads].sort()).toEqual(inCharge.sort());
        }
      }),
      { numRuns: 400 },
    );
  });
});
