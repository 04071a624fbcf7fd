import { changeLineOf, latestShown, type ChangeBrief } from '#shared/catalogue/change-line.ts';
import { changeLogEntryOf } from '#shared/catalogue/change-log.ts';
import type { catalogueContract } from '#shared/catalogue/contract.ts';
import { listing } from '#shared/catalogue/model.ts';
import { nextStatusChange, statusAt } from '#shared/catalogue/status.ts';
import { emptyRecord } from '#shared/catalogue/track-record.ts';
import { dayIn, schoolYearOf } from '#shared/kernel/instants.ts';
import type { OrganizationId, ProgramId } from '#shared/kernel/ids.ts';
import type { Cursor } from '#shared/kernel/pages.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import { load } from '#platform/aggregates.ts';
import { selectPage } from '#platform/cursor.ts';
import type { UseCases } from '#platform/router.ts';
import type { Item, Table } from '#platform/table.ts';
import type { Matrix, MatrixReader } from './matrix.ts';
import { briefView, changeView, changesPartition, latestPartition, listingKey, loadPartner } from './store.ts';

type Contract = typeof catalogueContract;

const changesPerPage = 25;

async function changesPage<T>(
  table: Table,
  partition: string,
  after: Cursor | undefined,
  read: (item: Item) => T | undefined,
): Promise<Result<{ items: T[]; next?: Cursor }, 'malformed'>> {
  const page = await selectPage(table, { partition, newestFirst: true, limit: changesPerPage }, after);
  return page.ok ? ok({ ...page.value, items: page.value.items.flatMap((item) => read(item) ?? []) }) : page;
}

/** The partner's latest changes in brief, for its own page. */
async function latestOf(table: Table, program: ProgramId, partner: OrganizationId): Promise<readonly ChangeBrief[]> {
  const selection = { partition: latestPartition(program, partner), newestFirst: true, limit: latestShown };
  return (await table.select(selection)).items.map((item) => briefView.parse(item).brief);
}

/** What partners are called, from the snapshot in memory: a log of 25 lines would else read 25 listings. */
function namesIn(matrix: Matrix | undefined): ReadonlyMap<string, string> {
  if (matrix === undefined) return new Map();
  const { count, ids, names } = matrix.columns.partners;
  return new Map(Array.from({ length: count }, (_, row) => [ids.at(row), names.at(row)]));
}

/** What anybody may read of a partner, live: the matrix may lag, this page does not. */
export function partnerService(
  table: Table,
  matrices: MatrixReader,
  programs: ReadonlyMap<string, Program>,
): Pick<UseCases<Contract>, 'partners' | 'changes'> {
  return {
    partners: {
      get: async ({ params, query }, { at }) => {
        const program = programs.get(params.program);
        if (program === undefined) return refuse('not-found');
        const [facts, latest] = await Promise.all([
          loadPartner(table, program.id, params.partner),
          query.changes === undefined ? undefined : latestOf(table, program.id, params.partner),
        ]);
        if (facts === undefined) return refuse('not-found');
        const { name } = facts.listing.state.content;
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
          ...(latest === undefined
            ? {}
            : { changes: latest.flatMap((brief) => changeLineOf(brief, name, program) ?? []) }),
        });
      },
      changes: async ({ params, query }) => {
        const program = programs.get(params.program);
        const listed = program && (await load(table, listingKey(program.id, params.partner), listing, {}));
        if (program === undefined || listed === undefined) return refuse('not-found');
        return changesPage(table, changesPartition(params.program, params.partner), query.after, (item) =>
          changeLogEntryOf(changeView.parse(item).event, program),
        );
      },
    },
    changes: async ({ params, query }) => {
      const program = programs.get(params.program);
      if (program === undefined) return refuse('not-found');
      const names = namesIn(await matrices.current(program));
      return changesPage(table, changesPartition(params.program), query.after, (item) => {
        const { brief } = briefView.parse(item);
        return changeLineOf(brief, names.get(brief.partner) ?? brief.partner, program);
      });
    },
  };
}
