import { snapshotParts } from '#shared/catalogue/matrix/snapshot.ts';
import * as z from 'zod';
import {
  approval,
  draft,
  listing,
  workload,
  type Approval,
  type Draft,
  type Listing,
  type TrackRecord,
  type Workload,
} from '#shared/catalogue/model.ts';
import { changeBrief } from '#shared/catalogue/change-line.ts';
import { recordedEvent } from '#shared/kernel/events.ts';
import { organizationId, type OrganizationId, type ProgramId, type TermId } from '#shared/kernel/ids.ts';
import { instant, type Instant, type SchoolYear } from '#shared/kernel/instants.ts';
import { unknownArea } from '#shared/programs/unknown-area.ts';
import { load, readState, type AggregateKey, type Loaded } from '#platform/aggregates.ts';
import { viewKey } from '#platform/projections.ts';
import { selectAll, type Item, type Items, type Table } from '#platform/table.ts';

/**
 * One partner's public facts stand in one partition, so that its page is one read:
 *
 *     LISTING#<program>#<partner>   STATE#listing            what it publishes
 *                                   STATE#approval#<area>    one for each area
 *                                   VIEW#record              goals met of goals agreed
 *                                   VIEW#workload            engagements awarded here
 *     DRAFT#<program>#<partner>     STATE#draft              what it has not published
 *     MANIFEST#<program>            MANIFEST                 which snapshot of the matrix is current
 */
export function partition(program: ProgramId, partner: OrganizationId): string {
  return `LISTING#${program}#${partner}`;
}

/** The partner of an aggregate that stands in a partition of public facts. */
export function partnerIn(place: string): OrganizationId {
  return organizationId.parse(place.split('#')[2]);
}

export function listingKey(program: ProgramId, partner: OrganizationId): AggregateKey {
  return { partition: partition(program, partner), name: 'listing', program };
}

export function approvalKey(program: ProgramId, partner: OrganizationId, area: TermId | undefined): AggregateKey {
  return { partition: partition(program, partner), name: `approval#${area ?? unknownArea}`, program };
}

export function draftKey(program: ProgramId, partner: OrganizationId): AggregateKey {
  return { partition: `DRAFT#${program}#${partner}`, name: 'draft', program };
}

/** Where the listings of a program are listed, by the partner's id. */
export function inList(program: ProgramId, partner: OrganizationId): { readonly lpk: string; readonly lsk: string } {
  return { lpk: `LISTINGS#${program}`, lsk: partner };
}

export interface PartnerFacts {
  readonly listing: Loaded<Listing>;
  readonly approvals: readonly Loaded<Approval>[];
  readonly record: TrackRecord | undefined;
  readonly workload: Workload | undefined;
}

const recordSums = z.looseObject({ agreed: z.int(), met: z.int(), engagements: z.int().default(0) });

/** Confirmed goals are counted by month beside their sums: the latest month that has one. */
const monthPrefix = 'confirmed:';

export function monthAttribute(at: Instant): string {
  return `${monthPrefix}${at.slice(0, 7)}`;
}

/** The record of a view; `latest` is the first instant of the month of the latest confirmation. */
function recordOf(view: Item | undefined): TrackRecord | undefined {
  if (view === undefined) return undefined;
  const { agreed, met, engagements, ...rest } = recordSums.parse(view);
  const month = Object.keys(rest)
    .filter((name) => name.startsWith(monthPrefix))
    .sort()
    .at(-1)
    ?.slice(monthPrefix.length);
  return {
    agreed,
    met,
    engagements,
    ...(month === undefined ? {} : { latest: instant.parse(`${month}-01T00:00:00.000Z`) }),
  };
}

const yearPrefix = 'year:';

export function yearAttribute(year: SchoolYear): string {
  return `${yearPrefix}${year}`;
}

function workloadOf(view: Item | undefined): Workload | undefined {
  if (view === undefined) return undefined;
  const years = Object.entries(view).filter(([name]) => name.startsWith(yearPrefix));
  return workload.parse({
    byYear: Object.fromEntries(years.map(([name, count]) => [name.slice(yearPrefix.length), count])),
  });
}

function factsOf(items: readonly Item[]): PartnerFacts | undefined {
  const found = new Map(items.map((item) => [item.sk, item]));
  const listed = readState(found.get('STATE#listing'), listing);
  if (listed === undefined) return undefined;
  const approvals = items
    .filter((item) => item.sk.startsWith('STATE#approval#'))
    .flatMap((item) => readState(item, approval) ?? []);
  const recorded = found.get(viewKey({ name: 'record' }, '').sk);
  const work = found.get(viewKey({ name: 'workload' }, '').sk);
  return {
    listing: listed,
    approvals,
    record: recordOf(recorded),
    workload: workloadOf(work),
  };
}

