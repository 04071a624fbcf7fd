import * as z from 'zod';
import { loadExport } from './lambda.ts';
import { StartRefusal } from './start-refusal.ts';
import { dataFolder, openStore, runCommand } from './store-command.ts';

const counts = z.object({ items: z.int(), events: z.int() }).optional();

/** `npm run seed -- --partners N`: fills the empty store of `DATA_DIR`, the invented state with N partners. */
await runCommand(async () => {
  const [word, number, ...rest] = process.argv.slice(2);
  const partners = word === undefined ? undefined : Number(number);
  const allowed =
    word === undefined ||
    (word === '--partners' && Number.isInteger(partners) && Number(partners) >= 1 && Number(partners) <= 100_000);
  if (!allowed || rest.length > 0)
    throw new StartRefusal('Say npm run seed, or npm run seed -- --partners N with N from 1 to 100000.');
  const folder = dataFolder();
  const store = await openStore(folder);
  try {
    if (store.served) throw new StartRefusal(`A server is using ${folder}: stop it, then seed.`);
    const prepareStore = await loadExport('functions/seed/handler.ts', 'prepareStore');
    const written = counts.parse(
      await Reflect.apply(prepareStore, undefined, [partners === undefined ? {} : { partners }]),
    );
    if (written === undefined)
      throw new StartRefusal(`The store in ${folder} is not empty: remove the folder, or set DATA_DIR to another.`);
    process.stdout.write(`Wrote ${written.events} events and ${written.items} items to ${folder}.\n`);
    return 0;
  } finally {
    await store.close();
  }
});
