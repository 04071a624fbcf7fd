import { beforeAll, describe, expect, test } from 'vitest';
import { declaredRoutes, type DeclaredRoute } from '#shared/contract/routes.ts';
import { everyRole, type Actor, type Role } from '#shared/kernel/actors.ts';
import type { OrganizationId } from '#shared/kernel/ids.ts';
import type { ApiHandler } from '#platform/http.ts';
import { newId } from '#platform/ids.ts';
import { aContent } from '../rules/catalogue/builders.ts';
import { fernhill, interest, sent, drafted, start } from '../api/engagements/world.ts';
import { send, testOrigin } from '../support/client.ts';
import { testTable } from '../support/table.ts';
import {
  birch,
  fillEstate,
  head,
  headRoleOf,
  organizationOf,
  owner,
  plainMember,
  programs,
  somebody,
  storyOf,
  strangers,
} from './estate.ts';
import { memoryFiles, sessionOf, siteOn } from './site.ts';

/**
 * Whose is it? For every route and every role that may call it: the owner succeeds, people with the same
 * role in another organization or another program find nothing, and the owner finds nothing in another
 * program. A route without an entry here fails.
 */

const engine = testTable();
let site: Readonly<Record<DeclaredRoute['context'], ApiHandler>>;
beforeAll(async () => {
  await fillEstate(engine.table);
  site = siteOn(engine.table, memoryFiles(), programs);
});

/** What a call needs beside its route. */
interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Who owns it, where that is not the holder of the role in the estate. */
  readonly as?: Actor;
}

type Entry =
  /** Nobody's: anybody reads the same. */
  | 'public'
  /** Names nothing of anybody's; it concerns the caller alone. */
  | 'own'
  | {
      /** What the owner in this role asks for, made anew for each call that succeeds. */
      readonly prepare: (role: Role) => Promise<Input>;
      /** A list shows strangers theirs, so nothing of ours; everything else is not there. */
      readonly strangersSee?: 'nothing';
      /** A partner acts in every program: in another one its lists are empty. */
      readonly elsewhere?: 'nothing';
    };

/** Makes what is prepared differ from call to call. */
let asked = 0;

const demo = { program: 'demo' };
const story = () => storyOf(site.engagements);
const ofBirch = { ...demo, partner: birch };

async function aRequest(given: Readonly<Record<string, unknown>> = {}) {
  const { request } = await sent(story(), [birch], given);
  return { ...demo, request };
}

async function aDraft() {
  const { request } = await drafted(story(), [birch]);
  return { ...demo, request };
}

async function aQuestion() {
  const params = await aRequest();
  const question = newId('que');
  await story()
    .as(birch, 'partner:owner')
    .invitations.ask({ params, body: { id: question, words: 'When?' } });
  return { ...params, question };
}

/** The listing's draft, changed a little, in its present version. */
async function theDraft(held: Role) {
  const now = await call(route('catalogue.listing.edit'), owner(held), { params: ofBirch });
  const { draftVersion }: { draftVersion: number } = await now.json();
  return draftVersion;
}

async function aSavedDraft(held: Role) {
  const content = aContent({
    name: 'birch partners',
    summary: `Said the ${(asked += 1)}th time`,
    offerings: [],
    findings: [],
    sites: [],
  });
  const body = { content, version: await theDraft(held) };
  const saved = await call(route('catalogue.listing.save'), owner('partner:owner'), { params: ofBirch, body });
  const { draftVersion }: { draftVersion: number } = await saved.json();
  return { params: ofBirch, body: { version: draftVersion } };
}

async function anInvitation(of: OrganizationId) {
  const invitation = newId('inv');
  const body = { id: invitation, roles: [headRoleOf(of)] };
  const made = await call(route('accounts.invitations.make'), head(of), { params: { organization: of }, body });
  const { token }: { token: string } = await made.json();
  return { invitation, token };
}

async function aJoinRequest(of: OrganizationId) {
  const person = somebody(`asks-${(asked += 1)}`);
  await call(route('accounts.joinRequests.ask'), person, { params: { organization: of }, body: {} });
  return { person: person.kind === 'person' ? person.person : '' };
}

const ofOwn = (held: Role) => ({ organization: organizationOf(held) });
const inHead = (held: Role) => ({ ...ofOwn(held), as: head(organizationOf(held)) });

