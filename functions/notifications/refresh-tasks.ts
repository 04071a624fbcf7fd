import { consumers } from '#shared/contract/consumers.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import type { Subject } from '#shared/notifications/facts.ts';
import { tasksOf } from '#shared/notifications/tasks.ts';
import { plainJson } from '#shared/kernel/plain-json.ts';
import { hashOf } from '#platform/hash.ts';
import type { Events } from '#platform/journal.ts';
import type { Key, Table } from '#platform/table.ts';
import { factsOf } from './gather.ts';
import { heard, type Programs } from './heard.ts';
import type { Sources } from './sources.ts';
import { isOver, loadSubjectTasks, saveSubjectTasks, taskItems, type TaskItem } from './task-store.ts';

export interface TaskParts {
  readonly table: Table;
  readonly sources: Sources;
  readonly programs: Programs;
}

/** Refreshes that meet start over; each round one of them wins. */
const rounds = 10;

async function itemsOf({ sources, programs }: TaskParts, subject: Subject): Promise<readonly TaskItem[]> {
  const facts = await factsOf(sources, programs, subject);
  return facts === undefined ? [] : tasksOf(facts).flatMap(taskItems);
}

/**
 * Makes a subject's tasks what its facts say now. A task depends on several aggregates (the request,
 * each invitation, each question), whose events come in any order; so no event is applied here, the
 * facts are read instead. The version is read before the facts and moves with every refresh, also one
 * that changes nothing: an older reading never replaces a newer one.
 */
export async function refreshTasks(parts: TaskParts, subject: Subject): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const before = await loadSubjectTasks(parts.table, subject);
    const items = await itemsOf(parts, subject);
    if (await saveSubjectTasks(parts.table, subject, before, items)) return;
  }
  throw new Error(`The tasks of a ${subject.kind} could not be written: other refreshes kept moving them.`);
}

/** Every subject that one of the events is about, once. */
async function subjectsIn(parts: TaskParts, events: Events): Promise<readonly Subject[]> {
  const hears: readonly string[] = consumers.tasks;
  const subjects = new Map<string, Subject>();
  for await (const event of events) {
    if (!hears.includes(event.type)) continue;
    const { subject } = heard(event, parts.programs);
    subjects.set(JSON.stringify(subject), subject);
  }
  return [...subjects.values()];
}

/** Makes all tasks anew, after a bulk load or an outage. Answers how many subjects it went through. */
export async function rebuildTasks(parts: TaskParts, events: Events): Promise<number> {
  const subjects = await subjectsIn(parts, events);
  for (const subject of subjects) await refreshTasks(parts, subject);
  return subjects.length;
}

export interface TaskDifference {
  readonly key: Key;
  readonly fault: 'missing' | 'different' | 'unexpected';
}

/**
 * Compares the stored tasks with those that the facts give. Reads only. A task whose time was over
 * before `at` is shown to nobody, so it may be missing.
 */
export async function verifyTasks(
  parts: TaskParts,
  events: Events,
  at: Instant,
): Promise<{ readonly tasks: number; readonly differences: readonly TaskDifference[] }> {
  const differences: TaskDifference[] = [];
  let tasks = 0;
  for (const subject of await subjectsIn(parts, events)) {
    const [stored, items] = [await loadSubjectTasks(parts.table, subject), await itemsOf(parts, subject)];
    tasks += items.length;
    const wanted = new Set(items.map(({ pk, sk }) => `${pk}\n${sk}`));
    for (const item of items) {
      const live = await parts.table.get(item, { consistent: true });
      if (live === undefined) {
        if (!isOver(item, at)) differences.push({ key: { pk: item.pk, sk: item.sk }, fault: 'missing' });
      } else if (hashOf(plainJson(live)) !== hashOf(plainJson(item))) {
        differences.push({ key: { pk: item.pk, sk: item.sk }, fault: 'different' });
      }
    }
    for (const key of stored.keys) {
      if (!wanted.has(`${key.pk}\n${key.sk}`)) differences.push({ key, fault: 'unexpected' });
    }
  }
  return { tasks, differences };
}
