import { snapshotParts } from '#shared/catalogue/matrix/snapshot.ts';
import { SnapshotEncoder } from '#shared/catalogue/matrix/encode-snapshot.ts';
import { countedYear, matrixPartner, type CountedYear, type MatrixPartner } from '#shared/catalogue/matrix/partner.ts';
import * as z from 'zod';
import { organizationId, programId, type OrganizationId, type ProgramId } from '#shared/kernel/ids.ts';
import { instant, instantOf, type Instant } from '#shared/kernel/instants.ts';
import type { Program } from '#shared/programs/program.ts';
import { aggregateOf } from '#platform/aggregates.ts';
import { doorbell } from '#platform/consumers.ts';
import type { Files } from '#platform/files.ts';
import { log } from '#platform/log.ts';
import type { Table } from '#platform/table.ts';
import { FactsKeeper, factsOf, type Gathered, type GatheredFacts, type MatrixFacts } from './matrix-facts.ts';
import { putSnapshot, textsOf, type SnapshotTexts } from './snapshot-files.ts';
import {
  everyListed,
  everyPartner,
  loadManifest,
  loadPartner,
  manifestBefore,
  partnerIn,
  saveManifest,
  type Manifest,
} from './store.ts';

/** Builds that meet start over with what is newest; each round one of them wins. */
const rounds = 6;

/** Partners that are read at the same time. */
const readAtOnce = 50;

/** The row of each partner for a school year, kept for as long as its facts are: most partners do not change. */
const rows = new WeakMap<MatrixFacts, { readonly year: number; readonly row: MatrixPartner }>();

function rowOf(facts: MatrixFacts, counted: CountedYear): MatrixPartner {
  const known = rows.get(facts);
  if (known?.year === counted.year) return known.row;
  const { listing, approvals, record, workload } = facts;
  const row = matrixPartner(listing, approvals, counted, record, workload);
  rows.set(facts, { year: counted.year, row });
  return row;
}

/** The texts of the files of the snapshot that these facts give. */
function snapshotTexts(
  given: Iterable<MatrixFacts>,
  program: Program,
  builtAt: Instant,
  encoder: SnapshotEncoder,
): SnapshotTexts {
  const counted = countedYear(builtAt, program.zone);
  const partners = Array.from(given, (facts) => rowOf(facts, counted));
  return textsOf(encoder.encode(partners, { program: program.id, builtAt, zone: program.zone }));
}

/** A reading of all partners, begun when the manifest had this version. */
interface WholeReading {
  readonly version: number;
  readonly facts: GatheredFacts;
}

/**
 * Builds the matrices of programs: reads what changed, takes the rest from the build before, writes each part of
 * the snapshot under the hash of its bytes, and makes it the current one if nobody published meanwhile. Where
 * somebody did, it reads what changed once more, on top of what the other one published: so an older reading never
 * replaces a newer one.
 */
export class MatrixBuilder {
  readonly #table: Table;
  readonly #files: Files;
  readonly #keeper: FactsKeeper;
  readonly #encoder = new SnapshotEncoder();
  readonly #now: () => Date;

  /** @param now reads the clock when a reading begins. */
  constructor(table: Table, files: Files, now: () => Date) {
    this.#table = table;
    this.#files = files;
    this.#keeper = new FactsKeeper(files);
    this.#now = now;
  }

