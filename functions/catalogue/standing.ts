import { isAskable, statusAt } from '#shared/catalogue/status.ts';
import type { Capacity, Workload } from '#shared/catalogue/model.ts';
import type { OrganizationId, ProgramId, TermId } from '#shared/kernel/ids.ts';
import { day, type Day, type Instant } from '#shared/kernel/instants.ts';
import { stateKey } from '#platform/aggregates.ts';
import type { Change, Table } from '#platform/table.ts';
import { approvalKey, listingKey, loadPartner } from './store.ts';

/** How a partner stands in one priority area at one instant, read live and never from the matrix. */
export interface Standing {
  readonly partner: OrganizationId;
  readonly name: string;
  /** Its approval in the area is active or conditional. */
  readonly approved: boolean;
  readonly claimed: boolean;
  readonly capacity: {
    readonly stated?: Capacity;
    readonly engagements: readonly { readonly from: Day; readonly until: Day }[];
  };
  /**
   * Hold as long as the listing and the approval are those that were read. Written in the transaction
   * of the act, so that an approval that is suspended in between stops it.
   */
  readonly guards: readonly Change[];
}

/** A count of a school year reads as that many engagements of the whole year. */
function engagementsOf(workload: Workload | undefined): Standing['capacity']['engagements'] {
  return Object.entries(workload?.byYear ?? {}).flatMap(([year, count]) =>
    Array.from({ length: count }, () => ({
      from: day.parse(`${Number(year) - 1}-07-01`),
      until: day.parse(`${year}-06-30`),
    })),
  );
}

/** Undefined where the program does not list the partner. Costs one consistent read of its partition. */
export async function standingOf(
  table: Table,
  program: ProgramId,
  partner: OrganizationId,
  area: TermId,
  at: Instant,
): Promise<Standing | undefined> {
  const facts = await loadPartner(table, program, partner, { consistent: true });
  if (facts === undefined) return undefined;
  const { content, claimed } = facts.listing.state;
  const approval = facts.approvals.find((one) => one.state.area === area);
  return {
    partner,
    name: content.name,
    approved: approval !== undefined && isAskable(statusAt(approval.state, at)),
    claimed,
    capacity: {
      ...(content.capacity === undefined ? {} : { stated: content.capacity }),
      engagements: engagementsOf(facts.workload),
    },
    guards: [
      { kind: 'check', key: stateKey(listingKey(program, partner)), guard: { version: facts.listing.version } },
      ...(approval === undefined
        ? []
        : [
            {
              kind: 'check' as const,
              key: stateKey(approvalKey(program, partner, area)),
              guard: { version: approval.version },
            },
          ]),
    ],
  };
}
