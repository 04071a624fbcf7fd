import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import * as z from 'zod';
import { approval, listing, record, workload } from '#shared/catalogue/model.ts';
import type { OrganizationId, ProgramId } from '#shared/kernel/ids.ts';
import type { Files } from '#platform/files.ts';
import { sha256 } from '#platform/hash.ts';
import { log } from '#platform/log.ts';
import type { Manifest, PartnerFacts } from './store.ts';

/** Counts the changes of these files; one of another format is not read, and every partner is read instead. */
const format = 1;

const matrixFacts = z.object({
  listing,
  approvals: z.array(approval),
  record: record.optional(),
  workload: workload.optional(),
});
/** What the row of one partner is made from. */
export type MatrixFacts = z.infer<typeof matrixFacts>;

const gathered = z.object({ since: z.int(), facts: matrixFacts });
/** The facts of a partner, and the version of the manifest that was the first to have this reading. */
export type Gathered = z.infer<typeof gathered>;

/** By partner. */
export type GatheredFacts = ReadonlyMap<OrganizationId, Gathered>;

const factsFile = z.object({ format: z.literal(format), program: z.string(), partners: z.array(gathered) });

export type FactsFiles = NonNullable<Manifest['facts']>;

/** So many later readings are worth a file of their own; more are written together with all others. */
function mostLater(partners: number): number {
  return Math.max(500, partners / 8);
}

/** The quickest: the file is read by the next cold builder only. */
const compression = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

export function factsOf({ listing: listed, approvals, record: recorded, workload: work }: PartnerFacts): MatrixFacts {
  return {
    listing: listed.state,
    approvals: approvals.map((one) => one.state),
    ...(recorded === undefined ? {} : { record: recorded }),
    ...(work === undefined ? {} : { workload: work }),
  };
}

/**
 * What the current matrix of each program was built from, so that the next build reads those partners only that
 * changed since. A builder that has just built has it in memory; another one reads two files: all partners as of
 * some build, and those that were read later.
 */
export class FactsKeeper {
  readonly #files: Files;
  readonly #held = new Map<ProgramId, { readonly version: number; readonly facts: GatheredFacts }>();

  constructor(files: Files) {
    this.#files = files;
  }

  /** Undefined where nobody kept it, in a form that this version reads. */
  async of(program: ProgramId, { version, facts }: Manifest): Promise<GatheredFacts | undefined> {
    const held = this.#held.get(program);
    if (held?.version === version) return held.facts;
    if (facts === undefined) return undefined;
    try {
      const all = await this.#read(program, facts.all);
      const later = facts.later === undefined ? [] : await this.#read(program, facts.later);
      const read = new Map([...all, ...later].map((one) => [one.facts.listing.partner, one]));
      this.#held.set(program, { version, facts: read });
      return read;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      log.warn('facts of the matrix are read anew', { program, version, why });
      return undefined;
    }
  }

  /**
   * Writes what a manifest of this version is built from.
   * @param before the files of the manifest that it follows.
   */
  async write(
    program: ProgramId,
    version: number,
    facts: GatheredFacts,
    before: FactsFiles | undefined,
  ): Promise<FactsFiles> {
    const later = before === undefined ? [] : [...facts.values()].filter((one) => one.since > before.allVersion);
    if (before === undefined || later.length > mostLater(facts.size))
      return { all: await this.#put(program, [...facts.values()]), allVersion: version };
    return { ...before, later: await this.#put(program, later) };
  }

  /** Keeps in memory what was published. */
  hold(program: ProgramId, version: number, facts: GatheredFacts): void {
    this.#held.set(program, { version, facts });
  }

  async #put(program: ProgramId, partners: readonly Gathered[]): Promise<string> {
    const text = JSON.stringify({ format, program, partners });
    const hash = sha256(text);
    // Not as an encoding of JSON, which fetching it would undo.
    const body = Uint8Array.from(await compress(text, compression));
    await this.#files.put(nameOf(hash), body, 'application/octet-stream');
    return hash;
  }

  async #read(program: ProgramId, hash: string): Promise<readonly Gathered[]> {
    const bytes = await this.#files.get(nameOf(hash));
    if (bytes === undefined) throw new Error(`${nameOf(hash)} is not there.`);
    const text = (await decompress(bytes)).toString();
    if (sha256(text) !== hash) throw new Error(`${nameOf(hash)} was altered.`);
    const file = factsFile.parse(JSON.parse(text));
    if (file.program !== program) throw new Error(`${nameOf(hash)} is of ${file.program}.`);
    return file.partners;
  }
}

/** Not beside the snapshots, which everybody may fetch: an approval has reasons that are the state's own. */
function nameOf(hash: string): string {
  return `matrix-facts/${hash}.br`;
}
