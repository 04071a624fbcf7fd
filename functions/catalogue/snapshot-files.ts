import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Snapshot, SnapshotPart } from '#shared/catalogue/matrix/snapshot.ts';
import type { Files } from '#platform/files.ts';
import { sha256 } from '#platform/hash.ts';
import type { Manifest } from './store.ts';

const brotli = promisify(brotliCompress);

/** Level 5 takes milliseconds where 11 takes seconds, and a snapshot changes often. */
const compression = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** The parts of a snapshot as they are written. */
export type SnapshotTexts = Readonly<Record<SnapshotPart, string>>;

export function textsOf({ core, sites, summaries, text }: Snapshot): SnapshotTexts {
  return {
    core: JSON.stringify(core),
    sites: JSON.stringify(sites),
    summaries: JSON.stringify(summaries),
    text: JSON.stringify(text),
  };
}

/** Writes a part under the hash of its bytes. Gives that hash, and how many bytes a browser loads. */
async function putPart(files: Files, text: string): Promise<{ readonly hash: string; readonly bytes: number }> {
  const hash = sha256(text);
  const compressed = await brotli(text, compression);
  await files.put(`matrix/${hash}.json`, Buffer.from(text), 'application/json');
  await files.put(`matrix/${hash}.json.br`, compressed, 'application/json', 'br');
  return { hash, bytes: compressed.byteLength };
}

/** Writes the files of a snapshot. Gives what its manifest tells of them. */
export async function putSnapshot(files: Files, texts: SnapshotTexts): Promise<Pick<Manifest, 'parts' | 'coreBytes'>> {
  const [core, sites, summaries, text] = await Promise.all([
    putPart(files, texts.core),
    putPart(files, texts.sites),
    putPart(files, texts.summaries),
    putPart(files, texts.text),
  ]);
  const parts = { core: core.hash, sites: sites.hash, summaries: summaries.hash, text: text.hash };
  return { parts, coreBytes: core.bytes };
}
