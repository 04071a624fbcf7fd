import { addMember, removeMember } from '#shared/accounts/rules.ts';
import type { Organization } from '#shared/accounts/model.ts';
import type { Role } from '#shared/kernel/actors.ts';
import { organizationId, personId, type PersonId } from '#shared/kernel/ids.ts';
import { instant, type Instant } from '#shared/kernel/instants.ts';
import { commit } from '#platform/aggregates.ts';
import { deliver, type Consumer, type Doorbell } from '#platform/consumers.ts';
import type { Mail, Message } from '#platform/mail.ts';
import { readPrograms } from '#platform/programs.ts';
import type { Queues } from '#platform/queue.ts';
import type { Table } from '#platform/table.ts';
import { importOrganizations, importPeople } from '../../../functions/accounts/import.ts';
import { loadHeads, loadMembership, memberChange } from '../../../functions/accounts/store.ts';
import { askContexts } from '../../../functions/notifications/ask-contexts.ts';
import { deliverNotice, type DeliveryParts } from '../../../functions/notifications/delivery.ts';
import { noticeRef, type NoticeRef } from '../../../functions/notifications/notice-store.ts';
import { noticesConsumer, tasksConsumer } from '../../../functions/notifications/reactions.ts';
import { birch, cedar, demo, district, maple } from '../../rules/engagements/builders.ts';
import { put } from '../accounts/world.ts';
import { testOrigin } from '../../support/client.ts';
import { testTable } from '../../support/table.ts';

export const agency = organizationId.parse('orvale-education-agency');

const fernhill = {
  orgCode: '0001',
  type: 'Public',
  state: 'Orvale',
  grades: [],
  beyondGrade12: false,
  earlierEnrollment: [],
};

export const organizations = {
  district: { kind: 'district', id: district, name: 'Fernhill', program: demo, facts: fernhill },
  birch: { kind: 'partner', id: birch, name: 'Birch Learning', introducedBy: demo },
  cedar: { kind: 'partner', id: cedar, name: 'Cedar <b>Works</b>', introducedBy: demo },
  maple: { kind: 'partner', id: maple, name: 'Maple', introducedBy: demo },
  oak: { kind: 'partner', id: organizationId.parse('oak'), name: 'Oak', introducedBy: demo },
  agency: { kind: 'agency', id: agency, name: 'Orvale State Education Agency', program: demo },
} as const satisfies Readonly<Record<string, Organization>>;

function personOf(word: string): PersonId {
  return personId.parse(`per_${word.padEnd(16, '0')}`);
}

/** Who there is, by a word that also stands in the mail address. */
export const people = {
  superintendent: personOf('superintendent'),
  lead: personOf('lead'),
  viewer: personOf('viewer'),
  birchowner: personOf('birchowner'),
  bircheditor: personOf('bircheditor'),
  birchreporter: personOf('birchreporter'),
  cedarowner: personOf('cedarowner'),
  mapleowner: personOf('mapleowner'),
  oakowner: personOf('oakowner'),
  programlead: personOf('programlead'),
  auditor: personOf('auditor'),
  stranger: personOf('stranger'),
} as const;

export const staff: readonly (readonly [keyof typeof people, Organization, readonly Role[]])[] = [
  ['superintendent', organizations.district, ['district:superintendent']],
  ['lead', organizations.district, ['district:lead']],
  ['viewer', organizations.district, ['district:viewer']],
  ['birchowner', organizations.birch, ['partner:owner']],
  ['bircheditor', organizations.birch, ['partner:editor']],
  ['birchreporter', organizations.birch, ['partner:reporter']],
  ['cedarowner', organizations.cedar, ['partner:owner', 'partner:editor']],
  ['mapleowner', organizations.maple, ['partner:owner']],
  ['oakowner', organizations.oak, ['partner:owner']],
  ['programlead', organizations.agency, ['agency:program-lead']],
  ['auditor', organizations.agency, ['agency:auditor']],
];

export function addressOf(word: keyof typeof people): string {
  return `${word}@example.invalid`;
}

const early = instant.parse('2026-01-01T00:00:00.000Z');

export async function fill(table: Table): Promise<void> {
  await put(table, importOrganizations(Object.values(organizations)));
  const imported = importPeople(
    Object.entries(people).map(([word, id]) => ({
      id,
      issuer: 'https://identity.test',
      subject: word,
      name: `Person ${word}`,
      email: `${word}@example.invalid`,
      salt: 'a salt for tests only',
      memberships: staff.flatMap(([who, organization, roles]) => (who === word ? [{ organization, roles }] : [])),
    })),
    early,
  );
  await put(table, imported);
}

