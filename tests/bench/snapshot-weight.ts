import assert from 'node:assert/strict';
import { brotliCompressSync, constants } from 'node:zlib';
import { compareAll } from '#shared/catalogue/matrix/compare-all.ts';
import { encodeSnapshot } from '#shared/catalogue/matrix/encode-snapshot.ts';
import type { MatrixColumns } from '#shared/catalogue/matrix/columns.ts';
import type { MatrixPartner } from '#shared/catalogue/matrix/partner.ts';
import { decodeSnapshot, snapshotParts } from '#shared/catalogue/matrix/snapshot.ts';
import type { MatrixQuery } from '#shared/catalogue/matrix/query-words.ts';
import { textsOf, type SnapshotTexts } from '../../functions/catalogue/snapshot-files.ts';
import { meta, terms } from './bench-partners.ts';
import { fieldOn, type Field } from './matrix-contest.ts';
import { tidyUp, timeOf } from './turn-by-turn.ts';

export interface SnapshotWeight {
  /** Bytes of the core, with brotli at level 11, and as JSON. */
  readonly coreBrotli: number;
  readonly coreRaw: number;
  /** Processor time to encode, write and compress all parts as a build does it, at level 5. */
  readonly buildMs: number;
  /** Processor time to parse and decode core and sites; and the core by itself. */
  readonly loadMs: number;
  readonly coreLoadMs: number;
  /** Bytes of the decoded core. */
  readonly memory: number;
  /** The same, and what comes to it: the sites, the sets of bits once somebody filters, the texts once somebody searches. */
  readonly memoryOf: Readonly<Record<'core' | 'sites' | 'sets' | 'texts', number>>;
  /** Processor time to work out what every offering costs in another scenario. */
  readonly scenarioMs: number;
}

/** Each is done so often, and the quickest counts: other work on the machine can only make it longer. */
const loads = 15;

/** @param questions whose sets of bits are in the memory that is measured; the last one searches a text. */
export function weigh(
  partners: readonly MatrixPartner[],
  questions: { readonly filters: readonly MatrixQuery[]; readonly text: MatrixQuery },
): { readonly field: Field; readonly snapshot: SnapshotWeight } {
  const { value: texts, worked: buildMs } = timeOf(() => {
    const written = textsOf(encodeSnapshot(partners, meta));
    for (const part of snapshotParts) compressed(written[part], 5);
    return written;
  });

  const bare = bareTexts(partners);
  assert.equal(bare.core, texts.core);
  const load = (of: SnapshotTexts): number =>
    Math.min(...Array.from({ length: loads }, () => timeOf(() => decoded(of)).worked));
  const { field, bytes } = memoryOf(texts, bare, questions);
  const otherScenarios = Array.from({ length: loads }, (_, schools) =>
    timeOf(() => compareAll(field.columns, terms.measures, { schools: schools + 1, days: 9 })),
  );
  const snapshot = {
    coreRaw: texts.core.length,
    coreBrotli: compressed(texts.core, 11).length,
    buildMs,
    loadMs: load(texts),
    coreLoadMs: load(bare),
    memory: bytes.core,
    memoryOf: bytes,
    scenarioMs: Math.min(...otherScenarios.map(({ worked }) => worked)),
  };
  return { field, snapshot };
}

function compressed(text: string, level: number): Buffer {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: level } });
}

/** The same core beside parts that tell nothing. */
function bareTexts(partners: readonly MatrixPartner[]): SnapshotTexts {
  return textsOf(
    encodeSnapshot(
      partners.map((one) => ({ ...one, summary: '', text: [], sites: [] })),
      meta,
    ),
  );
}

function decoded({ core, sites }: SnapshotTexts): MatrixColumns {
  return decodeSnapshot({ core: JSON.parse(core), sites: JSON.parse(sites) });
}

function fieldOf(texts: SnapshotTexts): Field {
  return fieldOn(decoded(texts), { summaries: JSON.parse(texts.summaries), text: JSON.parse(texts.text) });
}

function memoryOf(
  texts: SnapshotTexts,
  bare: SnapshotTexts,
  { filters, text }: { readonly filters: readonly MatrixQuery[]; readonly text: MatrixQuery },
) {
  // What is compiled and set up once is no part of a snapshot.
  fieldOf(bare).ask(text);
  const core = heldBy(() => decoded(bare));
  const withSites = heldBy(() => decoded({ ...bare, sites: texts.sites }));
  const all = heldBy(() => fieldOf(texts));
  const sets = heldBy(() => filters.map((query) => all.made.ask(query).total));
  const index = heldBy(() => all.made.ask(text).total);
  return {
    field: all.made,
    bytes: {
      core: core.bytes,
      sites: withSites.bytes - core.bytes,
      sets: sets.bytes,
      texts: all.bytes - withSites.bytes + index.bytes,
    },
  };
}

/** What something takes once nothing but itself is kept. */
function heldBy<T>(make: () => T): { readonly made: T; readonly bytes: number } {
  const before = used();
  const made = make();
  return { bytes: used() - before, made };
}

function used(): number {
  let least = Number.POSITIVE_INFINITY;
  // The memory of typed arrays is given back behind a collection, and counted by the next.
  for (;;) {
    tidyUp();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    if (heapUsed + arrayBuffers >= least * 0.999) return heapUsed + arrayBuffers;
    least = heapUsed + arrayBuffers;
  }
}
