import * as z from 'zod';
import { acrossPrograms, invitation, type Invitation, type Organization } from '#shared/accounts/model.ts';
import { programOf } from '#shared/accounts/roles.ts';
import { invitationLinkId, organizationId, type InvitationLinkId } from '#shared/kernel/ids.ts';
import { load, type AggregateKey, type Loaded, type Step } from '#platform/aggregates.ts';
import { sha256 } from '#platform/hash.ts';
import type { Change, Key, Table } from '#platform/table.ts';
import { expiry } from './session-store.ts';
import { organizationPartition } from './store.ts';

export function invitationKey(
  of: Pick<Organization, 'id'>,
  id: InvitationLinkId,
  program = acrossPrograms,
): AggregateKey {
  return { partition: organizationPartition(of.id), name: `invitation#${id}`, program };
}

export async function loadInvitation(
  table: Table,
  of: Pick<Organization, 'id'>,
  id: InvitationLinkId,
): Promise<Loaded<Invitation> | undefined> {
  return load(table, invitationKey(of, id), invitation);
}

export function invitationStep(
  of: Organization,
  before: Loaded<Invitation> | undefined,
  decision: Step<Invitation>['decision'],
): Step<Invitation> {
  return { key: invitationKey(of, decision.next.id, programOf(of) ?? acrossPrograms), before, decision };
}

const link = z.object({ organization: organizationId, invitation: invitationLinkId });

function linkKey(tokenHash: string): Key {
  return { pk: `LINK#${tokenHash}`, sk: 'LINK' };
}

export async function findLink(table: Table, token: string): Promise<z.infer<typeof link> | undefined> {
  const item = await table.get(linkKey(sha256(token)), { consistent: true });
  return item === undefined ? undefined : link.parse(item);
}

export const invitedPrefix = 'INVITED#';

export const invitedMarker = invitation
  .pick({ id: true, roles: true, first: true, madeAt: true, until: true })
  .extend({ email: z.string().optional() });

function invitedKey(of: Invitation): Key {
  return { pk: organizationPartition(of.organization), sk: `${invitedPrefix}${of.id}` };
}

/** The link, and the e-mail address for as long as the invitation is open. The table drops both when it has run out. */
export function invitationOpened(of: Invitation, email: string | undefined): readonly Change[] {
  const { id, roles: offered, first, madeAt, until } = of;
  const expires = expiry(until);
  return [
    {
      kind: 'put',
      item: { ...linkKey(of.tokenHash), organization: of.organization, invitation: id, expires },
      guard: 'absent',
    },
    {
      kind: 'put',
      item: {
        ...invitedKey(of),
        id,
        roles: offered,
        first,
        madeAt,
        until,
        expires,
        ...(email === undefined ? {} : { email }),
      },
      guard: 'absent',
    },
  ];
}

/** Taken back: the link leads nowhere. */
export function invitationClosed(of: Invitation): readonly Change[] {
  return [{ kind: 'remove', key: linkKey(of.tokenHash) }, invitationTaken(of)];
}

/** Used: the link stays until it would have run out, for whoever used it and did not hear that it worked. */
export function invitationTaken(of: Invitation): Change {
  return { kind: 'remove', key: invitedKey(of) };
}