  /**
   * @param changed the partners that may have changed since the last build. Where they are not named, or nobody
   * kept what that build read, every partner is read.
   */
  async build(program: Program, changed?: ReadonlySet<OrganizationId>): Promise<Manifest> {
    let whole: WholeReading | undefined;
    for (let round = 0; round < rounds; round += 1) {
      const { version, manifest } = await manifestBefore(this.#table, program.id);
      const known = manifest && (await this.#keeper.of(program.id, manifest));
      const builtAt = instantOf(this.#now());
      let facts: GatheredFacts;
      if (changed !== undefined && known !== undefined && whole === undefined) {
        facts = new Map([...known, ...(await this.#read(program.id, changed, version + 1))]);
      } else {
        if (whole === undefined || (known === undefined && whole.version !== version))
          whole = { version, facts: await this.#readAll(program.id, known, version + 1) };
        facts = await this.#readSince(program.id, whole, known, version + 1);
      }
      const next = await this.#write(program, facts, { version: version + 1, builtAt }, manifest);
      if (!(await saveManifest(this.#table, program.id, next))) continue;
      this.#keeper.hold(program.id, next.version, facts);
      const read = whole === undefined ? (changed?.size ?? 0) : facts.size;
      log.info('matrix built', { program: program.id, version: next.version, partners: next.partners, read });
      return next;
    }
    throw new Error(`The matrix of ${program.id} could not be published: other builders kept publishing.`);
  }

  async #write(
    program: Program,
    gathered: GatheredFacts,
    { version, builtAt }: Pick<Manifest, 'version'> & { readonly builtAt: Instant },
    before: Manifest | undefined,
  ): Promise<Manifest> {
    // The index lists partners by id, and so does a reading of all: the same facts make the same files.
    const facts = [...gathered.values()]
      .map((one) => one.facts)
      .sort((a, b) => byId(a.listing.partner, b.listing.partner));
    const texts = snapshotTexts(facts, program, builtAt, this.#encoder);
    const [snapshot, kept] = await Promise.all([
      putSnapshot(this.#files, texts),
      this.#keeper.write(program.id, version, gathered, before?.facts),
    ]);
    return { version, ...snapshot, builtAt, partners: facts.length, facts: kept };
  }

  /** @param known partners of the build before: the index may not list the latest of them yet. */
  async #readAll(program: ProgramId, known: GatheredFacts | undefined, since: number): Promise<GatheredFacts> {
    const listed = new Set(known?.keys());
    for await (const partner of everyListed(this.#table, program)) listed.add(partner);
    return this.#read(program, listed, since);
  }

  /**
   * The whole reading, in which the partners that somebody else read since it began are read again: nobody knows
   * which of the two readings is the later one.
   */
  async #readSince(
    program: ProgramId,
    { version, facts }: WholeReading,
    known: GatheredFacts | undefined,
    since: number,
  ): Promise<GatheredFacts> {
    const whole = [...facts].map(([partner, one]) => [partner, { ...one, since }] as const);
    const others = [...(known ?? [])].flatMap(([partner, one]) => (one.since > version ? [partner] : []));
    return new Map([...whole, ...(await this.#read(program, others, since))]);
  }

  /** Reads these partners as they stand now. */
  async #read(program: ProgramId, partners: Iterable<OrganizationId>, since: number): Promise<GatheredFacts> {
    const waiting = [...partners];
    const read = new Map<OrganizationId, Gathered>();
    while (waiting.length > 0) {
      const some = waiting.splice(-readAtOnce);
      const loaded = await Promise.all(
        some.map((partner) => loadPartner(this.#table, program, partner, { consistent: true })),
      );
      for (const facts of loaded) {
        if (facts !== undefined) read.set(facts.listing.state.partner, { since, facts: factsOf(facts) });
      }
    }
    return read;
  }
}

function byId(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares the published snapshot with the one that the store's states give; `fault` says how it differs. */
export async function verifyMatrix(
  table: Table,
  files: Files,
  program: Program,
): Promise<{ readonly partners: number; readonly fault?: string }> {
  const current = await loadManifest(table, program.id, { consistent: true });
  const facts: MatrixFacts[] = [];
  for await (const one of everyPartner(table, program.id)) facts.push(factsOf(one));
  const partners = facts.length;
  // A program that was never filled in has no listings, and so needs none.
  if (current === undefined) return partners === 0 ? { partners } : { partners, fault: 'none was built' };
  const texts = snapshotTexts(facts, program, instant.parse(current.builtAt), new SnapshotEncoder());
  for (const part of snapshotParts) {
    const stored = await files.get(`matrix/${current.parts[part]}.json`);
    if (stored === undefined) return { partners, fault: `the file of its ${part} is missing` };
    if (Buffer.from(stored).toString() !== texts[part])
      return { partners, fault: `its ${part} differs from what the states give` };
  }
  return { partners };
}

/** Builds from a reading of every partner. */
export async function buildMatrix(table: Table, files: Files, program: Program, now: () => Date): Promise<Manifest> {
  return new MatrixBuilder(table, files, now).build(program);
}

/** Which program asks for a snapshot, and which partner has changed; without one, all are read. */
const request = z.object({ program: programId, partner: organizationId.optional() });
export type BuildRequest = z.infer<typeof request>;

/** What the queue of the matrix holds: requests, and the bells of facts about a listing or an approval. */
export const buildRequest = z.union([
  doorbell.transform(({ program, aggregate }): BuildRequest => ({
    program,
    partner: partnerIn(aggregateOf(aggregate).partition),
  })),
  request,
]);

/** The messages that have all partners of these programs read. */
export function askForAll(programs: Iterable<string>): readonly BuildRequest[] {
  return Array.from(programs, (program) => request.parse({ program }));
}

/** One build for all that some messages ask of one program. */
export function rebuildMatrix(builder: MatrixBuilder, programs: ReadonlyMap<string, Program>) {
  return async (requests: readonly BuildRequest[]): Promise<void> => {
    const program = programs.get(requests[0]?.program ?? '');
    if (program === undefined) return;
    const partners = requests.map((one) => one.partner);
    const changed = partners.filter((partner) => partner !== undefined);
    await builder.build(program, changed.length < partners.length ? undefined : new Set(changed));
  };
}
