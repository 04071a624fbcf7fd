import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { aggregateName, commit } from '#platform/aggregates.ts';
import { catchUp, type Doorbell } from '#platform/consumers.ts';
import { metrics } from '#platform/log.ts';
import { daysBetween, walkJournal } from '#platform/journal.ts';
import { rebuild, verify } from '#platform/projections.ts';
import { askToJoin, decideJoin } from '#shared/accounts/join-rules.ts';
import { day, plusMilliseconds, type Instant } from '#shared/kernel/instants.ts';
import { deliverNotice } from '../../../functions/notifications/delivery.ts';
import { claim, claimedNotSent, noticeId } from '../../../functions/notifications/notice-store.ts';
import { joinStep } from '../../../functions/accounts/join-store.ts';
import { loadHeads } from '../../../functions/accounts/store.ts';
import { afterReplyBy, birch, cedar, maple, partners, sentAt } from '../../rules/engagements/builders.ts';
import { RequestCase } from './request-case.ts';
import {
  addPerson,
  addressOf,
  fill,
  noticesWorld,
  organizations,
  people,
  removePerson,
  type Noticing,
} from './world.ts';

const world = noticesWorld();
beforeAll(async () => fill(world.table));

const hour = 3_600_000;
function later(hours: number): Instant {
  return plusMilliseconds(sentAt, hours * hour);
}

const birchStaff = ['bircheditor', 'birchowner'];
const asked = /^Answer by/;

/** A sent request whose notices wait in the queue. */
async function sentRequest(
  to: readonly (typeof birch)[] = [birch],
): Promise<{ readonly noticing: Noticing; readonly request: RequestCase; readonly bells: readonly Doorbell[] }> {
  const [noticing, request] = [world.start(), new RequestCase(world.table)];
  const bells = await request.send(sentAt, to);
  await noticing.ring(...bells);
  return { noticing, request, bells };
}

/** As the mail server's client reports that nobody answered at its address. */
function unreachable(): Error {
  return Object.assign(new Error('connect ECONNREFUSED'), { code: 'ESOCKET', command: 'CONN' });
}

