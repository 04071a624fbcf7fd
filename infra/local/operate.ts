import * as z from 'zod';
import { loadExport } from './lambda.ts';
import { StartRefusal } from './start-refusal.ts';
import { dataFolder, openStore, runCommand } from './store-command.ts';

/** What an operator may ask for: the act's words, and the export of `functions/operations` that does it. */
const acts = {
  rebuild: { words: 'NAME', does: 'makes the views of one consumer anew, or `tasks`', by: 'rebuilt' },
  'catch-up': { words: 'FROM', does: 'rings for every event since a day such as 2026-11-01', by: 'caughtUp' },
  'lost-mails': { words: 'DAY', does: 'lists the mails of a day that may not have been sent', by: 'lostMails' },
  import: { words: 'PROGRAM', does: 'brings in a program, or what its files have more', by: 'imported' },
} as const;

/** What only the queues of a data folder need: a deployment's are sent again with AWS's own command. */
const replay = {
  act: 'replay',
  does: 'sends the dead letters of this data folder again, with the next start',
} as const;

function usage(): string {
  const lines = Object.entries(acts).map(([act, { words, does }]) => `  npm run operate -- ${act} ${words}   ${does}`);
  return ['Say what to do:', ...lines, `  npm run operate -- ${replay.act}   ${replay.does}`].join('\n');
}

function inUse(): StartRefusal {
  return new StartRefusal('A server is using this store: stop it, then operate.');
}

async function replayed(): Promise<number> {
  if (process.env['TABLE_NAME'] !== undefined) {
    throw new StartRefusal(
      'The dead letters of a deployment are sent again by AWS: start the redrive of the dead letter queue.',
    );
  }
  const store = await openStore(dataFolder());
  try {
    if (store.queue === undefined) throw inUse();
    const count = store.queue.replay();
    process.stdout.write(`Put ${count} dead letters back; the next start hands them out.\n`);
    return 0;
  } finally {
    await store.close();
  }
}

/**
 * `npm run operate -- ACT WORD`: on the table that `TABLE_NAME` and the other variables of a function name,
 * with the caller's AWS credentials; without `TABLE_NAME` on the store of `DATA_DIR`.
 */
await runCommand(async () => {
  const [act = '', word, ...rest] = process.argv.slice(2);
  if (act === replay.act && word === undefined) return replayed();
  const found = Object.entries(acts).find(([name]) => name === act)?.[1];
  if (found === undefined || word === undefined || rest.length > 0) throw new StartRefusal(usage());
  const store = process.env['TABLE_NAME'] === undefined ? await openStore(dataFolder()) : undefined;
  try {
    if (store?.served === true && found.by !== 'lostMails') throw inUse();
    const work = await loadExport('functions/operations/operate.ts', found.by);
    process.stdout.write(`${z.string().parse(await Reflect.apply(work, undefined, [word, store !== undefined]))}\n`);
    return 0;
  } catch (error) {
    // the operator's word, not a fault of ours
    if (error instanceof RangeError) throw new StartRefusal(error.message);
    throw error;
  } finally {
    await store?.close();
  }
});
