import * as z from 'zod';
import { instantOf } from '#shared/kernel/instants.ts';
import { identityConfig, readConfig } from '#platform/config.ts';
import { theTable } from '#platform/dynamo-table.ts';
import { theFiles } from '#platform/files.ts';
import { thePrograms } from '#platform/programs.ts';
import { theQueues } from '#platform/queue.ts';
import type { Table } from '#platform/table.ts';
import type { Program } from '#shared/programs/program.ts';
import { askContexts, noticesConsumer, tasksConsumer } from '../notifications/index.ts';
import type { DemonstrationPerson } from './demonstration-person.ts';
import { identityItems } from './identity-items.ts';
import { demonstrationPeople, signInPeople, type SignInPerson } from './people.ts';
import { everyProjection } from './every-projection.ts';
import { loadMarker, saveMarker, type Marker } from './marker.ts';
import { ProgramFiles } from './program-files.ts';
import { seedStore, type SeedCounts } from './seed.ts';

const settings = z.looseObject({ partners: z.int().min(1).optional() });

/**
 * Fills an empty store; called at each start, before anything is served. One key look-up where it was
 * filled before. A filling that was cut off is repeated from the same instant, so that it writes the
 * same items over those that are there.
 * @param given `partners`: how many each invented program gets.
 * @returns what was written; undefined where nothing had to be.
 */
export async function prepareStore(given: unknown = {}): Promise<SeedCounts | undefined> {
  const [table, files, issuer] = [theTable(), theFiles(), readConfig(identityConfig).IDENTITY_ISSUER];
  const before = await loadMarker(table);
  if (before?.filled === true) {
    if (before.issuer !== issuer) await moveIdentities(table, { ...before, issuer });
    return undefined;
  }
  const partners = before === undefined ? settings.parse(given).partners : before.partners;
  const begunAt = before?.begunAt ?? instantOf(new Date());
  const chosen = partners === undefined ? {} : { partners };
  await saveMarker(table, { begunAt, issuer, filled: false, days: [], ...chosen });
  const [queues, programs] = [theQueues(), thePrograms()];
  const tasks = tasksConsumer({ table, sources: askContexts(table), programs });
  const counts = await seedStore(table, files, {
    programs,
    now: begunAt,
    issuer,
    consumers: everyProjection(programs, queues),
    fromNowOn: [noticesConsumer(table, programs, queues), tasks],
    looking: [tasks],
    ...chosen,
  });
  await saveMarker(table, { begunAt, issuer, filled: true, days: [...counts.days], ...chosen });
  return counts;
}

/** A person is known by the provider's address, which on one machine changes with the port. */
async function moveIdentities(table: Table, next: Marker): Promise<void> {
  await table.load(
    identityItems(
      everybodyShown().map(({ person }) => person),
      next.issuer,
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
