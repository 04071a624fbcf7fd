import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { measured } from '#platform/capacity.ts';
import { deliver } from '#platform/consumers.ts';
import { tasksAtMost } from '#shared/notifications/contract.ts';
import { plusMilliseconds } from '#shared/kernel/instants.ts';
import { birch, partners, sentAt } from '../../rules/engagements/builders.ts';
import { RequestCase } from './request-case.ts';
import { deliverNotice } from '../../../functions/notifications/delivery.ts';
import { openTasks } from '../../../functions/notifications/task-store.ts';
import { fill, noticesWorld } from './world.ts';

const world = noticesWorld();
beforeAll(async () => fill(world.table));

/** The most that the table of access patterns says a pattern costs. */
function documented(pattern: string): readonly [read: number, write: number] {
  const text = readFileSync(new URL('../../../docs/access-patterns.md', import.meta.url), 'utf8');
  const cells =
    text
      .split('\n')
      .find((line) => line.startsWith(`| ${pattern} |`))
      ?.split('|') ?? [];
  const [read, write] = [Number(cells[4]), Number(cells[5])];
  expect(cells, `docs/access-patterns.md has no row "${pattern}"`).toHaveLength(7);
  return [read, write];
}

async function within(pattern: string, work: () => Promise<unknown>): Promise<void> {
  const { capacity } = await measured(work);
  const [read, write] = documented(pattern);
  expect(capacity.readUnits, `${pattern}: read units`).toBeLessThanOrEqual(read);
  expect(capacity.writeUnits, `${pattern}: write units`).toBeLessThanOrEqual(write);
  expect(read - capacity.readUnits, `${pattern}: the row says more than is true`).toBeLessThan(2);
}

test('notices and tasks cost what docs/access-patterns.md says', async () => {
  const [noticing, request] = [world.start(), new RequestCase(world.table)];
  const bells = await request.send(sentAt, partners);
  const [sending, inviting] = [
    bells.find((bell) => bell.type === 'engagements.request-sent'),
    bells.find((bell) => bell.type === 'engagements.invitation-sent' && bell.aggregate.endsWith(birch)),
  ];
  if (sending === undefined || inviting === undefined) throw new Error('A sent request has these events.');
  await within('Note what an event tells', () => deliver(world.table, noticing.notices, inviting));
  await within('Make the tasks of a request anew', () => deliver(world.table, noticing.tasks, sending));
  noticing.setNow(plusMilliseconds(sentAt, 1));
  const [ref] = noticing.queued;
  if (ref === undefined) throw new Error('one notice was rung for');
  await within('Deliver a notice to two people', () => deliverNotice(noticing.parts, ref));
  expect(noticing.mail.messages).toHaveLength(2);
  await within('What there is to do for a role', () =>
    openTasks(world.table, birch, 'partner:owner', sentAt, tasksAtMost + 1),
  );
});
