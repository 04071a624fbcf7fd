import * as z from 'zod';
import type { Organization } from '#shared/accounts/model.ts';
import type { Author } from '#shared/kernel/actors.ts';
import type { RecordedEvent } from '#shared/kernel/events.ts';
import { organizationId, requestId, type OrganizationId, type RequestId } from '#shared/kernel/ids.ts';
import { day, type Day, type Instant } from '#shared/kernel/instants.ts';
import type { District, School } from '#shared/programs/roster.ts';
import type { Program } from '#shared/programs/program.ts';
import type { Consumer, Doorbell } from '#platform/consumers.ts';
import type { Files } from '#platform/files.ts';
import { History } from '#platform/history.ts';
import { Fold } from '#platform/projections.ts';
import type { Item, Table } from '#platform/table.ts';
import {
  isRegistered,
  importOrganizations,
  importPeople,
  importRoster,
  type Imported,
  type ImportedPerson,
} from '../accounts/index.ts';
import { broughtListings, buildMatrix, importListings } from '../catalogue/index.ts';
import { Calendar } from './demo/calendar.ts';
import { inventState } from './demo/state.ts';
import type { DemonstrationPerson } from './demonstration-person.ts';
import { importedPerson } from './identity-items.ts';
import { demonstrationPeople } from './people.ts';
import { ProgramFiles } from '#platform/program-files.ts';

export interface SeedOptions {
  readonly programs: ReadonlyMap<string, Program>;
  /** The folder that the programs were read from, if not that of this deployment. */
  readonly folder?: string;
  /** The instant at which the store begins; an invented past is told up to it. */
  readonly now: Instant;
  /** How many partners each invented program has. */
  readonly partners?: number;
  /** The identity provider at which the demonstration people sign in. */
  readonly issuer: string;
  /** The store has other programs already: partners that they brought in stay as they are. */
  readonly beside?: boolean;
  /** Whoever has views or positions to begin with. */
  readonly consumers: readonly Consumer[];
  /** Those that begin with the present: the past causes nothing with them, so nobody gets mail about it. */
  readonly fromNowOn?: readonly Consumer[];
  /** Those of `consumers` and `fromNowOn` that must look once at every request that has not ended. */
  readonly looking?: readonly Consumer[];
}

export interface SeedCounts {
  readonly items: number;
  readonly events: number;
  /** The days, in UTC, that have events. */
  readonly days: readonly Day[];
}

const ofRequest = z.object({ request: requestId });

/** The part of the system that an import names as its author. */
const author: Author = { kind: 'system', part: 'import' };

/** Programs began long before the store did; this is when their organizations and people came in. */
const accountsDaysAgo = 2_000;

/**
 * Fills an empty store: organizations, people, listings and their past of every program, the views
 * that follow from them, and each program's matrix. The same options write the same items, so a seed
 * that was cut off is repeated over what it left.
 */
export async function seedStore(table: Table, files: Files, options: SeedOptions): Promise<SeedCounts> {
  const loader = new Loader(table, options);
  const programFiles = new ProgramFiles(options.folder);
  for (const program of options.programs.values()) {
    if (programFiles.isInvented(program)) await seedInvented(loader, program, options);
    else await seedBrought(loader, program, programFiles, options);
  }
  await loader.finish();
  // Not the time of the reading: the same seed makes the same snapshot.
  for (const program of options.programs.values())
    await buildMatrix(table, files, program, () => new Date(options.now));
  return loader.counts;
}

/** Writes histories and what follows from them, block by block. */
class Loader {
  readonly #table: Table;
  readonly #folds: readonly Fold[];
  /** A partner stands in several programs and is one organization. */
  readonly registered = new Set<OrganizationId>();
  readonly #looking: readonly Consumer[];
  readonly #bells = new Map<string, { readonly consumer: Consumer; readonly bell: Doorbell }>();
  #items = 0;
  #events = 0;
  readonly #days = new Set<Day>();

  constructor(table: Table, { consumers, fromNowOn = [], looking = [] }: SeedOptions) {
    this.#table = table;
    this.#looking = looking;
    const silent = fromNowOn.map(({ name, hears }): Consumer => ({ name, hears, apply: async () => [] }));
    this.#folds = [...consumers, ...silent].map((consumer) => new Fold(consumer, table));
  }

