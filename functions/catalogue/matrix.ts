import type { MatrixColumns } from '#shared/catalogue/matrix/columns.ts';
import { decodeText } from '#shared/catalogue/matrix/decode-text.ts';
import type { Means } from '#shared/catalogue/matrix/filter.ts';
import { fastestMeans } from '#shared/catalogue/matrix/means.ts';
import { decodeSnapshot } from '#shared/catalogue/matrix/snapshot.ts';
import { matrixTerms, type MatrixTerms } from '#shared/catalogue/matrix/terms.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Files } from '#platform/files.ts';
import type { Table } from '#platform/table.ts';
import { loadManifest, type Manifest } from './store.ts';

/** A program's matrix in memory. */
export interface Matrix {
  readonly manifest: Manifest;
  readonly columns: MatrixColumns;
  readonly means: Means;
  readonly terms: MatrixTerms;
}

/** How long a warm function trusts its snapshot before it asks whether there is a newer one. */
export const manifestAgeMilliseconds = 2000;

/** Keeps each program's snapshot in memory; within its age a query costs no read at all. */
export class MatrixReader {
  readonly #table: Table;
  readonly #files: Files;
  readonly #held = new Map<string, { readonly matrix: Matrix; readonly checkedAt: number }>();

  constructor(table: Table, files: Files) {
    this.#table = table;
    this.#files = files;
  }

  /** The current matrix; undefined while none was built yet. */
  async current(program: Program): Promise<Matrix | undefined> {
    const held = this.#held.get(program.id);
    if (held !== undefined && performance.now() - held.checkedAt < manifestAgeMilliseconds) return held.matrix;
    const manifest = await loadManifest(this.#table, program.id);
    if (manifest === undefined) return undefined;
    const matrix =
      held?.matrix.manifest.parts.core === manifest.parts.core ? held.matrix : await this.#read(program, manifest);
    this.#held.set(program.id, { matrix, checkedAt: performance.now() });
    return matrix;
  }

  async #read(program: Program, manifest: Manifest): Promise<Matrix> {
    const [core, sites, summaries, text] = await Promise.all(
      [manifest.parts.core, manifest.parts.sites, manifest.parts.summaries, manifest.parts.text].map((hash) =>
        this.#readPart(program, hash),
      ),
    );
    const columns = decodeSnapshot({ core, sites, summaries });
    return { manifest, columns, means: fastestMeans(columns, decodeText(text, columns)), terms: matrixTerms(program) };
  }

  async #readPart(program: Program, hash: string): Promise<unknown> {
    const name = `matrix/${hash}.json`;
    const bytes = await this.#files.get(name);
    if (bytes === undefined) throw new Error(`The manifest of ${program.id} names ${name}, which is not there.`);
    return JSON.parse(Buffer.from(bytes).toString());
  }
}