/** By the route's name. */
const entries: Readonly<Record<string, Entry>> = {
  'accounts.signIn.begin': 'public',
  'accounts.signIn.callback': 'public',
  'accounts.signIn.signOut': 'public',
  'accounts.session.get': 'public',
  'accounts.session.act': 'own',
  'accounts.organizations.get': { prepare: async (held) => ({ params: ofOwn(held) }) },
  'accounts.members.list': { prepare: async (held) => ({ params: ofOwn(held) }) },
  'accounts.members.change': {
    prepare: async (held) => {
      const { as, ...params } = inHead(held);
      const person = (await aMember(organizationOf(held))).person;
      return { as, params: { ...params, person }, body: { roles: [headRoleOf(organizationOf(held))], version: 1 } };
    },
  },
  'accounts.members.remove': {
    prepare: async (held) => {
      const { as, ...params } = inHead(held);
      return { as, params: { ...params, person: (await aMember(organizationOf(held))).person } };
    },
  },
  'accounts.invitations.list': { prepare: async (held) => ({ params: ofOwn(held) }) },
  'accounts.invitations.make': {
    prepare: async (held) => ({ params: ofOwn(held), body: { id: newId('inv'), roles: [held] } }),
  },
  'accounts.invitations.withdraw': {
    prepare: async (held) => {
      const { invitation } = await anInvitation(organizationOf(held));
      return { params: { ...ofOwn(held), invitation } };
    },
  },
  'accounts.invitations.look': 'public',
  'accounts.invitations.use': 'own',
  'accounts.joinRequests.list': { prepare: async (held) => ({ params: ofOwn(held) }) },
  'accounts.joinRequests.ask': 'own',
  'accounts.joinRequests.decide': {
    prepare: async (held) => ({
      params: { ...ofOwn(held), ...(await aJoinRequest(organizationOf(held))) },
      body: { decision: 'declined' },
    }),
  },
  'accounts.districts.list': 'public',
  'accounts.districts.get': 'public',
  'catalogue.programs.list': 'public',
  'catalogue.programs.get': 'public',
  'partners.list': 'public',
  'partners.manifest': 'public',
  'partners.json': 'public',
  'partners.csv': 'public',
  'catalogue.partners.get': 'public',
  'catalogue.partners.changes': 'public',
  'catalogue.changes': 'public',
  'catalogue.listing.edit': { prepare: async () => ({ params: ofBirch }) },
  'catalogue.listing.save': {
    prepare: async (held) => ({
      params: ofBirch,
      body: { content: aContent({ name: 'birch partners' }), version: await theDraft(held) },
    }),
  },
  'catalogue.listing.publish': { prepare: aSavedDraft },
  'catalogue.listing.discard': { prepare: aSavedDraft },
  'catalogue.approve': {
    prepare: async () => {
      const page = await call(route('catalogue.partners.get'), { kind: 'public' }, { params: ofBirch });
      const { approvals }: { approvals: readonly { version: number }[] } = await page.json();
      const decision = { act: 'set-condition', text: 'Send a report.' };
      return { params: { ...ofBirch, area: 'data-use' }, body: { version: approvals[0]?.version, decision } };
    },
  },
  'engagements.requests.list': {
    prepare: async () => {
      await aDraft();
      return { params: demo };
    },
    strangersSee: 'nothing',
  },
  'engagements.requests.draft': {
    prepare: async () => ({ params: demo, body: { id: newId('req') } }),
    strangersSee: 'nothing',
  },
  'engagements.requests.get': { prepare: async () => ({ params: await aRequest() }) },
  'engagements.requests.edit': {
    prepare: async () => ({
      params: await aDraft(),
      body: { version: 1, content: { need: { title: 'Other', words: '' } } },
    }),
  },
  'engagements.requests.send': { prepare: async () => ({ params: await aDraft(), body: { version: 1 } }) },
  'engagements.requests.amend': {
    prepare: async () => ({
      params: await aRequest(),
      body: { version: 2, amendment: { words: 'More.', students: 9 } },
    }),
  },
  'engagements.requests.withdraw': {
    prepare: async () => ({ params: await aRequest(), body: { version: 2, reason: 'need-changed' } }),
  },
  'engagements.requests.recordOutcome': {
    prepare: async () => ({
      params: await aRequest(),
      body: { version: 2, outcome: { kind: 'cancelled', reason: 'money-gone' } },
    }),
  },
  'engagements.requests.questions': { prepare: async () => ({ params: await aRequest() }) },
  'engagements.requests.answerQuestion': {
    prepare: async () => ({ params: await aQuestion(), body: { version: 1, words: 'Soon.' } }),
  },
  'engagements.requests.comments': { prepare: async () => ({ params: await aRequest() }) },
  'engagements.requests.comment': {
    prepare: async () => ({ params: await aRequest(), body: { id: newId('com'), words: 'Good.' } }),
  },
  'engagements.invitations.list': {
    prepare: async () => {
      await aRequest();
      return { params: demo };
    },
    strangersSee: 'nothing',
    elsewhere: 'nothing',
  },
  'engagements.invitations.get': { prepare: async () => ({ params: await aRequest() }) },
  'engagements.invitations.questions': { prepare: async () => ({ params: await aRequest() }) },
  'engagements.invitations.seen': { prepare: async () => ({ params: await aRequest(), body: { amendments: 0 } }) },
  'engagements.invitations.answer': { prepare: async () => ({ params: await aRequest(), body: { answer: interest } }) },
  'engagements.invitations.ask': {
    prepare: async () => ({ params: await aRequest(), body: { id: newId('que'), words: 'When?' } }),
  },
  'engagements.engagements.list': {
    prepare: async () => ({ params: demo }),
    strangersSee: 'nothing',
    elsewhere: 'nothing',
  },
  'engagements.demand.get': { prepare: async () => ({ params: demo }) },
  'engagements.demand.unmet': { prepare: async () => ({ params: demo }) },
  'notifications.tasks': 'own',
  'notifications.templates': 'own',
  'service.health': 'public',
  'service.openapi': 'public',
};

