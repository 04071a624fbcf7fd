import { authorOf, type Person } from '#shared/kernel/actors.ts';
import type { Instant } from '#shared/kernel/instants.ts';
import { ok, refuse, type Result } from '#shared/kernel/result.ts';
import { commit, type Step } from '#platform/aggregates.ts';
import type { Change, Table } from '#platform/table.ts';

/** An act that read what somebody else then changed: nothing was written, and it reads anew. */
const again = 'again';
type Round<R> = R | typeof again;

const roundsAtMost = 4;

/**
 * Gathers and decides anew while others write in between, so that who loses a race hears the reason
 * ("its approval was suspended") and an act that another one does not concern goes through. A person
 * who saw an older version is told so by the act itself.
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
    readonly at: Instant;
  },
  value: T,
): Promise<Round<Result<T, 'too-large'>>> {
  const written = await commit(table, act.steps, act.at, authorOf(act.actor), act.also);
  if (written.ok) return ok(value);
  return written.refusal.code === 'too-large' ? refuse('too-large', written.refusal.message) : again;
}
