import type { Table } from '#platform/table.ts';
import { findJoinRequest, findOrganization, membersOf, personalOf } from '../accounts/index.ts';
import { loadPartner } from '../catalogue/index.ts';
import { requestParts } from '../engagements/index.ts';
import type { Sources } from './sources.ts';

const now = { consistent: true } as const;

/** The sources of notices and tasks: the other contexts, on this table. */
export function askContexts(table: Table): Sources {
  return {
    request: (program, id) => requestParts(table, program, id),
    async approval(program, partner, area) {
      const facts = await loadPartner(table, program, partner, now);
      return facts?.approvals.find((one) => one.state.area === area)?.state;
    },
    joinRequest: (organization, person) => findJoinRequest(table, organization, person),
    organization: (id) => findOrganization(table, id, now),
    members: (organization) => membersOf(table, organization),
    personal: (person) => personalOf(table, person, now),
  };
}