describe('a notice', () => {
  test('reaches everybody who can act on it in one mail each, and nobody else', async () => {
    const { noticing } = await sentRequest(partners);
    await noticing.deliverAll(later(1));
    expect(noticing.mail.got(asked)).toEqual([...birchStaff, 'cedarowner', 'mapleowner']);
    const [first] = noticing.mail.messages;
    expect(first?.to).toMatch(/^[^,\s]+@example\.invalid$/);
    expect(first?.text).toContain('Fernhill asks whether you can help.');
    expect(first?.text).toMatch(/https:\/\/partners\.test\/demo\/invitations\/req_/);
    for (const one of noticing.mail.messages) {
      const others = ['Birch', 'Cedar', 'Maple'].filter((name) => one.text.includes(name));
      expect(others, 'a partner never reads of another').toHaveLength(1);
    }
  });

  test('is not sent once it was answered, withdrawn, decided or the time is over', async () => {
    const ends: readonly ((request: RequestCase) => Promise<readonly Doorbell[]>)[] = [
      (request) => request.answer(later(1), birch, 'interested'),
      (request) => request.answer(later(1), birch, 'declined'),
      (request) => request.withdraw(later(1)),
      (request) => request.noneSuitable(later(1)),
    ];
    for (const end of ends) {
      const { noticing, request } = await sentRequest();
      // the consumers have not heard of it: the delivery reads the facts themselves
      await end(request);
      await noticing.deliverAll(later(2));
      expect(noticing.mail.messages).toEqual([]);
    }
    const { noticing } = await sentRequest();
    await noticing.deliverAll(afterReplyBy);
    expect(noticing.mail.messages).toEqual([]);
  });

  test('of a week ago is not sent any more', async () => {
    const { noticing, bells } = await sentRequest();
    await noticing.deliverAll(later(7 * 24 + 1));
    expect(noticing.mail.messages).toEqual([]);
    await noticing.ring(...bells);
    expect(noticing.queued).toEqual([]);
  });

  test('does not reach somebody who was removed, and reaches who came meanwhile', async () => {
    const { noticing } = await sentRequest([cedar]);
    await addPerson(world.table, organizations.cedar, people.stranger, ['partner:editor', 'partner:owner'], later(1));
    await removePerson(world.table, organizations.cedar, people.cedarowner, later(2));
    await noticing.deliverAll(later(3));
    expect(noticing.mail.got(asked)).toEqual(['stranger']);
    await addPerson(world.table, organizations.cedar, people.cedarowner, ['partner:owner', 'partner:editor'], later(4));
    await removePerson(world.table, organizations.cedar, people.stranger, later(5));
  });

  test('of a partner that answered goes to the district, the last answer only', async () => {
    const { noticing, request } = await sentRequest([birch, maple]);
    await noticing.deliverAll(later(1));
    await noticing.ring(...(await request.answer(later(2), birch, 'interested')));
    await noticing.ring(...(await request.answer(later(3), birch, 'declined')));
    await noticing.deliverAll(later(4));
    expect(noticing.mail.got(/interested/)).toEqual([]);
    expect(noticing.mail.got(/Birch Learning has declined/)).toEqual(['lead', 'superintendent']);
  });

  test('of an outcome tells each partner its own, and the state of a need that stays unmet', async () => {
    const { noticing, request } = await sentRequest(partners);
    for (const partner of [birch, cedar])
      await noticing.ring(...(await request.answer(later(1), partner, 'interested')));
    await noticing.ring(...(await request.answer(later(1), maple, 'declined')));
    noticing.queued.splice(0);
    await noticing.ring(...(await request.award(later(2), birch)));
    await noticing.deliverAll(later(3));
    expect(noticing.mail.got(/^Chosen/)).toEqual(birchStaff);
    expect(noticing.mail.got(/^Not chosen/)).toEqual(['cedarowner']);
    expect(noticing.mail.messages).toHaveLength(3);

    const other = await sentRequest([birch]);
    other.noticing.queued.splice(0);
    await other.noticing.ring(...(await other.request.noneSuitable(later(2))));
    await other.noticing.deliverAll(later(3));
    expect(other.noticing.mail.got(/^No partner suits Fernhill/)).toEqual(['programlead']);
  });

  test('of a request to join goes to those in charge, and of the decision to the person', async () => {
    const noticing = world.start();
    const { birch: organization } = organizations;
    const heads = await loadHeads(world.table, organization.id);
    const stranger = { kind: 'person', person: people.stranger } as const;
    const wish = askToJoin(undefined, organization, undefined, heads.people, stranger, later(1));
    if (!wish.ok || wish.value === undefined) throw new Error('The stranger may ask.');
    const step = joinStep(organization, undefined, wish.value);
    const asking = await commit(world.table, [step], later(1), { kind: 'person', person: people.stranger });
    if (!asking.ok) throw new Error('It could not be written.');
    const bells = (sequence: number, type: string): Doorbell => ({
      aggregate: aggregateName(step.key),
      sequence,
      type,
      program: step.key.program,
    });
    await noticing.ring(bells(1, 'accounts.join-requested'));
    await noticing.deliverAll(later(2));
    expect(noticing.mail.got(/asks to join Birch Learning/)).toEqual(['birchowner']);
    expect(JSON.stringify(noticing.mail.messages)).not.toContain('stranger');

    const [event] = asking.value;
    const actor = {
      kind: 'person',
      person: people.birchowner,
      acting: { organization: organization.id, kind: 'partner', roles: ['partner:owner'] },
    } as const;
    const decided = decideJoin(
      wish.value.next,
      organization,
      undefined,
      heads.people,
      { decision: 'declined' },
      actor,
      later(3),
    );
    if (!decided.ok || event === undefined) throw new Error('The owner may decide.');
    const before = { state: wish.value.next, version: 1, head: event.hash };
    const second = await commit(world.table, [joinStep(organization, before, decided.value.request)], later(3), {
      kind: 'person',
      person: people.birchowner,
    });
    expect(second.ok).toBe(true);
    await noticing.ring(bells(2, 'accounts.join-decided'));
    await noticing.deliverAll(later(4));
    expect(noticing.mail.got(/was declined/)).toEqual(['stranger']);
  });
});

