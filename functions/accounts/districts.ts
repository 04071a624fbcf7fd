import type { accountsContract } from '#shared/accounts/contract.ts';
import type { Organization } from '#shared/accounts/model.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import { selectPage } from '#platform/cursor.ts';
import type { UseCases } from '#platform/router.ts';
import type { Item, Table } from '#platform/table.ts';
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

type District = Extract<Organization, { kind: 'district' }>;

/** An item of the list of districts; another one there is a defect and throws. */
function readDistrict(item: Item): District {
  const found = readOrganization(item);
  if (found?.kind !== 'district') throw new Error(`${item.pk} stands among the districts and is none.`);
  return found;
}

function viewOf(district: District) {
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
      const prefix = sortName(query.q ?? '');
      const selection = {
        index: 'list',
        partition: districtList(params.program),
        limit: districtsOnPage,
        ...(prefix === '' ? {} : { range: { prefix } }),
      } as const;
      const page = await selectPage(table, selection, query.after);
      return page.ok ? ok({ ...page.value, items: page.value.items.map((item) => viewOf(readDistrict(item))) }) : page;
    },

    async get({ params, query }) {
      const partition = organizationPartition(params.district);
      const selection = { partition, range: { prefix: 'SCHOOL#' }, limit: schoolsOnPage };
      const [found, schools] = await Promise.all([
        loadOrganization(table, params.district),
        selectPage(table, selection, query.after),
      ]);
      if (!schools.ok) return schools;
      if (found?.kind !== 'district' || found.program !== params.program) return refuse('not-found');
      return ok({ ...viewOf(found), schools: { ...schools.value, items: schools.value.items.map(readSchool) } });
    },
  };
}
