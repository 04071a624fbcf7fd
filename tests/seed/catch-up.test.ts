import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { accountsContract } from '#shared/accounts/contract.ts';
import { personId } from '#shared/kernel/ids.ts';
import { instantOf } from '#shared/kernel/instants.ts';
import { readPrograms } from '#platform/programs.ts';
import { importProgram } from '../../functions/operations/import-program.ts';
import { caughtUp } from '../../functions/operations/operate.ts';
import { wallClock } from '../../infra/local/clock.ts';
import type { LambdaHandler } from '../../infra/local/lambda.ts';
import { queueFiles, startQueue } from '../../infra/local/queue.ts';
import { memoryFiles, sessionOf, siteOn } from '../architecture/site.ts';
import { clientFor } from '../support/client.ts';
import { testTable } from '../support/table.ts';

const engine = testTable();

test('a catch-up on a store that nobody serves leaves its mails for the next start', { timeout: 120_000 }, async () => {
  const real = readPrograms().get('ma');
  if (real === undefined) throw new Error('The program ma is there.');
  const at = instantOf(new Date());
  const [files, none] = [memoryFiles(), { send: async () => undefined }];
  const store = { table: engine.table, files, audit: memoryFiles, queues: none, programs: new Map([[real.id, real]]) };
  const { firstLead } = await importProgram(store, real, at);
  const { accounts } = siteOn(engine.table, files);
  const as = (person: string) =>
    clientFor(accountsContract, accounts, {
      at,
      cookies: sessionOf({ kind: 'person', person: personId.parse(person) }),
    });
  await as('per_0123456789abcdef').invitations.use({ body: { token: firstLead?.token ?? '' } });
  // No relay runs here: nobody hears of it, as in an outage.
  await as('per_fedcba9876543210').joinRequests.ask({ params: { organization: real.agency.id }, body: {} });

  const folder = mkdtempSync(join(tmpdir(), 'catch-up-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const before = await startQueue({ ...queueFiles(folder), clock: wallClock });
  Object.assign(process.env, {
    TABLE_NAME: engine.name,
    DYNAMODB_ENDPOINT: engine.endpoint,
    FILES_URL: pathToFileURL(folder).href,
    QUEUE_ENDPOINT: before.endpoint,
    QUEUE_URLS: JSON.stringify({ delivery: before.urlOf('delivery'), matrix: before.urlOf('matrix') }),
  });
  expect(await caughtUp(at.slice(0, 10), true)).toMatch(/^Rang for \d+ events/);
  await before.stop();

  const got: string[] = [];
  const reader: LambdaHandler = async (event) => void got.push(JSON.stringify(event));
  const after = await startQueue({ ...queueFiles(folder), clock: wallClock });
  onTestFinished(() => after.stop());
  after.deliverTo(new Map([['delivery', { handler: reader }]]));
  await after.settled();
  expect(got).toHaveLength(1);
  expect(got[0]).toContain('join-requested-to-owner');
});
