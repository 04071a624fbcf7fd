import { consumers } from '#shared/contract/consumers.ts';
import { noticesOf, templateOf } from '#shared/notifications/registry.ts';
import { eventOf } from '#platform/aggregates.ts';
import type { Consumer } from '#platform/consumers.ts';
import type { Queues } from '#platform/queue.ts';
import type { Table } from '#platform/table.ts';
import { heard, type Programs } from './heard.ts';
import { noticeItem, noticesName, openNotices } from './notice-store.ts';
import { refreshTasks, type TaskParts } from './refresh-tasks.ts';

/**
 * Puts down what is to be told of each event and to which organization, and rings for its delivery.
 * Each time it rings for everything of the aggregate that is not finished, so that an event whose own
 * bell was lost is told with the next one. A rebuild rings for nothing.
 */
export function noticesConsumer(table: Table, programs: Programs, queues: Queues): Consumer {
  return {
    name: noticesName,
    hears: consumers.notices,
    apply: async (event) => {
      const { sides } = heard(event, programs);
      const { aggregate, sequence } = event;
      return (noticesOf[event.type] ?? []).flatMap((template) => {
        const { side } = templateOf(template);
        return (sides[side] ?? []).map((organization) => ({
          kind: 'put' as const,
          item: noticeItem({ aggregate, sequence, template, organization }),
        }));
      });
    },
    settled: async (bell) => {
      const open = await openNotices(table, bell.aggregate, bell.sequence);
      if (open.length > 0) await queues.send('delivery', open);
    },
  };
}

/** Has no views of its own: after each event it makes the tasks of the event's subject anew. */
export function tasksConsumer(parts: TaskParts): Consumer {
  return {
    name: 'tasks',
    hears: consumers.tasks,
    apply: async () => [],
    settled: async (bell) => refreshTasks(parts, heard(await eventOf(parts.table, bell), parts.programs).subject),
  };
}
