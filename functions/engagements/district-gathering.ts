import type { Request } from '#shared/engagements/model.ts';
import type { OrganizationId, PersonId, ProgramId, RequestId, TermId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import { isDone, type Loaded } from '#platform/aggregates.ts';
import type { Call } from '#platform/router.ts';
import type { Table } from '#platform/table.ts';
import { foreignSchools, personalOf } from '../accounts/index.ts';
import { standingOf, type Standing } from '../catalogue/index.ts';
import type { Acting } from './acting.ts';
import { loadRequest, requestKey } from './store.ts';

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

type Refused = Result<never, 'not-found' | 'changed-meanwhile'>;

/** The request before an act, or what the call answers without one. */
type Seen =
  | { readonly before: Loaded<Request> }
  | { readonly before?: never; readonly answer: Refused | Result<{ request: RequestId; version: number }, never> };

/**
 * The district's own request in the version that the person saw. The same call again, whose answer was lost
 * on the way, is answered as it was; any other hears the refusal.
 */
export async function seenRequest(
  table: Table,
  acting: Acting,
  request: RequestId,
  version: number,
  call: Pick<Call, 'fingerprint'>,
): Promise<Seen> {
  const own = await ownRequest(table, acting, request);
  if (!own.ok) return { answer: own };
  if (own.value.version === version) return { before: own.value };
  const done = await isDone(table, requestKey(acting.program.id, request), version, call.fingerprint);
  return { answer: done ? ok({ request, version: version + 1 }) : refuse('changed-meanwhile') };
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
