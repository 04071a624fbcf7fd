import { changeLogEntryOf, type ChangeLogEntry } from '#shared/catalogue/change-log.ts';
import type { catalogueContract } from '#shared/catalogue/contract.ts';
import { nextStatusChange, statusAt } from '#shared/catalogue/status.ts';
import { emptyRecord } from '#shared/catalogue/track-record.ts';
import { dayIn, schoolYearOf } from '#shared/kernel/instants.ts';
import type { Cursor } from '#shared/kernel/pages.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import { cursorOf, placeOf } from '#platform/cursor.ts';
import type { UseCases } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import { changeView, changesPartition, loadPartner } from './store.ts';

type Contract = typeof catalogueContract;

const changesPerPage = 25;

async function changesPage(
  table: Table,
  program: Program,
  partition: string,
  after: Cursor | undefined,
): Promise<Result<{ items: ChangeLogEntry[]; next?: Cursor }, 'malformed'>> {
  const place = placeOf(after, { pk: partition });
  if (!place.ok) return place;
  const page = await table.select({
    partition,
    newestFirst: true,
    limit: changesPerPage,
    ...(place.value === undefined ? {} : { after: place.value }),
  });
  const items = page.items.flatMap((item) => changeLogEntryOf(changeView.parse(item).event, program) ?? []);
  return ok({ items, ...(page.last === undefined ? {} : { next: cursorOf(page.last) }) });
}

/** What anybody may read of a partner, live: the matrix may lag, this page does not. */
export function partnerService(
  table: Table,
  programs: ReadonlyMap<string, Program>,
): Pick<UseCases<Contract>, 'partners' | 'changes'> {
  return {
    partners: {
      get: async ({ params }, { at }) => {
        const program = programs.get(params.program);
        const facts = program === undefined ? undefined : await loadPartner(table, program.id, params.partner);
        if (program === undefined || facts === undefined) return refuse('not-found');
        return ok({
          at,
          listing: facts.listing.state,
          approvals: facts.approvals.map(({ state, version }) => {
            const changesAt = nextStatusChange(state, at);
            return {
              approval: state,
              status: statusAt(state, at),
              version,
              ...(changesAt === undefined ? {} : { changesAt }),
            };
          }),
          record: facts.record ?? emptyRecord,
          workload: facts.workload?.byYear[schoolYearOf(dayIn(at, program.zone))] ?? 0,
        });
      },
      changes: async ({ params, query }) => {
        const program = programs.get(params.program);
        if (program === undefined) return refuse('not-found');
        return changesPage(table, program, changesPartition(params.program, params.partner), query.after);
      },
    },
    changes: async ({ params, query }) => {
      const program = programs.get(params.program);
      return program === undefined
        ? refuse('not-found')
        : changesPage(table, program, changesPartition(params.program), query.after);
    },
  };
}
