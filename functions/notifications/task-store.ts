import * as z from 'zod';
import type { Role } from '#shared/kernel/actors.ts';
import type { OrganizationId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import type { Subject } from '#shared/notifications/facts.ts';
import { taskView, type Task, type TaskView } from '#shared/notifications/tasks.ts';
import type { Item, Key, Table } from '#platform/table.ts';

/**
 *     TASKS#<organization>#<role>   VIEW#tasks#1#<until>#<id>   open until that instant, included
 *                                   VIEW#tasks#2#<from>#<id>    open from that instant on, without an end
 *     TASKS-OF#<subject>            TASKS                       which of these a subject has, with a version
 *
 * What is open at `at` is one range: from `1#<at>` to `2#<at>`. Those whose time is over stand before
 * it and those whose time has not come after it, so nothing that is not shown is ever read.
 */
export type TaskItem = Item & { readonly task: TaskView };

const view = 'VIEW#tasks#';

function partition(organization: OrganizationId, role: Role): string {
  return `TASKS#${organization}#${role}`;
}

/** A task stands once for each role that can do it. */
export function taskItems(task: Task): readonly TaskItem[] {
  const { organization, roles, open, ...shown } = task;
  const place = open.until === undefined ? `2#${open.from}` : `1#${open.until}`;
  return roles.map((role) => ({
    pk: partition(organization, role),
    sk: `${view}${place}#${task.id}`,
    task: taskView.parse(shown),
  }));
}

/** Whether the task's time was over before `at`. */
export function isOver(item: Key, at: Instant): boolean {
  return item.sk < `${view}1#${at}`;
}

/** The open tasks of one role, the soonest deadline first, then what has waited longest. */
export async function openTasks(
  table: Table,
  organization: OrganizationId,
  role: Role,
  at: Instant,
  limit: number,
): Promise<readonly { readonly place: string; readonly task: TaskView }[]> {
  const range = { from: `${view}1#${at}`, to: `${view}2#${at}#~` };
  const page = await table.select({ partition: partition(organization, role), range, limit });
  return page.items.map((item) => ({ place: item.sk, task: taskView.parse(item['task']) }));
}

const key = z.object({ pk: z.string(), sk: z.string() });
const subjectTasks = z.object({ version: z.int().min(1), keys: z.array(key) });

export interface SubjectTasks {
  /** 0 before the first. */
  readonly version: number;
  readonly keys: readonly Key[];
}

function subjectName(of: Subject): string {
  switch (of.kind) {
    case 'request':
      return of.request;
    case 'approval':
      return `${of.program}#${of.partner}#${of.area ?? ''}`;
    case 'join':
      return `${of.organization}#${of.person}`;
  }
}

function subjectKey(of: Subject): Key {
  return { pk: `TASKS-OF#${of.kind}#${subjectName(of)}`, sk: 'TASKS' };
}

export async function loadSubjectTasks(table: Table, of: Subject): Promise<SubjectTasks> {
  const item = await table.get(subjectKey(of), { consistent: true });
  return item === undefined ? { version: 0, keys: [] } : subjectTasks.parse(item);
}

/** Replaces a subject's tasks; false when somebody else did so since `before` was read. */
export async function saveSubjectTasks(
  table: Table,
  of: Subject,
  before: SubjectTasks,
  items: readonly TaskItem[],
): Promise<boolean> {
  const keys = items.map(({ pk, sk }) => ({ pk, sk }));
  const stays = new Set(keys.map(({ pk, sk }) => `${pk}\n${sk}`));
  const gone = before.keys.filter(({ pk, sk }) => !stays.has(`${pk}\n${sk}`));
  const written = await table.write([
    {
      kind: 'put',
      item: { ...subjectKey(of), version: before.version + 1, keys },
      guard: before.version === 0 ? 'absent' : { version: before.version },
    },
    ...items.map((item) => ({ kind: 'put' as const, item })),
    ...gone.map(({ pk, sk }) => ({ kind: 'remove' as const, key: { pk, sk } })),
  ]);
  return written.ok;
}
