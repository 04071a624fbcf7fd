import { day, instantOf, type Day } from '#shared/kernel/instants.ts';
import { readConfig, webTrustConfig } from '#platform/config.ts';
import { catchUp } from '#platform/consumers.ts';
import { theTable } from '#platform/dynamo-table.ts';
import { theAudit, theFiles } from '#platform/files.ts';
import { thePrograms } from '#platform/programs.ts';
import { rebuild } from '#platform/projections.ts';
import { theQueues, type Queues } from '#platform/queue.ts';
import { askForAll, buildMatrix, claimsConsumer } from '../catalogue/index.ts';
import { askContexts, claimedNotSent, noticesConsumer, rebuildTasks, tasksConsumer } from '../notifications/index.ts';
import { importProgram } from './import-program.ts';
import { projections } from './projections.ts';
import { storedEvents, type Store } from './store.ts';
import { verifyStore, type Verified } from './verify.ts';

/** What an operator can do to a deployment, as `npm run operate` asks for it; each answers its report. */

/** Views and matrices are made here and now; mails wait for whoever delivers them at the next start. */
const mailsOnly: Queues = {
  send: async (consumer, messages) => {
    if (consumer === 'delivery') await theQueues().send(consumer, messages);
  },
};

/** @param alone nothing else runs on this store, so nobody reads its queues until it is started. */
function theStore(alone: boolean): Store {
  return {
    table: theTable(),
    files: theFiles(),
    audit: theAudit,
    queues: alone ? mailsOnly : theQueues(),
    programs: thePrograms(),
  };
}

const now = () => instantOf(new Date());

function asDay(given: unknown): Day {
  const read = day.safeParse(given);
  if (read.success) return read.data;
  throw new RangeError(read.error.issues[0]?.message ?? 'Give a date such as 2026-11-01.');
}

export async function verified(): Promise<readonly Verified[]> {
  return verifyStore(theStore(true), now());
}

/** Makes the views of one consumer anew, or the task lists. Stop what writes them first. */
export async function rebuilt(name: unknown): Promise<string> {
  const { table, programs, queues } = theStore(true);
  if (name === 'tasks') {
    const parts = { table, sources: askContexts(table), programs };
    return `Made the tasks of ${await rebuildTasks(parts, storedEvents(table, now()))} subjects anew.`;
  }
  const known = projections(programs, queues);
  const consumer = Object.values(known).find((one) => one.name === name);
  if (consumer === undefined) throw new RangeError(`Say which views: ${[...Object.keys(known), 'tasks'].join(', ')}.`);
  return `Made ${await rebuild(table, consumer, storedEvents(table, now()))} views of ${consumer.name} anew.`;
}

/** Rings for every event since a day; what a consumer had already, it skips. Mails that are still due are left in their queue. */
export async function caughtUp(from: unknown, alone = false): Promise<string> {
  const since = asDay(from);
  const { table, files, programs, queues } = theStore(alone);
  const parts = { table, sources: askContexts(table), programs };
  const everybody = [
    ...Object.values(projections(programs, queues)),
    claimsConsumer(table, programs, now),
    noticesConsumer(table, programs, queues),
    tasksConsumer(parts),
  ];
  const { events } = await catchUp(table, everybody, storedEvents(table, now(), since));
  if (alone) for (const program of programs.values()) await buildMatrix(table, files, program, () => new Date());
  else await queues.send('matrix', askForAll(programs.keys()));
  return `Rang for ${events} events since ${since}.`;
}

/** The mails that were claimed on a day and never marked as sent: perhaps sent, perhaps lost. */
export async function lostMails(on: unknown): Promise<string> {
  const lost = await claimedNotSent(theTable(), asDay(on));
  const lines = lost.map((one) => JSON.stringify(one));
  return [`${lost.length} mails were claimed and never marked as sent.`, ...lines].join('\n');
}

export async function imported(id: unknown, alone = false): Promise<string> {
  const store = theStore(alone);
  const program = store.programs.get(String(id));
  if (program === undefined) throw new RangeError(`Say which program: ${[...store.programs.keys()].join(', ')}.`);
  const { written, standing, firstLead } = await importProgram(store, program, now());
  const counts = `Wrote ${written} organizations, listings and approvals of ${program.name}; ${standing} stood there already.`;
  if (firstLead === undefined) return counts;
  const origin = readConfig(webTrustConfig.pick({ PUBLIC_ORIGIN: true })).PUBLIC_ORIGIN;
  return `${counts}\nNobody leads it yet. Give this link to its first program lead; it works once, until ${firstLead.until}:\n${origin}/invitation#${firstLead.token}`;
}
