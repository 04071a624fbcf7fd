import * as z from 'zod';
import { acrossPrograms, joinRequest, type JoinRequest, type Organization } from '#shared/accounts/model.ts';
import { programOf } from '#shared/accounts/roles.ts';
import { personId, type PersonId } from '#shared/kernel/ids.ts';
import { instant } from '#shared/kernel/instants.ts';
import { load, readState, type AggregateKey, type Loaded, type Step } from '#platform/aggregates.ts';
import type { Change, Key, Table } from '#platform/table.ts';
import { organizationPartition, personPartition } from './store.ts';

export function joinKey(of: Pick<Organization, 'id'>, who: PersonId, program = acrossPrograms): AggregateKey {
  return { partition: organizationPartition(of.id), name: `join#${who}`, program };
}

export async function loadJoinRequest(
  table: Table,
  of: Pick<Organization, 'id'>,
  who: PersonId,
): Promise<Loaded<JoinRequest> | undefined> {
  return load(table, joinKey(of, who), joinRequest);
}

const joinPrefix = 'JOIN#';

export function joinStep(
  of: Organization,
  before: Loaded<JoinRequest> | undefined,
  decision: Step<JoinRequest>['decision'],
): Step<JoinRequest> {
  const { next } = decision;
  return {
    key: joinKey(of, next.person, programOf(of) ?? acrossPrograms),
    before,
    decision,
    list:
      next.decided?.decision === 'approved'
        ? undefined
        : { lpk: personPartition(next.person), lsk: `${joinPrefix}${next.organization}` },
  };
}

export const askedPrefix = 'ASKED#';

export const askedMarker = z.object({ person: personId, askedAt: instant, note: z.string().optional() });

export function joinOpened(of: JoinRequest, note: string | undefined): Change {
  const { person: who, askedAt } = of;
  return {
    kind: 'put',
    item: { ...askedKey(of), person: who, askedAt, ...(note === undefined ? {} : { note }) },
  };
}

export function askedKey(of: Pick<JoinRequest, 'organization' | 'person'>): Key {
  return { pk: organizationPartition(of.organization), sk: `${askedPrefix}${of.person}` };
}

/** What a person asked to join, as long as it was not approved; at most 100. */
export async function joinRequestsOf(table: Table, id: PersonId): Promise<readonly JoinRequest[]> {
  const page = await table.select({
    index: 'list',
    partition: personPartition(id),
    range: { prefix: joinPrefix },
    limit: 100,
  });
  return page.items.flatMap((item) => readState(item, joinRequest)?.state ?? []);
}
