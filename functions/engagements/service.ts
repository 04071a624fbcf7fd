import type { engagementsContract } from '#shared/engagements/contract.ts';
import { ok } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import type { UseCases } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import { actingIn } from './acting.ts';
import { demandMonths, unmetPage } from './demand.ts';
import { discussionActs } from './discussion-acts.ts';
import { invitationService } from './invitation-service.ts';
import { outcomeActs } from './outcome-acts.ts';
import { requestActs } from './request-acts.ts';
import { requestReading } from './request-reading.ts';
import { engagementsPage, lists } from './store.ts';

type Contract = typeof engagementsContract;

/** What the agency of a program sees of what its districts ask for. */
function demandService(table: Table, programs: ReadonlyMap<string, Program>): UseCases<Contract['demand']> {
  return {
    get: async ({ params }, { actor, at }) => {
      const acting = actingIn(programs, params.program, actor);
      if (!acting.ok) return acting;
      return ok({ months: await demandMonths(table, params.program, at, acting.value.program.zone) });
    },
    unmet: async ({ params, query }, { actor, at }) => {
      const acting = actingIn(programs, params.program, actor);
      if (!acting.ok) return acting;
      return unmetPage(table, params.program, at, query);
    },
  };
}

function engagementService(table: Table, programs: ReadonlyMap<string, Program>): UseCases<Contract['engagements']> {
  return {
    list: async ({ params, query }, { actor }) => {
      const acting = actingIn(programs, params.program, actor);
      if (!acting.ok) return acting;
      const { actor: person, organization } = acting.value;
      switch (person.acting?.kind) {
        case 'district':
          return engagementsPage(table, lists.districtEngagements(organization), query);
        case 'partner':
          return engagementsPage(table, lists.partnerEngagements(organization), query, `${params.program}#`);
        default:
          return engagementsPage(table, lists.programEngagements(params.program), query);
      }
    },
  };
}

/** Every use case of engagements, by its route. */
export function engagementsService(table: Table, programs: ReadonlyMap<string, Program>): UseCases<Contract> {
  return {
    requests: {
      ...requestReading(table, programs),
      ...requestActs(table, programs),
      ...discussionActs(table, programs),
      ...outcomeActs(table, programs),
    },
    invitations: invitationService(table, programs),
    engagements: engagementService(table, programs),
    demand: demandService(table, programs),
  };
}
