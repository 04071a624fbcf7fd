import type { ContractRouterClient } from '@orpc/contract';
import { beforeAll } from 'vitest';
import { catalogueContract } from '#shared/catalogue/contract.ts';
import type { Actor } from '#shared/kernel/actors.ts';
import { importedListings } from '#shared/catalogue/imported-listing.ts';
import { day, instant } from '#shared/kernel/instants.ts';
import type { ApiHandler } from '#platform/http.ts';
import { catchUp } from '#platform/consumers.ts';
import { History } from '#platform/history.ts';
import { walkJournal } from '#platform/journal.ts';
import { readProgramFile, readPrograms } from '#platform/programs.ts';
import { buildMatrix, changesConsumer, importListings } from '../../../functions/catalogue/index.ts';
import { memoryFiles, sessionOf, siteOn } from '../../architecture/site.ts';
import { clientFor, send, testInstant, testOrigin } from '../../support/client.ts';
import { testTable } from '../../support/table.ts';

type Context = 'catalogue' | 'partners' | 'service';

const listedAt = instant.parse('2026-09-01T12:00:00.000Z');

interface ListedSite {
  get(context: Context, path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** The catalogue as this actor calls it. */
  as(actor: Actor): ContractRouterClient<typeof catalogueContract>;
  /** Writes what follows from the facts recorded so far: the logs of changes and the matrix. */
  settle(): Promise<void>;
}

/** The real listings of `ma` and their matrix, on a table of the test file's own. */
export function listedSite(): ListedSite {
  const engine = testTable();
  const files = memoryFiles();
  let site: Readonly<Record<Context, ApiHandler>> | undefined;

  function handlers(): Readonly<Record<Context, ApiHandler>> {
    if (site === undefined) throw new Error('The listings are not loaded yet.');
    return site;
  }

  beforeAll(async () => {
    const program = readPrograms().get('ma');
    const text = program === undefined ? undefined : readProgramFile(program.id, 'listings.json');
    if (program === undefined || text === undefined) throw new Error('The program ma has listings.');
    const listings = importedListings.parse(JSON.parse(text));
    const history = new History();
    importListings(history, program, listings, listedAt);
    await history.writeTo(engine.table);
    await buildMatrix(engine.table, files, program, () => new Date(testInstant));
    site = siteOn(engine.table, files);
  });

  return {
    async get(context, path, headers = {}) {
      return send(handlers()[context], new Request(`${testOrigin}${path}`, { headers }));
    },
    as: (actor) => clientFor(catalogueContract, handlers().catalogue, { cookies: sessionOf(actor) }),
    async settle() {
      const days = [listedAt, testInstant].map((at) => day.parse(at.slice(0, 10)));
      await catchUp(engine.table, [changesConsumer()], walkJournal(engine.table, days));
      const program = readPrograms().get('ma');
      if (program !== undefined) await buildMatrix(engine.table, files, program, () => new Date(testInstant));
      // One that has run for a while looks for a newer matrix twice a second; a new one looks at once.
      site = siteOn(engine.table, files);
    },
  };
}