  /** Learns which of these organizations an earlier filling brought in, so that they stay as they are. */
  async meet(partners: readonly OrganizationId[]): Promise<void> {
    const found = await Promise.all(partners.map((partner) => isRegistered(this.#table, partner)));
    for (const [place, partner] of partners.entries()) if (found[place] === true) this.registered.add(partner);
  }

  /**
   * @param history holds whole aggregates: none of them goes on in another block.
   * @param open requests that have not ended.
   */
  async load(history: History, open: readonly RequestId[] = []): Promise<void> {
    this.#items += await history.writeTo(this.#table);
    await this.#hear(history.events);
    this.#ring(history.events, new Set(open));
    for (const fold of this.#folds) await this.#write(fold.take());
  }

  /** What adds up over all blocks. */
  async finish(): Promise<void> {
    for (const fold of this.#folds) await this.#write(fold.items());
    for (const { consumer, bell } of this.#bells.values()) await consumer.settled?.(bell, this.#table);
  }

  /** Keeps the last bell of each aggregate of an open request. */
  #ring(events: readonly RecordedEvent[], open: ReadonlySet<RequestId>): void {
    if (open.size === 0) return;
    for (const { aggregate, sequence, type, program, data } of events) {
      const of = ofRequest.safeParse(data);
      if (!of.success || !open.has(of.data.request)) continue;
      for (const consumer of this.#looking) {
        if (!consumer.hears.includes(type)) continue;
        this.#bells.set(`${consumer.name} ${aggregate}`, { consumer, bell: { aggregate, sequence, type, program } });
      }
    }
  }

  get counts(): SeedCounts {
    return { items: this.#items, events: this.#events, days: [...this.#days].sort() };
  }

  async #hear(events: readonly RecordedEvent[]): Promise<void> {
    this.#events += events.length;
    for (const { at } of events) this.#days.add(day.parse(at.slice(0, 10)));
    for (const event of events) for (const fold of this.#folds) await fold.hear(event);
  }

  async #write(items: readonly Item[]): Promise<void> {
    await this.#table.load(items);
    this.#items += items.length;
  }
}

async function seedBrought(loader: Loader, program: Program, files: ProgramFiles, options: SeedOptions): Promise<void> {
  const history = new History();
  const { districts, schools } = files.roster(program);
  const listings = broughtListings(files, program);
  if (options.beside === true) await loader.meet(listings.map(({ partner }) => partner));
  const accounts = new AccountsImport(history, program, options, loader.registered);
  accounts.addPlaces(districts, schools);
  accounts.addPartners(listings.map(({ partner, content }) => ({ id: partner, name: content.name })));
  accounts.addPeople(demonstrationPeople(program, files, districts));
  importListings(history, program, listings, options.now);
  await loader.load(history);
}

async function seedInvented(loader: Loader, program: Program, options: SeedOptions): Promise<void> {
  const state = inventState(program, options.now, options.partners);
  const first = new History();
  const accounts = new AccountsImport(first, program, options, loader.registered);
  accounts.addPlaces(state.districts, state.schools);
  accounts.addPeople(state.people);
  await loader.load(first);
  for (const { history, partners, people, open } of state.blocks) {
    const own = new AccountsImport(history, program, options, loader.registered);
    own.addPartners(partners);
    own.addPeople(people);
    await loader.load(history, open);
  }
}

/** Organizations and people of one program, recorded into one history. */
class AccountsImport {
  readonly #history: History;
  readonly #program: Program;
  readonly #issuer: string;
  readonly #at: Instant;
  readonly #registered: Set<OrganizationId>;
  readonly #organizations = new Map<OrganizationId, Organization>();

  constructor(history: History, program: Program, options: SeedOptions, registered: Set<OrganizationId>) {
    this.#history = history;
    this.#registered = registered;
    this.#program = program;
    this.#issuer = options.issuer;
    this.#at = program.invented ? new Calendar(options.now, program.zone).ago(accountsDaysAgo) : options.now;
  }

  /** The agency and the districts. */
  addPlaces(districts: readonly District[], schools: readonly School[]): void {
    const { id, agency } = this.#program;
    this.#addOrganizations([{ kind: 'agency', id: agency.id, name: agency.name, program: id }]);
    this.#record(importRoster(id, districts, schools));
    for (const { id: district, name, ...facts } of districts) {
      this.#organizations.set(district, { kind: 'district', id: district, name, program: id, facts });
    }
  }

  addPartners(partners: readonly { readonly id: string; readonly name: string }[]): void {
    const introducedBy = this.#program.id;
    this.#addOrganizations(
      partners.map(({ id, name }) => ({ kind: 'partner', id: organizationId.parse(id), name, introducedBy })),
    );
  }

  /** All people of an organization come in one call. */
  addPeople(people: readonly DemonstrationPerson[]): void {
    this.#record(
      importPeople(
        people.map((one) => this.#imported(one)),
        this.#at,
      ),
    );
  }

  #imported(person: DemonstrationPerson): ImportedPerson {
    const memberships = person.memberships.map(({ organization, roles }) => {
      const found = this.#organizations.get(organization);
      if (found === undefined)
        throw new Error(`${person.sub} belongs to ${organization}, which is not in the same import.`);
      return { organization: found, roles };
    });
    return { ...importedPerson(person, this.#issuer), memberships };
  }

  #addOrganizations(organizations: readonly Organization[]): void {
    this.#record(importOrganizations(organizations.filter((one) => !this.#registered.has(one.id))));
    for (const one of organizations) {
      this.#registered.add(one.id);
      this.#organizations.set(one.id, one);
    }
  }

  #record({ steps, items }: Imported): void {
    for (const { key, decision, list } of steps) this.#history.record(key, decision, this.#at, author, list);
    for (const item of items) this.#history.put(item);
  }
}
