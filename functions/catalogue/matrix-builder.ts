import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { snapshotParts, type SnapshotPart } from '#shared/catalogue/matrix/snapshot.ts';
import { encodeSnapshot } from '#shared/catalogue/matrix/encode-snapshot.ts';
import { countedYear, matrixPartner, type CountedYear, type MatrixPartner } from '#shared/catalogue/matrix/partner.ts';
import * as z from 'zod';
import { programId, type ProgramId } from '#shared/kernel/ids.ts';
import { instant, instantOf, type Instant } from '#shared/kernel/instants.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Files } from '#platform/files.ts';
import { sha256 } from '#platform/hash.ts';
import { log } from '#platform/log.ts';
import type { Table } from '#platform/table.ts';
import {
  everyPartner,
  loadManifest,
  manifestVersion,
  saveManifest,
  type Manifest,
  type PartnerFacts,
} from './store.ts';

const brotli = promisify(brotliCompress);

/** Level 5 takes milliseconds where 11 takes seconds, and a snapshot changes often. */
const compression = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** Builds that meet start over with what is newest; each round one of them wins. */
const rounds = 6;

function rowOf(facts: PartnerFacts, counted: CountedYear): MatrixPartner {
  return matrixPartner(
    facts.listing.state,
    facts.approvals.map((one) => one.state),
    counted,
    facts.record,
    facts.workload,
  );
}

async function rowsOf(table: Table, program: ProgramId, counted: CountedYear): Promise<readonly MatrixPartner[]> {
  const rows: MatrixPartner[] = [];
  for await (const facts of everyPartner(table, program)) rows.push(rowOf(facts, counted));
  return rows;
}

interface SnapshotTexts {
  /** By part, the text of its file. */
  readonly texts: Readonly<Record<SnapshotPart, string>>;
  readonly partners: number;
}

/** The files of the snapshot that the store's present states give. */
async function snapshotTexts(table: Table, program: Program, builtAt: Instant): Promise<SnapshotTexts> {
  const rows = await rowsOf(table, program.id, countedYear(builtAt, program.zone));
  const { core, sites, summaries, text } = encodeSnapshot(rows, { program: program.id, builtAt, zone: program.zone });
  const written = (part: object): string => JSON.stringify(part);
  return {
    texts: { core: written(core), sites: written(sites), summaries: written(summaries), text: written(text) },
    partners: rows.length,
  };
}

/** Writes a part under the hash of its bytes, and gives that hash. */
async function putPart(files: Files, text: string): Promise<string> {
  const hash = sha256(text);
  await files.put(`matrix/${hash}.json`, Buffer.from(text), 'application/json');
  await files.put(`matrix/${hash}.json.br`, await brotli(text, compression), 'application/json', 'br');
  return hash;
}

/**
 * Reads every listing, writes each part of the snapshot under the hash of its bytes, and makes it the current one
 * if nobody published meanwhile: an older reading never replaces a newer one.
 * @param now reads the clock when the reading begins.
 */
export async function buildMatrix(table: Table, files: Files, program: Program, now: () => Date): Promise<Manifest> {
  for (let round = 0; round < rounds; round += 1) {
    const before = await manifestVersion(table, program.id);
    const builtAt = instantOf(now());
    const { texts, partners } = await snapshotTexts(table, program, builtAt);
    const [core, sites, summaries, text] = await Promise.all([
      putPart(files, texts.core),
      putPart(files, texts.sites),
      putPart(files, texts.summaries),
      putPart(files, texts.text),
    ]);
    const parts = { core, sites, summaries, text };
    const next: Manifest = { version: before + 1, parts, builtAt, partners };
    if (await saveManifest(table, program.id, next)) {
      log.info('matrix built', { program: program.id, version: next.version, partners, bytes: texts.core.length });
      return next;
    }
  }
  throw new Error(`The matrix of ${program.id} could not be published: other builders kept publishing.`);
}

/** Compares the published snapshot with the one that the store's states give; `fault` says how it differs. */
export async function verifyMatrix(
  table: Table,
  files: Files,
  program: Program,
): Promise<{ readonly partners: number; readonly fault?: string }> {
  const current = await loadManifest(table, program.id, { consistent: true });
  if (current === undefined) {
    // A program that was never filled in has no listings, and so needs none.
    const { done } = await everyPartner(table, program.id).next();
    return done === true ? { partners: 0 } : { partners: 0, fault: 'none was built' };
  }
  const { texts, partners } = await snapshotTexts(table, program, instant.parse(current.builtAt));
  for (const part of snapshotParts) {
    const stored = await files.get(`matrix/${current.parts[part]}.json`);
    if (stored === undefined) return { partners, fault: `the file of its ${part} is missing` };
    if (Buffer.from(stored).toString() !== texts[part])
      return { partners, fault: `its ${part} differs from what the states give` };
  }
  return { partners };
}

/** The message that asks for a snapshot: of which program, and for changes up to when; without that, in any case. */
export const buildRequest = z.object({ program: programId, since: instant.optional() });

/** Builds on request; one that asks for what the current snapshot has already seen costs a read. */
export function rebuildMatrix(table: Table, files: Files, programs: ReadonlyMap<string, Program>, now: () => Date) {
  return async ({ program: id, since }: z.infer<typeof buildRequest>): Promise<void> => {
    const program = programs.get(id);
    if (program === undefined) return;
    const current = await loadManifest(table, id, { consistent: true });
    if (current !== undefined && since !== undefined && current.builtAt > since) return;
    await buildMatrix(table, files, program, now);
  };
}
