import { authorOf, type Person } from '#shared/kernel/actors.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import { commit, type Step } from './aggregates.ts';
import type { Call } from './router.ts';
import type { Change, Table } from './table.ts';

/** What an act answers that read what somebody else then changed: nothing was written, and it reads anew. */
export const again = 'again';
/** What an act answers in one round. */
export type Round<R> = R | typeof again;

const roundsAtMost = 5;

/**
 * Gathers and decides anew while others write in between, so that who loses a race hears the reason
 * ("its approval was suspended", "this is the last owner") and an act that another one does not concern
 * goes through. A person who saw an older version is told so by the act itself.
 */
export async function inRounds<R extends Result<unknown>>(
  act: () => Promise<Round<R>>,
): Promise<R | Result<never, 'changed-meanwhile'>> {
  for (let round = 0; round < roundsAtMost; round += 1) {
    const answer = await act();
    if (answer !== again) return answer;
  }
  return refuse('changed-meanwhile');
}

/** Writes one act and answers `value`, or says that the round begins again. */
export async function write<T>(
  table: Table,
  act: {
    readonly steps: readonly Step[];
    readonly also?: readonly Change[];
    readonly actor: Person;
    readonly call: Pick<Call, 'at' | 'fingerprint'>;
  },
  value: T,
): Promise<Round<Result<T, 'too-large'>>> {
  const { steps, also, actor, call } = act;
  const written = await commit(table, steps, call.at, authorOf(actor, call.fingerprint), also);
  if (written.ok) return ok(value);
  return written.refusal.code === 'too-large' ? refuse('too-large', written.refusal.message) : again;
}

/** A creation that was sent twice answers the same; another one under the same id is refused. */
export function repeated<T>(same: boolean, value: T): Result<T, 'already-exists'> {
  return same ? ok(value) : refuse('already-exists');
}
