import type { Actor, Person } from '#shared/kernel/actors.ts';
import type { OrganizationId, ProgramId } from '#shared/kernel/ids.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import type { Program } from '#shared/programs/program.ts';
import { inRounds, type Round } from '#platform/rounds.ts';
import type { Call } from '#platform/router.ts';

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

/** An act for an organization of the program, gathered and decided anew while others write in between. */
export async function actIn<R extends Result<unknown>>(
  programs: ReadonlyMap<string, Program>,
  id: ProgramId,
  { actor }: Pick<Call, 'actor'>,
  act: (acting: Acting) => Promise<Round<R>>,
): Promise<R | Result<never, 'not-found' | 'changed-meanwhile'>> {
  const acting = actingIn(programs, id, actor);
  return acting.ok ? inRounds(() => act(acting.value)) : acting;
}
