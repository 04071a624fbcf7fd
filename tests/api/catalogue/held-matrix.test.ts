import { expect, test, vi } from 'vitest';
import { instant } from '#shared/kernel/instants.ts';
import { importedListings } from '#shared/catalogue/imported-listing.ts';
import { History } from '#platform/history.ts';
import { log } from '#platform/log.ts';
import { readProgramFile, readPrograms } from '#platform/programs.ts';
import { buildMatrix, importListings } from '../../../functions/catalogue/index.ts';
import { memoryFiles, siteOn } from '../../architecture/site.ts';
import { send, testInstant, testOrigin } from '../../support/client.ts';
import { testTable } from '../../support/table.ts';

const engine = testTable();

test('a part that could not be read once is asked for again by the next query', async () => {
  const program = readPrograms().get('ma');
  const listings = readProgramFile('ma', 'listings.json');
  if (program === undefined || listings === undefined) throw new Error('The program ma has listings.');
  const history = new History();
  importListings(history, program, importedListings.parse(JSON.parse(listings)), instant.parse(testInstant));
  await history.writeTo(engine.table);
  const files = memoryFiles();
  const { parts } = await buildMatrix(engine.table, files, program, () => new Date(testInstant));
  const asked: string[] = [];
  const { partners } = siteOn(engine.table, {
    ...files,
    async get(name) {
      asked.push(name);
      if (name.includes(parts.text) && asked.filter((one) => one === name).length === 1)
        throw new Error('The files do not answer.');
      return files.get(name);
    },
  });
  const defects = vi.fn<() => void>();
  vi.spyOn(log, 'error').mockImplementation(defects);
  const status = async (): Promise<number> =>
    (await send(partners, new Request(`${testOrigin}/api/programs/ma/partners?q=school`))).status;
  expect([await status(), await status(), await status()]).toEqual([500, 200, 200]);
  expect(asked.filter((name) => name.includes(parts.text))).toHaveLength(2);
  expect(defects).toHaveBeenCalledOnce();
});
