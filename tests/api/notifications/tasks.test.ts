import { beforeAll, describe, expect, test } from 'vitest';
import { daysBetween, walkJournal } from '#platform/journal.ts';
import { measured } from '#platform/capacity.ts';
import { serve, type ApiHandler } from '#platform/http.ts';
import { randomWord } from '#platform/ids.ts';
import { sessionCookie } from '#platform/session-cookie.ts';
import { beginSession } from '#shared/accounts/session.ts';
import { everyRole } from '#shared/kernel/actors.ts';
import { organizationId, requestId } from '#shared/kernel/ids.ts';
import { day, plusMilliseconds, type Instant } from '#shared/kernel/instants.ts';
import { notificationsContract, tasksAtMost } from '#shared/notifications/contract.ts';
import { templates } from '#shared/notifications/registry.ts';
import { sampleRequest } from '#shared/notifications/sample.ts';
import { isOpen, tasksOf, type TaskKind } from '#shared/notifications/tasks.ts';
import { actorOf, sessionBegun } from '../../../functions/accounts/session-store.ts';
import { rebuildTasks, refreshTasks, verifyTasks } from '../../../functions/notifications/refresh-tasks.ts';
import { notificationsService } from '../../../functions/notifications/service.ts';
import { openTasks, taskItems } from '../../../functions/notifications/task-store.ts';
import { birch, cedar, demo, maple, sentAt } from '../../rules/engagements/builders.ts';
import { clientFor, refusalOf, testOrigin } from '../../support/client.ts';
import { RequestCase } from './request-case.ts';
import { fill, noticesWorld, organizations, people, staff } from './world.ts';

const world = noticesWorld();
const served: { handler?: ApiHandler } = {};
beforeAll(async () => {
  await fill(world.table);
  served.handler = serve(notificationsContract, notificationsService(world.table, testOrigin), {
    table: world.table,
    actorOf: actorOf(world.table),
  });
});

const oak = organizations.oak.id;
const hour = 3_600_000;
function later(hours: number): Instant {
  return plusMilliseconds(sentAt, hours * hour);
}

type Word = keyof typeof people;

async function clientOf(word: Word | undefined, at: Instant) {
  const handler: ApiHandler = async (event, context) => {
    if (served.handler === undefined) throw new Error('The world has not begun.');
    return served.handler(event, context);
  };
  if (word === undefined) return clientFor(notificationsContract, handler, { at });
  const organization = staff.find(([who]) => who === word)?.[1].id;
  const token = randomWord(52);
  const acting = { person: people[word], ...(organization === undefined ? {} : { organization }) };
  await world.table.write([sessionBegun(token, beginSession(acting, at))]);
  return clientFor(notificationsContract, handler, { at, cookies: { [sessionCookie]: token } });
}

/** The kinds of the tasks about one request that somebody is shown. */
async function kindsFor(word: Word, request: RequestCase, at: Instant): Promise<readonly TaskKind[]> {
  const { tasks } = await (await clientOf(word, at)).tasks();
  return tasks.flatMap(({ what }) => ('request' in what && what.request === request.id ? [what.kind] : []));
}

describe('the task list', () => {
  test('of each side follows the request from its sending to its end', async () => {
    const [noticing, request] = [world.start(), new RequestCase(world.table)];
    await noticing.ring(...(await request.send(sentAt, [birch, cedar])));
    expect(await kindsFor('birchowner', request, later(1))).toEqual(['answer-request']);
    expect(await kindsFor('cedarowner', request, later(1)), 'two roles, one task').toEqual(['answer-request']);
    expect(await kindsFor('birchreporter', request, later(1))).toEqual([]);
    expect(await kindsFor('superintendent', request, later(1))).toEqual([]);

    await noticing.ring(
      ...(await request.ask(later(2), birch, 1)),
      ...(await request.answer(later(3), birch, 'interested')),
    );
    expect(await kindsFor('birchowner', request, later(4))).toEqual([]);
    expect(await kindsFor('superintendent', request, later(4))).toEqual(['look-at-answers', 'answer-questions']);
    expect(await kindsFor('lead', request, later(4))).toEqual(['answer-questions', 'look-at-answers']);
    expect(await kindsFor('viewer', request, later(4))).toEqual([]);

    await noticing.ring(
      ...(await request.answerQuestion(later(5), 1)),
      ...(await request.answer(later(6), cedar, 'declined')),
    );
    expect(await kindsFor('superintendent', request, later(7))).toEqual(['record-outcome']);
    await noticing.ring(...(await request.noneSuitable(later(8))));
    expect(await kindsFor('superintendent', request, later(9))).toEqual([]);
    expect(await kindsFor('lead', request, later(9))).toEqual([]);
    expect(await kindsFor('programlead', request, later(9))).toEqual(['look-at-unmet-need']);
    expect(await kindsFor('auditor', request, later(9))).toEqual([]);
  });

  test('changes with the reply-by to the millisecond, without any event', async () => {
    const [noticing, request] = [world.start(), new RequestCase(world.table)];
    const replyBy = later(48);
    await noticing.ring(...(await request.send(sentAt, [maple], replyBy)));
    expect(await kindsFor('mapleowner', request, replyBy)).toEqual(['answer-request']);
    expect(await kindsFor('superintendent', request, replyBy)).toEqual([]);
    const after = plusMilliseconds(replyBy, 1);
    expect(await kindsFor('mapleowner', request, after)).toEqual([]);
    expect(await kindsFor('superintendent', request, after)).toEqual(['record-outcome']);
  });

  test('costs one query, whatever is stored, and shows the soonest deadlines', async () => {
    const at = later(100);
    const shift = (hours: number, n: number) => ({
      ...sampleRequest,
      program: demo,
      request: requestId.parse(`req_bulk${String(n).padStart(16, '0')}`),
      title: 'x'.repeat(160),
      district: organizationId.parse('elsewhere'),
      partners: [{ partner: oak }],
      replyBy: plusMilliseconds(at, hours * hour),
    });
    const over = Array.from({ length: 400 }, (_, n) => shift(-1 - n, n));
    const open = Array.from({ length: 25 }, (_, n) => shift(25 - n, 1000 + n));
    const facts = [...over, ...open];
    await world.table.load(facts.flatMap((one) => tasksOf(one).flatMap(taskItems)));
    const { value, capacity } = await measured(() => openTasks(world.table, oak, 'partner:owner', at, tasksAtMost + 1));
    expect(capacity.calls).toHaveLength(1);
    expect(capacity.readUnits).toBeLessThanOrEqual(1);
    expect(value).toHaveLength(tasksAtMost + 1);

    const client = await clientOf('oakowner', at);
    const { tasks, more } = await client.tasks();
    expect(more).toBe(true);
    expect(tasks).toHaveLength(tasksAtMost);
    const due = tasks.map((one) => one.due ?? '');
    expect(due).toEqual(due.toSorted());
    expect(due[0]).toBe(plusMilliseconds(at, hour));
  });
});

