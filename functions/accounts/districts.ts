import type { accountsContract } from '#shared/accounts/contract.ts';
import type { Organization } from '#shared/accounts/model.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import { cursorOf, placeOf } from '#platform/cursor.ts';
import type { UseCases } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import {
  districtList,
  loadOrganization,
  organizationPartition,
  readOrganization,
  readSchool,
  sortName,
} from './store.ts';

const districtsOnPage = 50;
const schoolsOnPage = 200;

function viewOf(district: Extract<Organization, { kind: 'district' }>) {
  const { id, program, name, facts } = district;
  return { id, program, name, facts };
}

/** @param programs the ids of the programs on this site. */
export function districtCases(
  table: Table,
  programs: Pick<ReadonlySet<string>, 'has'>,
): UseCases<(typeof accountsContract)['districts']> {
  return {
    async list({ params, query }) {
      if (!programs.has(params.program)) return refuse('not-found');
      const partition = districtList(params.program);
      const after = placeOf(query.after, { lpk: partition });
      if (!after.ok) return after;
      const page = await table.select({
        index: 'list',
        partition,
        limit: districtsOnPage,
        ...(query.q === undefined ? {} : { range: { prefix: sortName(query.q) } }),
        ...(after.value === undefined ? {} : { after: after.value }),
      });
      return ok({
        items: page.items.flatMap((item) => {
          const found = readOrganization(item);
          return found?.kind === 'district' ? [viewOf(found)] : [];
        }),
        ...(page.last === undefined ? {} : { next: cursorOf(page.last) }),
      });
    },

    async get({ params, query }) {
      const partition = organizationPartition(params.district);
      const after = placeOf(query.after, { pk: partition });
      if (!after.ok) return after;
      const [found, schools] = await Promise.all([
        loadOrganization(table, params.district),
        table.select({
          partition,
          range: { prefix: 'SCHOOL#' },
          limit: schoolsOnPage,
          ...(after.value === undefined ? {} : { after: after.value }),
        }),
      ]);
      if (found?.kind !== 'district' || found.program !== params.program) return refuse('not-found');
      return ok({
        ...viewOf(found),
        schools: {
          items: schools.items.map(readSchool),
          ...(schools.last === undefined ? {} : { next: cursorOf(schools.last) }),
        },
      });
    },
  };
}
