import { beforeAll, expect, test } from 'vitest';
import { deliver } from '#platform/consumers.ts';
import { tasksAtMost } from '#shared/notifications/contract.ts';
import { plusMilliseconds } from '#shared/kernel/instants.ts';
import { rowsOf, unitsFor } from '../../support/access-patterns.ts';
import { birch, partners, sentAt } from '../../rules/engagements/builders.ts';
import { RequestCase } from './request-case.ts';
import { deliverNotice } from '../../../functions/notifications/delivery.ts';
import { claimedNotSent } from '../../../functions/notifications/notice-store.ts';
import { openTasks } from '../../../functions/notifications/task-store.ts';
import { fill, noticesWorld } from './world.ts';

const { expectWithin } = rowsOf('tests/api/notifications/capacity.test.ts');
const world = noticesWorld();
beforeAll(async () => fill(world.table));

async function within(pattern: string, work: () => Promise<unknown>): Promise<void> {
  expectWithin(pattern, await unitsFor(work));
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
  await within('Mails of a day that were claimed and never sent', () =>
    claimedNotSent(world.table, sentAt.slice(0, 10)),
  );
  await within('What there is to do for a role', () =>
    openTasks(world.table, birch, 'partner:owner', sentAt, tasksAtMost + 1),
  );
});
