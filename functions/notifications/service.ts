import { tasksAtMost, type notificationsContract } from '#shared/notifications/contract.ts';
import { render } from '#shared/notifications/letter.ts';
import { templates } from '#shared/notifications/registry.ts';
import { taskRoles, type TaskView } from '#shared/notifications/tasks.ts';
import type { Role } from '#shared/kernel/actors.ts';
import { ok } from '#shared/kernel/result.ts';
import type { UseCases } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import { openTasks } from './task-store.ts';

const rolesWithTasks: ReadonlySet<Role> = new Set(Object.values(taskRoles).flat());

/** @param origin the one public address, for the links in the previews. */
export function notificationsService(table: Table, origin: string): UseCases<typeof notificationsContract> {
  return {
    async tasks(_, { actor, at }) {
      const acting = actor.kind === 'person' ? actor.acting : undefined;
      if (acting === undefined) return ok({ tasks: [], more: false });
      // one more than is shown, to know whether there are more
      const lists = await Promise.all(
        acting.roles
          .filter((role) => rolesWithTasks.has(role))
          .map((role) => openTasks(table, acting.organization, role, at, tasksAtMost + 1)),
      );
      const sorted = lists.flat().toSorted((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
      // somebody with two roles finds a task under both, perhaps at two places: the first counts
      const firsts = new Map<string, TaskView>();
      for (const { task } of sorted) if (!firsts.has(task.id)) firsts.set(task.id, task);
      const tasks = [...firsts.values()];
      return ok({ tasks: tasks.slice(0, tasksAtMost), more: tasks.length > tasksAtMost });
    },

    async templates() {
      return ok({
        templates: templates.map((one) => ({
          name: one.name,
          event: one.event,
          roles: [...one.roles],
          ...render(one.letter(one.sample), one.why(one.sample), one.sample.setting, origin),
        })),
      });
    },
  };
}
