import { inviteFirst } from '#shared/accounts/invitation-rules.ts';
import type { OrganizationId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import { commit } from '#platform/aggregates.ts';
import { sha256 } from '#platform/hash.ts';
import { newId, randomWord } from '#platform/ids.ts';
import type { Table } from '#platform/table.ts';
import { tokenLength } from './invitations.ts';
import { invitationOpened, invitationStep } from './invitation-store.ts';
import { loadHeads, loadOrganization } from './store.ts';

/**
 * The token of a one-time link by which the first person in charge joins; undefined where somebody is in
 * charge. For an import: it is how the first program lead of a new deployment gets in.
 */
export async function inviteFirstHead(
  table: Table,
  id: OrganizationId,
  at: Instant,
): Promise<{ readonly token: string; readonly until: Instant } | undefined> {
  const [organization, heads] = await Promise.all([loadOrganization(table, id), loadHeads(table, id)]);
  if (organization === undefined) throw new Error(`The organization ${id} is not in the table.`);
  const token = randomWord(tokenLength);
  const decided = inviteFirst({ id: newId('inv'), tokenHash: sha256(token) }, organization, heads.people, at);
  if (!decided.ok) return undefined;
  const step = invitationStep(organization, undefined, decided.value);
  const author = { kind: 'system', part: 'import' } as const;
  const written = await commit(table, [step], at, author, invitationOpened(decided.value.next, undefined));
  if (!written.ok) throw new Error(`The invitation into ${id} could not be written: ${written.refusal.code}.`);
  return { token, until: decided.value.next.until };
}
