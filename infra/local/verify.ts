import * as z from 'zod';
import { loadExport } from './lambda.ts';
import { dataFolder, openStore, runCommand } from './store-command.ts';

const report = z.array(z.object({ what: z.string(), compared: z.int(), faults: z.array(z.string()) }));

/** Faults of one kind that are named; the rest are counted. */
const named = 5;

/** `npm run verify`, on the table that `TABLE_NAME` names or on the store of `DATA_DIR`: every view of the store made again from the journal and compared, every chain checked. */
await runCommand(async () => {
  const store = process.env['TABLE_NAME'] === undefined ? await openStore(dataFolder()) : undefined;
  try {
    const verifyStore = await loadExport('functions/operations/operate.ts', 'verified');
    const lines = report.parse(await Reflect.apply(verifyStore, undefined, []));
    for (const { what, compared, faults } of lines) {
      process.stdout.write(
        `${faults.length === 0 ? 'equal  ' : 'DIFFERS'} ${what}: ${compared} compared, ${faults.length} faults\n`,
      );
      for (const fault of faults.slice(0, named)) process.stdout.write(`        ${fault}\n`);
      if (faults.length > named) process.stdout.write(`        and ${faults.length - named} more\n`);
    }
    return lines.some(({ faults }) => faults.length > 0) ? 1 : 0;
  } finally {
    await store?.close();
  }
});
