import { memberAdded } from '#shared/accounts/events.ts';
import { listingCreated } from '#shared/catalogue/events.ts';
import { listing } from '#shared/catalogue/model.ts';
import { claimListing } from '#shared/catalogue/rules.ts';
import { consumers } from '#shared/contract/consumers.ts';
import type { RecordedEvent } from '#shared/kernel/events.ts';
import type { OrganizationId, ProgramId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import type { Program } from '#shared/programs/program.ts';
import { commit, eventOf, load } from '#platform/aggregates.ts';
import type { Consumer } from '#platform/consumers.ts';
import type { Table } from '#platform/table.ts';
import { headsOf } from '../accounts/index.ts';
import { inList, listingKey } from './store.ts';

/** The partner of which the event tells; undefined for another kind of organization. */
function partnerOf(event: RecordedEvent): OrganizationId | undefined {
  if (event.type === listingCreated.name) return listingCreated.data.parse(event.data).partner;
  const { organization, kind } = memberAdded.data.parse(event.data);
  return kind === 'partner' ? organization : undefined;
}

/** Writes between others' changes of the listing; each round reads anew. */
const rounds = 5;

async function claim(table: Table, program: ProgramId, partner: OrganizationId, now: () => Instant): Promise<void> {
  const key = listingKey(program, partner);
  for (let round = 0; round < rounds; round += 1) {
    const before = await load(table, key, listing);
    const decided = before === undefined ? undefined : claimListing(before.state);
    if (decided === undefined || !decided.ok) return;
    const step = { key, before, decision: decided.value, list: inList(program, partner) };
    const written = await commit(table, [step], now(), { kind: 'system', part: 'claims' });
    if (written.ok) return;
  }
  throw new Error(`The listing of ${partner} could not be claimed: others kept changing it.`);
}

/**
 * Claims the listings of a partner that has somebody in charge, whichever came first: the person or the
 * listing. It has no views; a repeated bell finds them claimed.
 */
export function claimsConsumer(
  table: Table,
  programs: Pick<ReadonlyMap<string, Program>, 'values'>,
  now: () => Instant,
): Consumer {
  return {
    name: 'claims',
    hears: consumers.claims,
    apply: async () => [],
    settled: async (bell) => {
      const partner = partnerOf(await eventOf(table, bell));
      if (partner === undefined || (await headsOf(table, partner)).length === 0) return;
      for (const { id } of programs.values()) await claim(table, id, partner, now);
    },
  };
}
