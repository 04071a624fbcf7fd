import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeSnapshot } from '#shared/catalogue/matrix/encode-snapshot.ts';
import { matrixTerms } from '#shared/catalogue/matrix/terms.ts';
import { programId } from '#shared/kernel/ids.ts';
import { instantOf } from '#shared/kernel/instants.ts';
import { theTable } from '#platform/dynamo-table.ts';
import { theFiles } from '#platform/files.ts';
import { thePrograms } from '#platform/programs.ts';
import { putSnapshot, textsOf } from '../../functions/catalogue/snapshot-files.ts';
import { manifestBefore, saveManifest } from '../../functions/catalogue/store.ts';
import { parts } from '../../infra/local/parts.ts';
import { startAll } from '../../infra/local/start-all.ts';
import { benchPartners } from '../bench/bench-partners.ts';
import type { Served } from './served.ts';

const demo = programId.parse('demo');

/** The site in this process with nothing filled in and nothing rebuilt: what it shows is published here. */
export async function serveEmptyStore(): Promise<Served> {
  const dataDir = mkdtempSync(join(tmpdir(), 'priority-partners-national-'));
  const { store: _store, clock: _clock, ...served } = parts;
  const environment = { ...process.env };
  const running = await startAll({ parts: served, dataDir });
  return {
    address: running.address,
    dataDir,
    async stop() {
      await running.stop();
      // The settings of this site are none of the next one's, which runs in a process of its own.
      process.env = environment;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What a unit of the invented state usually costs, in cents. */
const prices = { day: 150_000, 'school-year': 1_200_000, teacher: 40_000, student: 9_000 };

/** Publishes a matrix of so many invented partners of the invented state, beside which there is nothing of them. */
export async function publishPartners(count: number): Promise<void> {
  const program = thePrograms().get(demo);
  if (program === undefined) throw new Error('There is no invented state.');
  const builtAt = instantOf(new Date());
  const vocabulary = { ...matrixTerms(program), prices };
  const partners = benchPartners(count, { seed: 11, alike: false, vocabulary });
  const snapshot = encodeSnapshot(partners, { program: demo, builtAt, zone: program.zone });
  const files = await putSnapshot(theFiles(), textsOf(snapshot));
  const { version } = await manifestBefore(theTable(), demo);
  const next = { version: version + 1, ...files, builtAt, partners: count };
  if (!(await saveManifest(theTable(), demo, next))) throw new Error('Somebody else published a matrix.');
}
