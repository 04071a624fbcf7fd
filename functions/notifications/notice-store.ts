import { createHash } from 'node:crypto';
import * as z from 'zod';
import { organizationId, personId, type PersonId } from '#shared/kernel/ids.ts';
import { instant, millisecondsPerDay, plusMilliseconds, type Instant } from '#shared/kernel/instants.ts';
import { viewKey } from '#platform/projections.ts';
import { selectAll, type Item, type Key, type Table } from '#platform/table.ts';

/**
 *     NOTICES#<aggregate>   VIEW#notices#<sequence>#<template>#<organization>   an event to be told to one organization
 *                           DONE#<sequence>#<template>#<organization>           it was told, or had stopped being true
 *     MAIL#<notice>         PERSON#<person>    the one mail of a notice to a person: claimed, then sent
 *
 * A claim that was not sent stands in `list` under MAIL-CLAIMED#<day>, until it is: what stays there was
 * lost between the claim and the mail server, and nobody sends it again.
 */

/** The name of the consumer, and so of its views. */
export const noticesName = 'notices';

/** One event, told by one template to one organization. */
export const noticeRef = z.object({
  aggregate: z.string().max(300),
  sequence: z.int().min(1),
  template: z.string().max(80),
  organization: organizationId,
});
export type NoticeRef = z.infer<typeof noticeRef>;

function partition(aggregate: string): string {
  return `NOTICES#${aggregate}`;
}

function nameOf({ sequence, template, organization }: NoticeRef): string {
  return `${String(sequence).padStart(9, '0')}#${template}#${organization}`;
}

function noticeKey(ref: NoticeRef): Key {
  return viewKey({ name: noticesName }, partition(ref.aggregate), nameOf(ref));
}

export function noticeItem(ref: NoticeRef): Item {
  return { ...noticeKey(ref), ...ref };
}

export async function hasNotice(table: Table, ref: NoticeRef): Promise<boolean> {
  return (await table.get(noticeKey(ref), { consistent: true })) !== undefined;
}

const donePrefix = 'DONE#';

/** Why nothing more has to be sent. `mails` counts those that this delivery sent. */
export type Done = { readonly how: 'delivered' | 'no-longer-true' | 'too-late'; readonly mails: number };

export async function markDone(table: Table, ref: NoticeRef, done: Done, at: Instant): Promise<void> {
  const key = { pk: partition(ref.aggregate), sk: `${donePrefix}${nameOf(ref)}` };
  await table.write([{ kind: 'put', item: { ...key, ...done, at } }]);
}

/** The notices of an aggregate's events up to `sequence` that nobody has finished yet. */
export async function openNotices(table: Table, aggregate: string, sequence: number): Promise<readonly NoticeRef[]> {
  const done = new Set<string>();
  const found: NoticeRef[] = [];
  // DONE# sorts before VIEW#
  for await (const item of selectAll(table, { partition: partition(aggregate), consistent: true })) {
    if (item.sk.startsWith(donePrefix)) done.add(item.sk.slice(donePrefix.length));
    else found.push(noticeRef.parse(item));
  }
  return found.filter((one) => one.sequence <= sequence && !done.has(nameOf(one)));
}

/** A short name of a notice that fits a key and a message id. */
export function noticeId(ref: NoticeRef): string {
  return createHash('sha256')
    .update(`${ref.aggregate}|${nameOf(ref)}`)
    .digest('hex')
    .slice(0, 40);
}

const keptDays = 365;

function claimItem(notice: string, person: PersonId, claimedAt: Instant): Item {
  const expires = Math.ceil(Date.parse(plusMilliseconds(claimedAt, keptDays * millisecondsPerDay)) / 1000);
  return { pk: `MAIL#${notice}`, sk: `PERSON#${person}`, notice, person, claimedAt, expires };
}

/** Takes the right to send this mail; false where it was taken before, whatever came of it. */
export async function claim(table: Table, notice: string, person: PersonId, at: Instant): Promise<boolean> {
  const place = { lpk: `MAIL-CLAIMED#${at.slice(0, 10)}`, lsk: `${at}#${notice}#${person}` };
  const item = { ...claimItem(notice, person, at), ...place };
  return (await table.write([{ kind: 'put', item, guard: 'absent' }])).ok;
}

export async function markSent(
  table: Table,
  notice: string,
  person: PersonId,
  claimedAt: Instant,
  at: Instant,
): Promise<void> {
  await table.write([{ kind: 'put', item: { ...claimItem(notice, person, claimedAt), sentAt: at } }]);
}

/** Only for a mail that certainly did not leave. */
export async function release(table: Table, notice: string, person: PersonId): Promise<void> {
  await table.write([{ kind: 'remove', key: { pk: `MAIL#${notice}`, sk: `PERSON#${person}` } }]);
}

const lostMail = z.object({ notice: z.string(), person: personId, claimedAt: instant });
export type LostMail = z.infer<typeof lostMail>;

/** The mails that were claimed on a day (UTC) and never marked as sent. For operators; not inside a request. */
export async function claimedNotSent(table: Table, day: string): Promise<readonly LostMail[]> {
  const lost: LostMail[] = [];
  for await (const item of selectAll(table, { index: 'list', partition: `MAIL-CLAIMED#${day}` }))
    lost.push(lostMail.parse(item));
  return lost;
}
