import * as z from 'zod';
import { instantOf } from '#shared/kernel/instants.ts';
import { identityConfig, readConfig } from '#platform/config.ts';
import { theTable } from '#platform/dynamo-table.ts';
import { theAudit, theFiles } from '#platform/files.ts';
import { thePrograms } from '#platform/programs.ts';
import { theQueues } from '#platform/queue.ts';
import type { Table } from '#platform/table.ts';
import type { Program } from '#shared/programs/program.ts';
import { askContexts, noticesConsumer, tasksConsumer } from '../notifications/index.ts';
import type { DemonstrationPerson } from './demonstration-person.ts';
import { identityItems } from './identity-items.ts';
import { demonstrationPeople, signInPeople, type SignInPerson } from './people.ts';
import { projections } from '../operations/projections.ts';
import { renewViews } from '../operations/renew-views.ts';
import { loadMarker, saveMarker, storeShape, type Marker } from '../operations/store-marker.ts';
import { ProgramFiles } from '#platform/program-files.ts';
import { seedStore, type SeedCounts } from './seed.ts';

const settings = z.looseObject({ partners: z.int().min(1).optional() });

/**
 * Fills an empty store, and later each program that has come since; called at each start, before anything
 * is served. One key look-up where nothing has to be filled. A filling that was cut off is repeated from the same instant, so that it writes the
 * same items over those that are there.
 * @param given `partners`: how many each invented program gets.
 * @returns what was written; undefined where nothing had to be.
 */
export async function prepareStore(given: unknown = {}): Promise<SeedCounts | undefined> {
  const [table, files, issuer] = [theTable(), theFiles(), readConfig(identityConfig).IDENTITY_ISSUER];
  const before = await loadMarker(table);
  if (before?.filled === true && before.issuer !== issuer) await moveIdentities(table, { ...before, issuer }, issuer);
  const everyProgram = thePrograms();
  if (before?.filled === true && before.shape !== storeShape)
    await renewViews({ table, files, audit: theAudit, queues: theQueues(), programs: everyProgram });
  const filled = before?.filled === true ? (before.programs ?? [...everyProgram.keys()]) : [];
  const programs = new Map([...everyProgram].filter(([id]) => !filled.includes(id)));
  if (programs.size === 0) return undefined;
  const partners = before === undefined ? settings.parse(given).partners : before.partners;
  const begunAt = before?.begunAt ?? instantOf(new Date());
  const chosen = partners === undefined ? {} : { partners };
  const marker = { begunAt, issuer, shape: storeShape, ...chosen };
  if (filled.length === 0) await saveMarker(table, { ...marker, filled: false, days: [] });
  const queues = theQueues();
  const tasks = tasksConsumer({ table, sources: askContexts(table), programs });
  const counts = await seedStore(table, files, {
    programs,
    now: begunAt,
    issuer,
    beside: filled.length > 0,
    consumers: Object.values(projections(programs, queues)),
    fromNowOn: [noticesConsumer(table, programs, queues), tasks],
    looking: [tasks],
    ...chosen,
  });
  const days = [...new Set([...(before?.days ?? []), ...counts.days])].sort();
  await saveMarker(table, { ...marker, filled: true, days, programs: [...everyProgram.keys()] });
  return counts;
}

/** A person is known by the provider's address, which on one machine changes with the port. */
async function moveIdentities(table: Table, next: Marker, issuer: string): Promise<void> {
  await table.load(
    identityItems(
      everybodyShown().map(({ person }) => person),
      issuer,
      next.begunAt,
    ),
  );
  await saveMarker(table, next);
}

/** Who may sign in, for the embedded sign-in page. */
export async function people(): Promise<readonly SignInPerson[]> {
  return everybodyShown().flatMap(({ program, person }) => signInPeople(program, [person]));
}

interface Shown {
  readonly program: Program;
  readonly person: DemonstrationPerson;
}

let shared: readonly Shown[] | undefined;

/** Read once: the sign-in page asks at every step, and the rosters are long. */
function everybodyShown(): readonly Shown[] {
  const files = new ProgramFiles();
  shared ??= [...thePrograms().values()].flatMap((program) =>
    demonstrationPeople(program, files, files.roster(program).districts).map((person) => ({ program, person })),
  );
  return shared;
}
