import type { MatrixColumns } from '#shared/catalogue/matrix/columns.ts';
import { decodeTexts, type MatrixTexts } from '#shared/catalogue/matrix/decode-texts.ts';
import { decodeSnapshot, snapshotParts } from '#shared/catalogue/matrix/snapshot.ts';
import { matrixTerms, type MatrixTerms } from '#shared/catalogue/matrix/terms.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Files } from '#platform/files.ts';
import { log } from '#platform/log.ts';
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

/** How long it goes on with a snapshot while the newer one cannot be read: as long as a change may take to be seen. */
const trustedMilliseconds = 60_000;

interface Held {
  readonly matrix: Matrix;
  /** When somebody last asked whether there is a newer one, and when that was last answered. */
  readonly checkedAt: number;
  readonly answeredAt: number;
}

function isFresh({ checkedAt }: { readonly checkedAt: number }): boolean {
  return performance.now() - checkedAt < manifestAgeMilliseconds;
}

/** Keeps each program's snapshot in memory; within its age a query costs no read at all. */
export class MatrixReader {
  readonly #table: Items;
  readonly #files: Files;
  readonly #held = new Map<string, Held>();

  constructor(table: Items, files: Files) {
    this.#table = table;
    this.#files = files;
  }

  /** The current manifest, without the files that it names; undefined while none was built yet. */
  async manifest(program: Program): Promise<Manifest | undefined> {
    const held = this.#held.get(program.id);
    return held !== undefined && isFresh(held) ? held.matrix.manifest : loadManifest(this.#table, program.id);
  }

  /**
   * The current matrix; undefined while none was built yet. Where it cannot be read, the one before for a minute.
   * @throws Error where there is none of before.
   */
  async current(program: Program): Promise<Matrix | undefined> {
    const held = this.#held.get(program.id);
    if (held !== undefined && isFresh(held)) return held.matrix;
    try {
      const matrix = await this.#newest(program, held?.matrix);
      const now = performance.now();
      if (matrix !== undefined) this.#held.set(program.id, { matrix, checkedAt: now, answeredAt: now });
      return matrix;
    } catch (error) {
      const now = performance.now();
      if (held === undefined || now - held.answeredAt > trustedMilliseconds) throw error;
      log.warn('The matrix could not be renewed.', { program: program.id, error: String(error) });
      this.#held.set(program.id, { ...held, checkedAt: now });
      return held.matrix;
    }
  }

  async #newest(program: Program, held: Matrix | undefined): Promise<Matrix | undefined> {
    const manifest = await loadManifest(this.#table, program.id);
    if (manifest === undefined) return undefined;
    const isHeld = snapshotParts.every((part) => held?.manifest.parts[part] === manifest.parts[part]);
    return held !== undefined && isHeld ? held : this.#read(program, manifest);
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