/** Everything public about a partner, in one read. */
export async function loadPartner(
  table: Table,
  program: ProgramId,
  partner: OrganizationId,
  options: { readonly consistent?: boolean } = {},
): Promise<PartnerFacts | undefined> {
  const items: Item[] = [];
  const range = { from: 'STATE#', to: 'VIEW#~' };
  for await (const item of selectAll(table, {
    partition: partition(program, partner),
    range,
    consistent: options.consistent ?? false,
  })) {
    items.push(item);
  }
  return factsOf(items);
}

/**
 * Who is listed in a program, by id, as the index has it: the very latest may be missing. For jobs.
 * @param after only who comes after this one.
 * @param limit how many are read at a time.
 */
export async function* everyListed(
  table: Table,
  program: ProgramId,
  { after = '', limit }: { readonly after?: string; readonly limit?: number } = {},
): AsyncGenerator<OrganizationId> {
  const selection = {
    index: 'list',
    partition: `LISTINGS#${program}`,
    ...(after === '' ? {} : { range: { from: after, to: '~' } }),
    ...(limit === undefined ? {} : { limit }),
  } as const;
  for await (const item of selectAll(table, selection)) {
    const { state } = readState(item, listing) ?? {};
    if (state !== undefined && state.partner > after) yield state.partner;
  }
}

/** Every partner of a program; for jobs. */
export async function* everyPartner(table: Table, program: ProgramId): AsyncGenerator<PartnerFacts> {
  for await (const partner of everyListed(table, program)) {
    const facts = await loadPartner(table, program, partner, { consistent: true });
    if (facts !== undefined) yield facts;
  }
}

export async function loadDraft(
  table: Table,
  program: ProgramId,
  partner: OrganizationId,
): Promise<Loaded<Draft> | undefined> {
  return load(table, draftKey(program, partner), draft);
}

export async function loadApproval(
  table: Table,
  program: ProgramId,
  partner: OrganizationId,
  area: TermId | undefined,
): Promise<Loaded<Approval> | undefined> {
  return load(table, approvalKey(program, partner, area), approval);
}

/** Which snapshot of a program's matrix is current. */
export const manifest = z.object({
  version: z.int().min(1),
  /** SHA-256 of the bytes of each part of the snapshot; its file is `matrix/<hash>.json`. */
  parts: z.record(z.enum(snapshotParts), z.string()),
  /** What a browser loads of the core, compressed. */
  coreBytes: z.int().min(1),
  /** When the builder began to read. */
  builtAt: z.string(),
  partners: z.int().min(0),
  /** What it was built from, for the next builder; absent where that was not kept. See `matrix-facts.ts`. */
  facts: z
    .object({
      /** SHA-256 of the text of a file of every partner, as of the manifest of `allVersion`. */
      all: z.string(),
      allVersion: z.int().min(1),
      /** The same of a file of those that were read later. */
      later: z.string().optional(),
    })
    .optional(),
});
export type Manifest = z.infer<typeof manifest>;

export async function loadManifest(
  table: Items,
  program: ProgramId,
  options: { readonly consistent?: boolean } = {},
): Promise<Manifest | undefined> {
  const item = await table.get({ pk: `MANIFEST#${program}`, sk: 'MANIFEST' }, options);
  return item === undefined ? undefined : manifest.parse(item);
}

/**
 * What the next build follows: the version of the present manifest, 0 where there is none, and the manifest itself
 * unless it is one of before, which this code cannot read any more.
 */
export async function manifestBefore(
  table: Table,
  program: ProgramId,
): Promise<{ readonly version: number; readonly manifest?: Manifest }> {
  const item = await table.get({ pk: `MANIFEST#${program}`, sk: 'MANIFEST' }, { consistent: true });
  if (item === undefined) return { version: 0 };
  const { version } = manifest.pick({ version: true }).parse(item);
  const read = manifest.safeParse(item);
  return read.success ? { version, manifest: read.data } : { version };
}

/** Publishes a manifest after the one that was read; false when another builder was faster. */
export async function saveManifest(table: Table, program: ProgramId, next: Manifest): Promise<boolean> {
  const written = await table.write([
    {
      kind: 'put',
      item: { pk: `MANIFEST#${program}`, sk: 'MANIFEST', ...next },
      guard: next.version === 1 ? 'absent' : { version: next.version - 1 },
    },
  ]);
  return written.ok;
}

/** The public change log: of the program, and of each partner. */
export function changesPartition(program: ProgramId, partner?: OrganizationId): string {
  return partner === undefined ? `CHANGES#${program}` : `CHANGES#${program}#${partner}`;
}

/** The same changes of a partner in brief, for its own page: three events whole can be as long as a listing. */
export function latestPartition(program: ProgramId, partner: OrganizationId): string {
  return `LATEST#${program}#${partner}`;
}

/** A line of the program's log or of a partner's page, before it is worded. */
export const briefView = z.object({ brief: changeBrief });

/** An entry of a partner's log: the event as it was recorded. */
export const changeView = z.object({ event: recordedEvent });
