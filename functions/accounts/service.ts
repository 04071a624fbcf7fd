import type { accountsContract } from '#shared/accounts/contract.ts';
import type { UseCases } from '#platform/router.ts';
import { actingCases } from './acting.ts';
import { districtCases } from './districts.ts';
import { invitationCases } from './invitations.ts';
import { joinCases } from './join-requests.ts';
import { memberCases, organizationCases } from './members.ts';
import { signInCases, type SignInParts } from './sign-in.ts';

export interface AccountsParts extends SignInParts {
  /** The ids of the programs on this site. */
  readonly programs: Pick<ReadonlySet<string>, 'has'>;
}

/** Every use case of accounts, by its route. */
export function accountsService(parts: AccountsParts): UseCases<typeof accountsContract> {
  const { table, programs } = parts;
  return {
    signIn: signInCases(parts),
    session: actingCases(table),
    organizations: organizationCases(table),
    members: memberCases(table),
    invitations: invitationCases(table),
    joinRequests: joinCases(table),
    districts: districtCases(table, programs),
  };
}
