import { changeBriefOf, latestBriefOf } from '#shared/catalogue/change-line.ts';
import { consumers } from '#shared/contract/consumers.ts';
import { engagementCreated } from '#shared/engagements/events.ts';
import { resultConfirmed } from '#shared/impact/events.ts';
import type { OrganizationId, ProgramId } from '#shared/kernel/ids.ts';
import { schoolYearOf } from '#shared/kernel/instants.ts';
import { eventOf } from '#platform/aggregates.ts';
import type { Consumer } from '#platform/consumers.ts';
import { viewKey } from '#platform/projections.ts';
import type { Queues } from '#platform/queue.ts';
import type { BuildRequest } from './matrix-builder.ts';
import { changesPartition, latestPartition, monthAttribute, partition, yearAttribute } from './store.ts';

/** Asks for a snapshot in which this partner is as it stands now; the builder takes what comes together as one. */
async function askForMatrix(queues: Queues, program: ProgramId, partner: OrganizationId): Promise<void> {
  const request: BuildRequest = { program, partner };
  await queues.send('matrix', [request]);
}

/** Goals met of goals agreed over confirmed results: the only source of a track record. */
export function recordConsumer(queues: Queues): Consumer {
  const self: Consumer = {
    name: 'record',
    hears: consumers.record,
    apply: async (event) => {
      const { program, partner, met, number } = resultConfirmed.data.parse(event.data);
      const amounts = { agreed: 1, met: met ? 1 : 0, engagements: number === 1 ? 1 : 0, [monthAttribute(event.at)]: 1 };
      return [{ kind: 'add', key: viewKey(self, partition(program, partner)), amounts }];
    },
    settled: async (bell, table) => {
      const { program, partner } = resultConfirmed.data.parse((await eventOf(table, bell)).data);
      await askForMatrix(queues, program, partner);
    },
  };
  return self;
}

/**
 * Engagements awarded here, by school year: a partner at its limit cannot be asked for a start
 * before it has room.
 */
export function workloadConsumer(queues: Queues): Consumer {
  const self: Consumer = {
    name: 'workload',
    hears: consumers.workload,
    apply: async (event) => {
      const { partner, start } = engagementCreated.data.parse(event.data);
      const year = yearAttribute(schoolYearOf(start));
      return [{ kind: 'add', key: viewKey(self, partition(event.program, partner)), amounts: { [year]: 1 } }];
    },
    settled: async (bell, table) => {
      const { partner } = engagementCreated.data.parse((await eventOf(table, bell)).data);
      await askForMatrix(queues, bell.program, partner);
    },
  };
  return self;
}

/**
 * The public change log: in brief for the program and for each partner's own page, whole for each
 * partner's log. Worded when it is read.
 */
export function changesConsumer(): Consumer {
  const self: Consumer = {
    name: 'changes',
    hears: consumers.changes,
    apply: async (event) => {
      const brief = changeBriefOf(event);
      if (brief === undefined) throw new Error(`The consumer changes hears ${event.type}, which is not public.`);
      const name = `${event.at}#${event.aggregate}#${String(event.sequence).padStart(9, '0')}`;
      const place = (partition: string) => viewKey(self, partition, name);
      return [
        { kind: 'put', item: { ...place(changesPartition(event.program)), brief } },
        { kind: 'put', item: { ...place(changesPartition(event.program, brief.partner)), event } },
        { kind: 'put', item: { ...place(latestPartition(event.program, brief.partner)), brief: latestBriefOf(brief) } },
      ];
    },
  };
  return self;
}