/** Ends a membership by the rules of accounts, the person leaving by themselves. */
export async function removePerson(
  table: Table,
  organization: Organization,
  person: PersonId,
  at: Instant,
): Promise<void> {
  const [before, heads] = await Promise.all([
    loadMembership(table, { organization: organization.id, person }),
    loadHeads(table, organization.id),
  ]);
  if (before === undefined) throw new Error(`${person} is no member.`);
  const acting = { organization: organization.id, kind: organization.kind, roles: before.state.roles };
  const decided = removeMember(before.state, organization, heads.people, { kind: 'person', person, acting }, at);
  if (!decided.ok) throw new Error(decided.refusal.message);
  const { step, also } = memberChange(before, heads, decided.value);
  const written = await commit(table, [step], at, { kind: 'person', person }, also);
  if (!written.ok) throw new Error('The membership could not be ended.');
}

export async function addPerson(
  table: Table,
  organization: Organization,
  person: PersonId,
  roles: readonly Role[],
  at: Instant,
): Promise<void> {
  const [before, heads] = await Promise.all([
    loadMembership(table, { organization: organization.id, person }),
    loadHeads(table, organization.id),
  ]);
  const decided = addMember(before?.state, organization, person, roles, heads.people, at);
  if (!decided.ok) throw new Error(decided.refusal.message);
  const { step, also } = memberChange(before, heads, decided.value);
  const written = await commit(table, [step], at, { kind: 'person', person }, also);
  if (!written.ok) throw new Error('The membership could not be written.');
}

/** Keeps what it is given, and fails when the test says so. */
export class Mailbox implements Mail {
  readonly messages: Message[] = [];
  /** Asked before a message is taken; what it throws is the server's failure. */
  before: (message: Message) => Promise<void> = async () => undefined;
  /** Asked after a message was taken: a failure here loses the server's answer. */
  after: (message: Message) => Promise<void> = async () => undefined;

  async send(message: Message): Promise<void> {
    await this.before(message);
    this.messages.push(message);
    await this.after(message);
  }

  /** Who got mails whose subject fits, in alphabetical order. */
  got(subject: RegExp): readonly string[] {
    return this.messages
      .filter((one) => subject.test(one.subject))
      .map((one) => one.to.replace('@example.invalid', ''))
      .toSorted();
  }
}

export interface Noticing {
  readonly table: Table;
  readonly parts: DeliveryParts;
  readonly mail: Mailbox;
  /** What the consumer put into the queue of deliveries. */
  readonly queued: NoticeRef[];
  readonly notices: Consumer;
  readonly tasks: Consumer;
  /** Moves the clock of the deliveries. */
  setNow(at: Instant): void;
  /** Tells both consumers of events, as the relay does. */
  ring(...bells: readonly Doorbell[]): Promise<void>;
  /** Takes everything out of the queue and delivers it at that instant. */
  deliverAll(at: Instant): Promise<void>;
  /** The same with a mailbox and a queue of its own. */
  again(): Noticing;
}

function noticing(table: Table): Noticing {
  const mail = new Mailbox();
  const queued: NoticeRef[] = [];
  const clock = { now: early };
  const programs = readPrograms();
  const sources = askContexts(table);
  const queues: Queues = {
    async send(consumer, messages) {
      if (consumer !== 'delivery') throw new Error(`Nothing here rings for ${consumer}.`);
      queued.push(...messages.map((one) => noticeRef.parse(JSON.parse(JSON.stringify(one)))));
    },
  };
  const parts: DeliveryParts = { table, sources, programs, mail, origin: testOrigin, now: () => new Date(clock.now) };
  const notices = noticesConsumer(table, programs, queues);
  const tasks = tasksConsumer({ table, sources, programs });
  return {
    table,
    parts,
    mail,
    queued,
    notices,
    tasks,
    setNow: (at) => void (clock.now = at),
    async ring(...bells) {
      for (const bell of bells) {
        for (const consumer of [notices, tasks]) {
          if (consumer.hears.includes(bell.type)) await deliver(table, consumer, bell);
        }
      }
    },
    async deliverAll(at) {
      clock.now = at;
      for (const ref of queued.splice(0)) await deliverNotice(parts, ref);
    },
    again: () => noticing(table),
  };
}

/** The context on the embedded engine, with a mailbox in memory, for one test file. */
export function noticesWorld(): { readonly table: Table; start(): Noticing } {
  const engine = testTable();
  return {
    get table() {
      return engine.table;
    },
    start: () => noticing(engine.table),
  };
}