describe('at most one mail', () => {
  test('comes of duplicate, reordered, dropped and repeated bells and deliveries', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.infiniteStream(fc.nat({ max: 3 })), async (order, faults) => {
        const [noticing, request] = [world.start(), new RequestCase(world.table)];
        const bells = [
          ...(await request.send(sentAt, [birch, maple])),
          ...(await request.ask(later(1), birch, 1)),
          ...(await request.answer(later(2), birch, 'interested')),
          ...(await request.amend(later(3), 'Two schools.')),
          ...(await request.amend(later(4), 'One school.')),
        ];
        const newest = new Map(bells.map((bell) => [bell.aggregate, bell]));
        // the last bell of an aggregate arrives in the end; any other may be lost
        const arriving = bells.flatMap((bell) => {
          const copies =
            newest.get(bell.aggregate) === bell ? 1 + ((faults.next().value ?? 0) % 3) : (faults.next().value ?? 0);
          return Array.from({ length: copies }, () => bell);
        });
        const shuffled = arriving
          .map((bell) => ({ bell, rank: order.next().value ?? 0 }))
          .sort((a, b) => a.rank - b.rank);
        for (const { bell } of shuffled) await noticing.ring(bell);

        noticing.setNow(later(5));
        noticing.mail.before = async () => {
          if (faults.next().value === 0) throw unreachable();
        };
        const queue = [...noticing.queued, ...noticing.queued]
          .map((ref) => ({ ref, rank: order.next().value ?? 0 }))
          .sort((a, b) => a.rank - b.rank);
        for (const { ref } of queue) await deliverNotice(noticing.parts, ref).catch(() => undefined);
        noticing.mail.before = async () => undefined;
        for (const { ref } of queue) await deliverNotice(noticing.parts, ref);

        const ids = noticing.mail.messages.map((one) => one.messageId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(noticing.mail.got(asked)).toEqual(['mapleowner']);
        expect(noticing.mail.got(/^A question about/)).toEqual(['lead', 'superintendent']);
        expect(noticing.mail.got(/is interested/)).toEqual(['lead', 'superintendent']);
        expect(noticing.mail.got(/^Changed \(no\. 1\)/)).toEqual([]);
        expect(noticing.mail.got(/^Changed \(no\. 2\)/)).toEqual([...birchStaff, 'mapleowner']);
      }),
      { numRuns: 5 },
    );
  }, 120_000);

  test('comes of many workers at once', async () => {
    const { noticing } = await sentRequest();
    noticing.setNow(later(1));
    const [ref] = noticing.queued;
    if (ref === undefined) throw new Error('one notice was rung for');
    await Promise.all(Array.from({ length: 6 }, () => deliverNotice(noticing.parts, ref)));
    expect(noticing.mail.got(asked)).toEqual(birchStaff);
  });

  test('leaves when the mail server was away at first, to those who have none yet', async () => {
    const { noticing } = await sentRequest();
    noticing.setNow(later(1));
    const [ref] = noticing.queued;
    if (ref === undefined) throw new Error('one notice was rung for');
    noticing.mail.before = async (message) => {
      if (message.to === addressOf('bircheditor')) throw unreachable();
    };
    await expect(deliverNotice(noticing.parts, ref)).rejects.toThrow(/could not be handed over/);
    expect(noticing.mail.got(asked)).toEqual(['birchowner']);
    noticing.mail.before = async () => undefined;
    await deliverNotice(noticing.parts, ref);
    expect(noticing.mail.got(asked)).toEqual(birchStaff);
    expect(await lostOf(ref)).toEqual([]);
  });

  test('is not repeated when the server may have taken it, and is then shown as claimed and not sent', async () => {
    const { noticing } = await sentRequest();
    noticing.setNow(later(1));
    const [ref] = noticing.queued;
    if (ref === undefined) throw new Error('one notice was rung for');
    noticing.mail.after = async (message) => {
      if (message.to === addressOf('birchowner'))
        throw Object.assign(new Error('timeout'), { code: 'ETIMEDOUT', command: 'DATA' });
    };
    const counted = vi.spyOn(metrics, 'addMetric');
    await deliverNotice(noticing.parts, ref);
    await deliverNotice(noticing.parts, ref);
    expect(noticing.mail.got(asked)).toEqual(birchStaff);
    expect(await lostOf(ref)).toEqual([people.birchowner]);
    expect(counted.mock.calls).toEqual([['mailsLost', 'Count', 1]]);
    counted.mockRestore();
  });

  test('is lost, and shown, when the process ends between claim and sending; the others get theirs', async () => {
    const { noticing } = await sentRequest();
    const [ref] = noticing.queued;
    if (ref === undefined) throw new Error('one notice was rung for');
    expect(await claim(world.table, noticeId(ref), people.birchowner, later(1))).toBe(true);
    await noticing.deliverAll(later(2));
    expect(noticing.mail.got(asked)).toEqual(['bircheditor']);
    expect(await lostOf(ref)).toEqual([people.birchowner]);
  });

  async function lostOf(ref: Parameters<typeof noticeId>[0]) {
    const lost = await claimedNotSent(world.table, later(1).slice(0, 10));
    return lost.filter((one) => one.notice === noticeId(ref)).map((one) => one.person);
  }
});

test('a notice whose own bell was lost is rung for with the next event, and a finished one never again', async () => {
  const [noticing, request] = [world.start(), new RequestCase(world.table)];
  await noticing.ring(...(await request.send(sentAt, [birch])));
  noticing.queued.splice(0);
  const answered = await request.answer(later(1), birch, 'interested');
  await noticing.ring(...answered);
  expect(noticing.queued.map((one) => one.template)).toEqual([
    'request-sent-to-partner',
    'invitation-answered-to-district',
  ]);
  await noticing.deliverAll(later(2));
  await noticing.ring(...answered);
  expect(noticing.queued).toEqual([]);
});

test('rebuilt notices equal the live ones, and a rebuild mails nobody', async () => {
  const { noticing } = await sentRequest(partners);
  const days = [day.parse('2027-01-11'), day.parse('2027-01-11')] as const;
  await catchUp(world.table, [noticing.notices], walkJournal(world.table, daysBetween(...days)));
  noticing.queued.splice(0);
  const live = await verify(world.table, noticing.notices, walkJournal(world.table, daysBetween(...days)));
  expect(live.differences).toEqual([]);
  expect(live.views).toBeGreaterThanOrEqual(3);
  await rebuild(world.table, noticing.notices, walkJournal(world.table, daysBetween(...days)));
  expect(noticing.queued).toEqual([]);
  expect(await verify(world.table, noticing.notices, walkJournal(world.table, daysBetween(...days)))).toEqual(live);
});
