import { isDeepStrictEqual } from 'node:util';
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
import type { Queues } from '#platform/queue.ts';
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

/** Partners that are read again between two other builds: a change waits for them, less than half a second. */
const readInTurn = 200;

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

/** Some of the partners, read again. */
interface ReadAgain {
  /** Those of whom the present matrix has something else. */
  readonly others: readonly OrganizationId[];
  /** The last of them where there are more. */
  readonly last?: OrganizationId;
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
  readonly #inTurn: number;

  /**
   * @param now reads the clock when a reading begins.
   * @param inTurn how many partners `readAgain` reads.
   */
  constructor(table: Table, files: Files, now: () => Date, inTurn = readInTurn) {
    this.#table = table;
    this.#files = files;
    this.#keeper = new FactsKeeper(files);
    this.#now = now;
    this.#inTurn = inTurn;
  }

  /**
   * Reads the next partners by their ids, whether or not somebody said that they changed.
   * @param after the last of those before.
   * @returns undefined where nobody kept what the present matrix was built from.
   */
  async readAgain({ id: program }: Program, after = ''): Promise<ReadAgain | undefined> {
    const { manifest } = await manifestBefore(this.#table, program);
    const known = manifest && (await this.#keeper.of(program, manifest));
    if (known === undefined) return undefined;
    const next = new Set<OrganizationId>();
    let last: OrganizationId | undefined;
    // One more, for the last of those before is read too.
    for await (const partner of everyListed(this.#table, program, { after, limit: this.#inTurn + 1 })) {
      next.add(partner);
      if (next.size < this.#inTurn) continue;
      last = partner;
      break;
    }
    // The index may not list the latest of them yet.
    for (const partner of known.keys())
      if (partner > after && (last === undefined || partner <= last)) next.add(partner);
    const read = await this.#read(program, next, 0);
    const others = [...next].filter(
      (partner) => !isDeepStrictEqual(read.get(partner)?.facts, known.get(partner)?.facts),
    );
    return { others, ...(last === undefined ? {} : { last }) };
  }

  /**
   * @param changed the partners that may have changed since the last build. Where they are not named, or nobody
   * kept what that build read, every partner is read.
   * @param keepsAnew whether what it is built from is written as a whole, so that no file of it grows old.
   */
  async build(program: Program, changed?: ReadonlySet<OrganizationId>, keepsAnew = false): Promise<Manifest> {
    let whole: WholeReading | undefined;
    for (let round = 0; round < rounds; round += 1) {
      const { version, manifest } = await manifestBefore(this.#table, program.id);
      const known = manifest && (await this.#keeper.of(program.id, manifest));
      const builtAt = instantOf(this.#now());
      let facts: GatheredFacts;
      if (changed !== undefined && known !== undefined && whole === undefined) {
        facts = new Map([
          ...[...known].filter(([partner]) => !changed.has(partner)),
          ...(await this.#read(program.id, changed, version + 1)),
        ]);
      } else {
        if (whole === undefined || (known === undefined && whole.version !== version))
          whole = { version, facts: await this.#readAll(program.id, known, version + 1) };
        facts = await this.#readSince(program.id, whole, known, version + 1);
      }
      const before = keepsAnew ? undefined : manifest?.facts;
      const next = await this.#write(program, facts, { version: version + 1, builtAt }, before);
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
    before: Manifest['facts'],
  ): Promise<Manifest> {
    // The index lists partners by id, and so does a reading of all: the same facts make the same files.
    const facts = [...gathered.values()]
      .map((one) => one.facts)
      .sort((a, b) => byId(a.listing.partner, b.listing.partner));
    const texts = snapshotTexts(facts, program, builtAt, this.#encoder);
    const [snapshot, kept] = await Promise.all([
      putSnapshot(this.#files, texts),
      this.#keeper.write(program.id, version, gathered, before),
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

/**
 * Which program asks for a snapshot, and which partner has changed. Without one, all are read, some at a time:
 * `after` is the last that was read by then.
 */
const request = z.object({
  program: programId,
  partner: organizationId.optional(),
  after: organizationId.optional(),
});
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

/**
 * One build for all that some messages ask of one program. Where all partners are to be read, it reads some of them
 * and asks for the others: what changes meanwhile does not wait for all.
 */
export function rebuildMatrix(builder: MatrixBuilder, programs: ReadonlyMap<string, Program>, queues: Queues) {
  return async (requests: readonly BuildRequest[]): Promise<void> => {
    const program = programs.get(requests[0]?.program ?? '');
    if (program === undefined) return;
    const changed = new Set(requests.flatMap(({ partner }) => partner ?? []));
    const whole = requests.filter(({ partner }) => partner === undefined).map(({ after = '' }) => after);
    const [after] = whole.sort(byId);
    if (after === undefined) {
      await builder.build(program, changed);
      return;
    }
    const again = await builder.readAgain(program, after);
    if (again === undefined) {
      await builder.build(program);
      return;
    }
    for (const partner of again.others) changed.add(partner);
    if (changed.size > 0 || again.last === undefined) await builder.build(program, changed, again.last === undefined);
    if (again.last !== undefined) await queues.send('matrix', [{ program: program.id, after: again.last }]);
  };
}
