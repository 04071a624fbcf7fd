import * as z from 'zod';
import { linesOnPage, type PageAsked } from '#shared/engagements/contract.ts';
import { answerBuckets } from '#shared/engagements/answer-times.ts';
import { demandMonth, unmetNeed, type DemandMonth, type UnmetNeed } from '#shared/engagements/demand.ts';
import { organizationId, requestId, termId, type ProgramId, type RequestId } from '#shared/kernel/ids.ts';
import { dayIn, instant, type Instant, type Zone } from '#shared/kernel/instants.ts';
import type { Cursor } from '#shared/kernel/pages.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { selectPage } from '#platform/cursor.ts';
import { viewKey } from '#platform/projections.ts';
import type { Item, Key, Table } from '#platform/table.ts';

/**
 * The views of the consumer `demand`:
 *
 *     DEMAND#<program>   VIEW#demand#2027-01   sums of one month, an attribute each: `sent`, `declined:cost`
 *     NEED#<request>     VIEW#demand           a sent request; in `list` by UNMET#<program> and the instant
 *                                              from which it counts as unmet, until it is met or called off
 *
 * A need is in the list from its sending, under its reply-by: reading up to now shows it from then on,
 * and no job has to run. All effects are sums, or fields of the request alone, so they may arrive in
 * any order across the request and its invitations.
 */
const consumer = { name: 'demand' };

export function monthOf(at: Instant, zone: Zone): string {
  return dayIn(at, zone).slice(0, 7);
}

export function monthKey(program: ProgramId, month: string): Key {
  return viewKey(consumer, `DEMAND#${program}`, month);
}

export function needKey(of: RequestId): Key {
  return viewKey(consumer, `NEED#${of}`);
}

export function unmetSince(program: ProgramId, since: Instant, of: RequestId): { lpk: string; lsk: string } {
  return { lpk: unmetList(program), lsk: `${since}#${of}` };
}

/** Out of the list of the unmet; the row stays, because late answers still count in it. */
export function notUnmet(program: ProgramId): { lpk: string } {
  return { lpk: `ENDED-NEEDS#${program}` };
}

function unmetList(program: ProgramId): string {
  return `UNMET#${program}`;
}

// Reading

const monthsShown = 24;

const amount = z.int().default(0);

const monthSums = z
  .object({
    sk: z.string(),
    sent: amount,
    invitations: amount,
    answers: amount,
    hours: amount,
    interested: amount,
    declined: amount,
    engagements: amount,
  })
  .catchall(z.unknown());

function byPrefix<K extends string>(
  item: Item,
  prefix: string,
  key: { parse(name: string): K },
): Partial<Record<K, number>> {
  const found: Partial<Record<K, number>> = {};
  for (const [name, value] of Object.entries(item)) {
    const sum = name.startsWith(prefix) ? z.int().parse(value) : 0;
    if (sum !== 0) found[key.parse(name.slice(prefix.length))] = sum;
  }
  return found;
}

function monthFrom(item: Item): DemandMonth {
  const { sk, sent, invitations, answers, hours, interested, declined, engagements } = monthSums.parse(item);
  const within = byPrefix(item, 'within:', z.enum(answerBuckets));
  return demandMonth.parse({
    month: sk.slice(-'2027-01'.length),
    sent,
    invitations,
    answers,
    hours,
    answersWithin: Object.fromEntries(answerBuckets.map((bucket) => [bucket, within[bucket] ?? 0])),
    interested,
    declined,
    declinedFor: byPrefix(item, 'declined:', termId),
    outcomes: { awarded: 0, 'none-suitable': 0, cancelled: 0, withdrawn: 0, ...byPrefix(item, 'outcome:', z.string()) },
    noneSuitableFor: byPrefix(item, 'none-suitable:', termId),
    engagements,
  });
}

/** The months up to `at` in which something happened, the newest first: at most 24. */
export async function demandMonths(table: Table, program: ProgramId, at: Instant, zone: Zone): Promise<DemandMonth[]> {
  const last = monthKey(program, monthOf(at, zone));
  const page = await table.select({
    partition: last.pk,
    range: { from: monthKey(program, '0000-00').sk, to: last.sk },
    newestFirst: true,
    limit: monthsShown,
  });
  return page.items.map(monthFrom);
}

const needRow = z.object({
  request: requestId,
  district: organizationId,
  districtName: z.string(),
  title: z.string(),
  area: termId,
  sentAt: instant,
  replyBy: instant,
  asked: z.int(),
  interested: amount,
  declined: amount,
  /** Between spaces: a sum's item holds no lists. */
  reasons: z
    .string()
    .default('')
    .transform((terms) => termId.array().parse(terms.split(' ').filter(Boolean))),
  decidedAt: instant.optional(),
});

function needFrom(item: Item): UnmetNeed {
  const row = needRow.parse(item);
  const open = row.interested > 0 ? 'undecided' : 'no-offer';
  return unmetNeed.parse({ ...row, standing: row.decidedAt === undefined ? open : 'none-suitable' });
}

/** The needs that count as unmet at `at`, the newest first. */
export async function unmetPage(
  table: Table,
  program: ProgramId,
  at: Instant,
  asked: PageAsked,
): Promise<Result<{ items: UnmetNeed[]; next?: Cursor }, 'malformed'>> {
  const selection = {
    index: 'list',
    partition: unmetList(program),
    // A reply at the reply-by instant itself is in time, so that instant is not over yet.
    range: { from: '0', to: at },
    newestFirst: true,
    limit: asked.limit ?? linesOnPage,
  } as const;
  const page = await selectPage(table, selection, asked.after);
  return page.ok ? ok({ ...page.value, items: page.value.items.map(needFrom) }) : page;
}
