import * as z from 'zod';
import { dayIn, millisecondsPerDay, plusMilliseconds, zone, type Day, type Instant } from '#shared/kernel/instants.ts';
import type { Files } from './files.ts';
import { walkJournal } from './journal.ts';
import type { Table } from './table.ts';

/**
 * The heads of a day: of each aggregate that had events, the last one's sequence and hash, a line each.
 * They stand where nobody can alter them, so that a chain which was cut or written anew is found, also
 * by whoever has all rights on the table.
 */
const head = z.object({ aggregate: z.string(), sequence: z.int().min(1), hash: z.string() });
export type Head = z.infer<typeof head>;

/** How far back days are kept where none was kept yet, and how far the last kept one is looked for. */
const daysAtFirst = 14;
const daysSearched = 400;

const utc = zone.parse('UTC');

function nameOf(date: Day): string {
  return `heads/${date}.jsonl`;
}

/** The days, in UTC, that are over at `at` and have no heads yet: back to the last one that has. */
async function daysToKeep(audit: Files, at: Instant): Promise<readonly Day[]> {
  const missing: Day[] = [];
  for (let back = 1; back <= daysSearched; back += 1) {
    const date = dayIn(plusMilliseconds(at, -back * millisecondsPerDay), utc);
    if ((await audit.get(nameOf(date))) !== undefined) return missing;
    missing.push(date);
  }
  return missing.slice(0, daysAtFirst);
}

async function headsOf(table: Table, date: Day): Promise<readonly Head[]> {
  const last = new Map<string, Head>();
  for await (const { aggregate, sequence, hash } of walkJournal(table, [date])) {
    if (sequence > (last.get(aggregate)?.sequence ?? 0)) last.set(aggregate, { aggregate, sequence, hash });
  }
  return [...last.values()].sort((a, b) => (a.aggregate < b.aggregate ? -1 : 1));
}

/**
 * Writes the heads of each day that is over and has none yet, the oldest first, so that a call that was cut
 * off leaves no gap behind. A day without events gets an empty file: a missing one is a day that was not kept.
 * @returns the days that were written.
 */
export async function keepDailyHeads(table: Table, audit: Files, at: Instant): Promise<readonly Day[]> {
  const kept: Day[] = [];
  for (const date of (await daysToKeep(audit, at)).toReversed()) {
    const lines = (await headsOf(table, date)).map((one) => `${JSON.stringify(one)}\n`);
    await audit.put(nameOf(date), Buffer.from(lines.join('')), 'application/jsonl');
    kept.push(date);
  }
  return kept;
}

/** The heads that were kept of a day; undefined for a day that was not kept. */
export async function readDailyHeads(audit: Files, date: Day): Promise<readonly Head[] | undefined> {
  const bytes = await audit.get(nameOf(date));
  if (bytes === undefined) return undefined;
  const lines = Buffer.from(bytes)
    .toString()
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => head.parse(JSON.parse(line)));
}
