import type { Request } from '#shared/engagements/model.ts';
import type { Actor, Person } from '#shared/kernel/actors.ts';
import type { OrganizationId, PersonId, ProgramId, RequestId, TermId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import { isDone, type Loaded } from '#platform/aggregates.ts';
import type { Call } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import { foreignSchools, personalOf } from '../accounts/index.ts';
import { standingOf, type Standing } from '../catalogue/index.ts';
import { loadRequest, requestKey } from './store.ts';

/** The person who acts for an organization of this program, and the program itself. */
export interface Acting {
  readonly program: Program;
  readonly actor: Person;
  readonly organization: OrganizationId;
}

/** Another program, or one that is not here, answers like an empty place. */
export function actingIn(
  programs: ReadonlyMap<string, Program>,
  id: ProgramId,
  actor: Actor,
): Result<Acting, 'not-found'> {
  const program = programs.get(id);
  if (program === undefined || actor.kind !== 'person' || actor.acting === undefined) return refuse('not-found');
  // A partner acts in every program; districts and agencies in one.
  const { kind, organization } = actor.acting;
  if (kind !== 'partner' && actor.acting.program !== id) return refuse('not-found');
  return ok({ program, actor, organization });
}

/** The district's own request, as it stands now. */
export async function ownRequest(
  table: Table,
  { program, organization }: Acting,
  id: RequestId,
): Promise<Result<Loaded<Request>, 'not-found'>> {
  const found = await loadRequest(table, id);
  if (found === undefined) return refuse('not-found');
  const { state } = found;
  return state.program === program.id && state.district === organization ? ok(found) : refuse('not-found');
}

/** The district's own request in the version that the person saw. */
export async function seenRequest(
  table: Table,
  acting: Acting,
  id: RequestId,
  version: number,
): Promise<Result<Loaded<Request>, 'not-found' | 'changed-meanwhile'>> {
  const own = await ownRequest(table, acting, id);
  if (!own.ok || own.value.version === version) return own;
  return refuse('changed-meanwhile');
}

/** Refuses schools that are not the district's own; undefined where all are. */
export async function refusedSchools(
  table: Table,
  { organization }: Acting,
  chosen: readonly string[] = [],
): Promise<Result<never, 'invalid'> | undefined> {
  const foreign = await foreignSchools(table, organization, chosen);
  if (foreign.length === 0) return undefined;
  const schools = `Choose schools of your own district: ${foreign.join(', ').slice(0, 200)} is none of them.`;
  return refuse('invalid', undefined, { schools });
}

/** The same call again, whose answer was lost on the way, is answered as it was; any other hears the refusal. */
export async function unlessDone(
  table: Table,
  { program }: Acting,
  seen: { readonly request: RequestId; readonly version: number },
  call: Pick<Call, 'fingerprint'>,
  refused: Extract<Result<never, 'not-found' | 'changed-meanwhile'>, { ok: false }>,
): Promise<Result<{ request: RequestId; version: number }, 'not-found' | 'changed-meanwhile'>> {
  if (refused.refusal.code !== 'changed-meanwhile') return refused;
  const done = await isDone(table, requestKey(program.id, seen.request), seen.version, call.fingerprint);
  return done ? ok({ request: seen.request, version: seen.version + 1 }) : refused;
}

/** How each of these partners stands in the area; one that the program does not list is left out. */
export async function standings(
  table: Table,
  program: ProgramId,
  partners: readonly OrganizationId[],
  area: TermId,
  at: Instant,
): Promise<readonly Standing[]> {
  const found = await Promise.all(partners.map((partner) => standingOf(table, program, partner, area, at)));
  return found.filter((one) => one !== undefined);
}

/** Names of people, by their ids; somebody whose name was deleted is left out. */
export async function namesOf(table: Table, people: readonly PersonId[]): Promise<Record<string, string>> {
  const distinct = [...new Set(people)];
  const found = await Promise.all(distinct.map((one) => personalOf(table, one)));
  return Object.fromEntries(
    distinct.flatMap((one, place) => {
      const name = found[place]?.name;
      return name === undefined ? [] : [[one, name]];
    }),
  );
}