test('a refresh that read earlier never replaces what a later one wrote', async () => {
  const [noticing, request] = [world.start(), new RequestCase(world.table)];
  await request.send(sentAt, [birch]);
  const subject = { kind: 'request', program: demo, request: request.id } as const;
  const held: { release: () => void } = { release: () => undefined };
  const gate = new Promise<void>((resolve) => (held.release = resolve));
  const { sources } = noticing.parts;
  let first = true;
  const slow = {
    ...noticing.parts,
    sources: {
      ...sources,
      async request(...given: Parameters<typeof sources.request>) {
        const found = await sources.request(...given);
        if (first) {
          first = false;
          await gate;
        }
        return found;
      },
    },
  };
  const late = refreshTasks(slow, subject);
  await request.answer(later(1), birch, 'declined');
  await refreshTasks(noticing.parts, subject);
  held.release();
  await late;
  expect(await kindsFor('birchowner', request, later(2))).toEqual([]);
  expect(await kindsFor('superintendent', request, later(2))).toEqual(['record-outcome']);
});

test('tasks made anew from the journal equal the live ones, and what is wrong is found', async () => {
  const noticing = world.start();
  const days = [day.parse('2027-01-10'), day.parse('2027-01-18')] as const;
  await rebuildTasks(noticing.parts, walkJournal(noticing.parts.table, daysBetween(...days)));
  const { tasks, differences } = await verifyTasks(
    noticing.parts,
    walkJournal(noticing.parts.table, daysBetween(...days)),
    sentAt,
  );
  expect(differences).toEqual([]);
  expect(tasks).toBeGreaterThan(0);

  const request = new RequestCase(world.table);
  await noticing.ring(...(await request.send(sentAt, [birch])));
  await request.answer(later(1), birch, 'declined');
  const found = await verifyTasks(noticing.parts, walkJournal(noticing.parts.table, daysBetween(...days)), sentAt);
  expect(new Set(found.differences.map((one) => one.fault))).toEqual(new Set(['missing', 'unexpected']));
});

test('what a key range shows is what the facts say is open', () => {
  const instants = Array.from({ length: 601 }, (_, n) => later(n - 100));
  for (const answered of [false, true]) {
    for (const ended of [false, true]) {
      const answer = answered ? { answer: { kind: 'interested' as const, at: later(-50) } } : {};
      const facts = {
        ...sampleRequest,
        partners: [{ partner: birch, ...answer }, { partner: cedar }],
        ...(ended ? { ended: { how: 'none-suitable' as const, at: later(-40), awarded: [] } } : {}),
      };
      // the facts are read when they hold: nothing that has an end begins after that
      const since = later(0);
      for (const task of tasksOf(facts)) {
        for (const { sk } of taskItems(task)) {
          const shown = instants.filter(
            (at) => at >= since && sk >= `VIEW#tasks#1#${at}` && sk <= `VIEW#tasks#2#${at}#~`,
          );
          expect(shown).toEqual(instants.filter((at) => at >= since && isOpen(task, at)));
        }
      }
    }
  }
});

describe('the routes', () => {
  test('are for people who are signed in; the templates for the agency', async () => {
    const nobody = await clientOf(undefined, later(1));
    expect(await refusalOf(nobody.tasks())).toMatchObject({ status: 401 });
    expect(await refusalOf(nobody.templates())).toMatchObject({ status: 401 });
    expect(await refusalOf((await clientOf('birchowner', later(1))).templates())).toMatchObject({ status: 403 });
    expect(await refusalOf((await clientOf('lead', later(1))).templates())).toMatchObject({ status: 403 });
    expect(await (await clientOf('stranger', later(1))).tasks()).toEqual({ tasks: [], more: false });
    expect(notificationsContract.templates['~orpc'].meta.access).toEqual(
      everyRole.filter((one) => one.startsWith('agency:')),
    );
  });

  test('show every template with its sample to an auditor', async () => {
    const found = await (await clientOf('auditor', later(1))).templates();
    expect(found.templates.map((one) => one.name)).toEqual(templates.map((one) => one.name));
    for (const one of found.templates) expect(one.address.startsWith(`${testOrigin}/`)).toBe(true);
  });
});
