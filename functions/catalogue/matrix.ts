import type { MatrixColumns } from '#shared/catalogue/matrix/columns.ts';
import { decodeTexts, type MatrixTexts } from '#shared/catalogue/matrix/decode-texts.ts';
import { decodeSnapshot, snapshotParts } from '#shared/catalogue/matrix/snapshot.ts';
import { matrixTerms, type MatrixTerms } from '#shared/catalogue/matrix/terms.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Files } from '#platform/files.ts';
import type { Items } from '#platform/table.ts';
import { loadManifest, type Manifest } from './store.ts';

/** A program's matrix in memory. */
export interface Matrix {
  readonly manifest: Manifest;
  readonly columns: MatrixColumns;
  readonly terms: MatrixTerms;
}

/** How long a warm function trusts its snapshot before it asks whether there is a newer one. */
export const manifestAgeMilliseconds = 500;

function isFresh({ checkedAt }: { readonly checkedAt: number }): boolean {
  return performance.now() - checkedAt < manifestAgeMilliseconds;
}

/** Keeps each program's snapshot in memory; within its age a query costs no read at all. */
export class MatrixReader {
  readonly #table: Items;
  readonly #files: Files;
  readonly #held = new Map<string, { readonly matrix: Matrix; readonly checkedAt: number }>();

  constructor(table: Items, files: Files) {
    this.#table = table;
    this.#files = files;
  }

  /** The current manifest, without the files that it names; undefined while none was built yet. */
  async manifest(program: Program): Promise<Manifest | undefined> {
    const held = this.#held.get(program.id);
    return held !== undefined && isFresh(held) ? held.matrix.manifest : loadManifest(this.#table, program.id);
  }

  /** The current matrix; undefined while none was built yet. */
  async current(program: Program): Promise<Matrix | undefined> {
    const held = this.#held.get(program.id);
    if (held !== undefined && isFresh(held)) return held.matrix;
    const manifest = await loadManifest(this.#table, program.id);
    if (manifest === undefined) return undefined;
    const isHeld = snapshotParts.every((part) => held?.matrix.manifest.parts[part] === manifest.parts[part]);
    const matrix = held !== undefined && isHeld ? held.matrix : await this.#read(program, manifest);
    this.#held.set(program.id, { matrix, checkedAt: performance.now() });
    return matrix;
  }

  async #read(program: Program, manifest: Manifest): Promise<Matrix> {
    const { parts } = manifest;
    const [core, sites] = await Promise.all([this.#readPart(parts.core), this.#readPart(parts.sites)]);
    return { manifest, columns: decodeSnapshot({ core, sites }), terms: matrixTerms(program) };
  }

  /** What the partners of this snapshot say of themselves, and by which words they are found. */
  async texts({ manifest: { parts }, columns }: Matrix): Promise<MatrixTexts> {
    const [summaries, text] = await Promise.all([this.#readPart(parts.summaries), this.#readPart(parts.text)]);
    return decodeTexts({ summaries, text }, columns);
  }

  async #readPart(hash: string): Promise<unknown> {
    const name = `matrix/${hash}.json`;
    const bytes = await this.#files.get(name);
    if (bytes === undefined) throw new Error(`A manifest names ${name}, which is not there.`);
    return JSON.parse(Buffer.from(bytes).toString());
  }
}