function route(name: string): DeclaredRoute {
  const found = declaredRoutes.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no route ${name}.`);
  return found;
}

let calls = 0;

async function call(of: DeclaredRoute, actor: Actor, { params = {}, body }: Input): Promise<Response> {
  const path = of.path.replace(/\{(\w+)\}/g, (_, word: string) => params[word] ?? `no-${word}`);
  const content =
    of.method === 'GET' || of.method === 'DELETE'
      ? {}
      : { body: JSON.stringify(body ?? {}), headers: { 'content-type': 'application/json' } };
  calls += 1;
  const visit = { at: start, cookies: sessionOf(actor), address: `203.0.113.${calls % 250}` };
  return send(site[of.context], new Request(`${testOrigin}${path}`, { method: of.method, ...content }), visit);
}

/** A new member of the organization, invited by who is in charge of it. */
async function aMember(of: OrganizationId) {
  const { token } = await anInvitation(of);
  const joining = somebody(`joins-${(asked += 1)}`);
  await call(route('accounts.invitations.use'), joining, { body: { token } });
  return { person: joining.kind === 'person' ? joining.person : plainMember(of) };
}

async function expectNothing(answer: Response, sees: 'nothing' | undefined, whose: string): Promise<void> {
  const text = await answer.text();
  if (answer.status === 404) {
    expect(JSON.parse(text), whose).toMatchObject({ code: 'not-found' });
    return;
  }
  expect([whose, sees, answer.status, text], text).toEqual([whose, 'nothing', 200, text]);
  const body: { items?: readonly unknown[] } = JSON.parse(text);
  expect(body.items ?? [], whose).toEqual([]);
}

test('every route says here whose it is, and no other does', () => {
  expect(Object.keys(entries).toSorted()).toEqual(declaredRoutes.map((one) => one.name).toSorted());
});

const owned = declaredRoutes.flatMap((one) => {
  const entry = entries[one.name];
  return entry === undefined || typeof entry === 'string' ? [] : [{ one, entry }];
});
const nobodys = declaredRoutes.filter((one) => typeof entries[one.name] === 'string');

test.each(nobodys.map((one) => [one.name, one] as const))('%s names nothing that is somebody else’s', (name, one) => {
  expect(one.meta.access === 'public').toBe(entries[name] === 'public');
  // whatever an address names beyond a program and what is public of it has an owner
  expect(one.path).not.toMatch(/\{(request|invitation|person|question)\}/);
});

describe.each(owned.map(({ one, entry }) => [one.name, one, entry] as const))('%s', (_, one, entry) => {
  const { access } = one.meta;
  const roles = access === 'public' ? [] : access === 'signed-in' ? everyRole : access;
  test('is for somebody', () => expect(roles.length).toBeGreaterThan(0));

  test.each(roles)('as %s: ours, and nobody else’s', async (held) => {
    const input = await entry.prepare(held);
    const askers = one.method === 'GET' || entry.strangersSee === undefined ? strangers(held) : [];
    for (const stranger of askers) {
      const sees = stranger.acting?.program === 'other' ? undefined : entry.strangersSee;
      await expectNothing(await call(one, stranger, input), sees, `a stranger of ${stranger.acting?.organization}`);
    }
    if (one.path.includes('{program}')) {
      const away = { ...input, params: { ...input.params, program: 'other' } };
      const sees = held.startsWith('partner:') ? entry.elsewhere : undefined;
      await expectNothing(await call(one, input.as ?? owner(held), away), sees, 'the owner in another program');
    }
    const own = await call(one, input.as ?? owner(held), input);
    expect(own.status, await own.clone().text()).toBe(200);
  });
});

test('a list of ours is full where a stranger’s is empty', async () => {
  await aRequest();
  for (const [name, held] of [
    ['engagements.requests.list', 'district:viewer'],
    ['engagements.invitations.list', 'partner:viewer'],
  ] as const) {
    const answer = await call(route(name), owner(held), { params: demo });
    const { items }: { items: readonly unknown[] } = await answer.json();
    expect([name, items.length > 0]).toEqual([name, true]);
  }
  expect(organizationOf('district:viewer')).toBe(fernhill);
});
