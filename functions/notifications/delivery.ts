import type { PersonId } from '#shared/kernel/ids.ts';
import { instantOf, millisecondsPerDay, plusMilliseconds, type Instant } from '#shared/kernel/instants.ts';
import type { About, Facts } from '#shared/notifications/facts.ts';
import { render, type RenderedLetter } from '#shared/notifications/letter.ts';
import { templateOf } from '#shared/notifications/registry.ts';
import type { Eligible, Template } from '#shared/notifications/template.ts';
import { aggregateOf, readEvents } from '#platform/aggregates.ts';
import { log, metrics } from '#platform/log.ts';
import type { Mail } from '#platform/mail.ts';
import type { Table } from '#platform/table.ts';
import { factsOf, settingOf } from './gather.ts';
import { heard, type Programs } from './heard.ts';
import { certainlyNotSent } from './mail-fault.ts';
import { claim, hasNotice, markDone, markSent, noticeId, release, type Done, type NoticeRef } from './notice-store.ts';
import type { Sources } from './sources.ts';

export interface DeliveryParts {
  readonly table: Table;
  readonly sources: Sources;
  readonly programs: Programs;
  readonly mail: Mail;
  /** The one public address. */
  readonly origin: string;
  /** Reads the clock. */
  readonly now: () => Date;
}

/** A notice that could not leave for so long is not sent any more: the task list has told it. */
export const mailWithinDays = 7;

async function eventOf(table: Table, { aggregate, sequence }: NoticeRef) {
  const [event] = await readEvents(table, aggregateOf(aggregate), sequence, sequence);
  if (event === undefined)
    throw new Error(`A notice tells of event ${sequence} of ${aggregate}, which is not in the table.`);
  return event;
}

/** Everybody to whom the notice is due at this moment, each once. */
async function recipients(sources: Sources, eligible: Eligible, { organization }: About): Promise<readonly PersonId[]> {
  if ('person' in eligible) return [eligible.person];
  const members = await sources.members(organization);
  return members.filter((one) => one.roles.some((role) => eligible.roles.includes(role))).map((one) => one.person);
}

interface Due {
  readonly people: readonly PersonId[];
  readonly letter: RenderedLetter;
}

/** Asks the facts, the conditions and the members as they are now. */
async function dueNow(
  parts: DeliveryParts,
  template: Template,
  facts: Facts,
  about: About,
  at: Instant,
): Promise<Due | undefined> {
  const eligible = template.eligible(facts, about, at);
  if (eligible === undefined) return undefined;
  const [people, setting] = await Promise.all([
    recipients(parts.sources, eligible, about),
    settingOf(parts.sources, parts.programs, facts),
  ]);
  const record = { facts, about, setting };
  return { people, letter: render(template.letter(record), template.why(record), setting, parts.origin) };
}

type Sending = 'sent' | 'not-now' | 'nothing';

/**
 * One mail to one person, at most once. The claim stands before the mail leaves: if this process dies
 * in between, that one mail is lost and `claimedNotSent` shows it.
 */
async function sendOnce(
  parts: DeliveryParts,
  notice: string,
  person: PersonId,
  letter: RenderedLetter,
): Promise<Sending> {
  const personal = await parts.sources.personal(person);
  if (personal?.email === undefined) return 'nothing';
  const claimedAt = instantOf(parts.now());
  if (!(await claim(parts.table, notice, person, claimedAt))) return 'nothing';
  try {
    await parts.mail.send({
      to: personal.email,
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      messageId: `<${notice}.${person}@${new URL(parts.origin).hostname}>`,
    });
  } catch (error) {
    const again = certainlyNotSent(error);
    // The error itself is left out: mail servers repeat the recipient's address in it.
    log.warn('mail failed', { notice, person, again });
    if (!again) {
      metrics.addMetric('mailsLost', 'Count', 1);
      metrics.publishStoredMetrics();
      return 'nothing';
    }
    await release(parts.table, notice, person);
    return 'not-now';
  }
  await markSent(parts.table, notice, person, claimedAt, instantOf(parts.now()));
  return 'sent';
}

/**
 * Delivers one notice: reads again whether it is still true and for whom, and mails each of them once.
 * Throws when the mail server could not be reached, so that the queue brings the notice back; those
 * who have their mail are not sent another.
 */
export async function deliverNotice(parts: DeliveryParts, ref: NoticeRef): Promise<void> {
  const { table, programs, sources } = parts;
  if (!(await hasNotice(table, ref))) throw new Error(`There is no notice ${ref.template} of ${ref.aggregate}.`);
  const event = await eventOf(table, ref);
  const at = instantOf(parts.now());
  const finish = async (done: Done): Promise<void> => markDone(table, ref, done, at);
  if (at > plusMilliseconds(event.at, mailWithinDays * millisecondsPerDay))
    return finish({ how: 'too-late', mails: 0 });

  const { subject, about: said } = heard(event, programs);
  const about = { ...said, organization: ref.organization };
  const facts = await factsOf(sources, programs, subject);
  const due = facts === undefined ? undefined : await dueNow(parts, templateOf(ref.template), facts, about, at);
  if (due === undefined) return finish({ how: 'no-longer-true', mails: 0 });

  const notice = noticeId(ref);
  const sendings: Sending[] = [];
  for (const person of due.people) sendings.push(await sendOnce(parts, notice, person, due.letter));
  if (sendings.includes('not-now')) throw new Error(`Mails of the notice ${notice} could not be handed over.`);
  return finish({ how: 'delivered', mails: sendings.filter((one) => one === 'sent').length });
}
