import { organization, type Invitation, type Organization } from '#shared/accounts/model.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import type { Program } from '#shared/programs/program.ts';
import { catchUp } from '#platform/consumers.ts';
import { History } from '#platform/history.ts';
import { ProgramFiles } from '#platform/program-files.ts';
import { importOrganizations, importRoster, inviteFirstHead } from '../accounts/index.ts';
import { broughtListings, buildMatrix, importListings } from '../catalogue/index.ts';
import { projections } from './projections.ts';
import { loadMarker, saveMarker, storeShape } from './store-marker.ts';
import type { Store } from './store.ts';

const author = { kind: 'system', part: 'import' } as const;

export interface ImportReport {
  /** Organizations, listings and approvals that came in, and those that stood there already and stay as they are. */
  readonly written: number;
  readonly standing: number;
  /** The one-time link's token for the agency's first program lead, while nobody is in charge of it. */
  readonly firstLead?: { readonly token: string; readonly until: Invitation['until'] };
}

/**
 * Brings a program of this deployment into its store: its agency, districts, schools, partners and their
 * listings with approvals as published. What stands there stays, so that it can be run again with longer
 * files; schools are reference data and are written anew. Then builds the program's views and matrix.
 */
export async function importProgram(store: Store, program: Program, at: Instant): Promise<ImportReport> {
  const { table, files, queues, programs } = store;
  const marker = (await loadMarker(table)) ?? { begunAt: at, filled: true, days: [], programs: [], shape: storeShape };
  await saveMarker(table, marker);
  const history = new History();
  const brought = new ProgramFiles();
  const { districts, schools } = brought.roster(program);
  const listings = broughtListings(brought, program);
  const roster = importRoster(program.id, districts, schools);
  const agency: Organization = {
    kind: 'agency',
    id: program.agency.id,
    name: program.agency.name,
    program: program.id,
  };
  const partners = listings.map(({ partner, content }) =>
    organization.parse({ kind: 'partner', id: partner, name: content.name, introducedBy: program.id }),
  );
  const steps = [...importOrganizations([agency, ...partners]).steps, ...roster.steps];
  for (const { key, decision, list } of steps) history.record(key, decision, at, author, list);
  importListings(history, program, listings, at);
  const counts = await history.writeNew(table);
  await table.load(roster.items);
  await catchUp(table, Object.values(projections(programs, queues)), counts.events);
  await buildMatrix(table, files, program, () => new Date(at));
  if (marker.programs !== undefined)
    await saveMarker(table, { ...marker, programs: [...new Set([...marker.programs, program.id])] });
  const firstLead = await inviteFirstHead(table, program.agency.id, at);
  return {
    written: counts.written,
    standing: counts.standing,
    ...(firstLead === undefined ? {} : { firstLead }),
  };
}
