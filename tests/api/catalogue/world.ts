import { beforeAll } from 'vitest';
import { importedListings } from '#shared/catalogue/imported-listing.ts';
import { instant } from '#shared/kernel/instants.ts';
import type { ApiHandler } from '#platform/http.ts';
import { History } from '#platform/history.ts';
import { readProgramFile, readPrograms } from '#platform/programs.ts';
import { buildMatrix, importListings } from '../../../functions/catalogue/index.ts';
import { memoryFiles, siteOn } from '../../architecture/site.ts';
import { send, testInstant, testOrigin } from '../../support/client.ts';
import { testTable } from '../../support/table.ts';

type Context = 'catalogue' | 'service';

/** The real listings of `ma` and their matrix, on a table of the test file's own. */
export function listedSite(): { get(context: Context, path: string): Promise<Response> } {
  const engine = testTable();
  let site: Readonly<Record<Context, ApiHandler>> | undefined;

  beforeAll(async () => {
    const program = readPrograms().get('ma');
    const text = program === undefined ? undefined : readProgramFile(program.id, 'listings.json');
    if (program === undefined || text === undefined) throw new Error('The program ma has listings.');
    const listings = importedListings.parse(JSON.parse(text));
    const history = new History();
    importListings(history, program, listings, instant.parse('2026-09-01T12:00:00.000Z'));
    await history.writeTo(engine.table);
    const files = memoryFiles();
    await buildMatrix(engine.table, files, program, () => new Date(testInstant));
    site = siteOn(engine.table, files);
  });

  return {
    async get(context, path) {
      if (site === undefined) throw new Error('The listings are not loaded yet.');
      return send(site[context], new Request(`${testOrigin}${path}`));
    },
  };
}
