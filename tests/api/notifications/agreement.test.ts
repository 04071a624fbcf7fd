import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { OrganizationId } from '#shared/kernel/ids.ts';
import { plusMilliseconds, type Instant } from '#shared/kernel/instants.ts';
import { templateOf, templates } from '#shared/notifications/registry.ts';
import { deliverNotice } from '../../../functions/notifications/delivery.ts';
import { noticeId } from '../../../functions/notifications/notice-store.ts';
import { openTasks } from '../../../functions/notifications/task-store.ts';
import { birch, cedar, maple, partners, sentAt } from '../../rules/engagements/builders.ts';
import { RequestCase } from './request-case.ts';
import { addressOf, fill, noticesWorld, staff } from './world.ts';

const world = noticesWorld();
beforeAll(async () => fill(world.table));

function later(hours: number): Instant {
  return plusMilliseconds(sentAt, hours * 3_600_000);
}

/** Acts on a request in the order of time; one that the rules refuse at its moment changes nothing. */
const acts = fc.array(
  fc.record({
    act: fc.constantFrom(
      'interested',
      'declined',
      'ask',
      'answer-question',
      'amend',
      'withdraw',
      'award',
      'none-suitable',
    ),
    partner: fc.constantFrom(birch, cedar, maple),
    hours: fc.integer({ min: 1, max: 40 }),
  }),
  { maxLength: 7 },
);

async function perform(
  request: RequestCase,
  { act, partner }: { act: string; partner: OrganizationId },
  at: Instant,
  turn: number,
) {
  switch (act) {
    case 'interested':
    case 'declined':
      return request.answer(at, partner, act);
    case 'ask':
      return request.ask(at, partner, turn);
    case 'answer-question':
      return request.answerQuestion(at, turn - 1);
    case 'amend':
      return request.amend(at, `Change ${turn}`);
    case 'withdraw':
      return request.withdraw(at);
    case 'award':
      return request.award(at, partner);
    default:
      return request.noneSuitable(at);
  }
}

test('mails that ask for something and open tasks agree, whatever happened and in whatever order it is heard', async () => {
  await fc.assert(
    fc.asyncProperty(acts, fc.infiniteStream(fc.nat()), fc.integer({ min: 0, max: 160 }), async (list, order, end) => {
      const [noticing, request] = [world.start(), new RequestCase(world.table)];
      const bells = [...(await request.send(sentAt, partners, later(72)))];
      let hours = 0;
      for (const [turn, one] of list.entries()) {
        hours += one.hours;
        if (hours > end) break;
        bells.push(...(await perform(request, one, later(hours), turn).catch(() => [])));
      }
      const shuffled = bells.map((bell) => ({ bell, rank: order.next().value ?? 0 })).sort((a, b) => a.rank - b.rank);
      for (const { bell } of shuffled) await noticing.ring(bell);

      const at = later(end);
      const wanted = new Set<string>();
      const refs = new Map(noticing.queued.splice(0).map((ref) => [noticeId(ref), ref]));
      noticing.setNow(at);
      for (const ref of refs.values()) {
        const before = noticing.mail.messages.length;
        await deliverNotice(noticing.parts, ref);
        const { todo } = templateOf(ref.template);
        if (todo.length === 0) continue;
        for (const message of noticing.mail.messages.slice(before)) wanted.add(`${message.to} ${todo.join()}`);
      }

      const shown = new Set<string>();
      for (const [word, organization, roles] of staff) {
        for (const role of roles) {
          for (const { task } of await openTasks(world.table, organization.id, role, at, 1000)) {
            const { what } = task;
            if (!('request' in what) || what.request !== request.id) continue;
            // opened by the passing of time alone: no event, so no mail
            if (what.kind === 'record-outcome' && what.answers === 0) continue;
            const kinds = templates.find((one) => one.todo.includes(what.kind))?.todo ?? [];
            shown.add(`${addressOf(word)} ${kinds.join()}`);
          }
        }
      }
      expect([...wanted].toSorted()).toEqual([...shown].toSorted());
    }),
    { numRuns: 25 },
  );
}, 120_000);
