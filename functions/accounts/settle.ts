import type { Result } from '#shared/kernel/result.ts';

/** Rounds that an act gets to read anew and decide again. */
const rounds = 5;

/**
 * Decides again on what others wrote in the meantime, so that the loser of a race hears the reason
 * ("this is the last owner") and not only that it lost.
 */
export async function settle<R extends Result<unknown>>(act: () => Promise<R>): Promise<R> {
  let answer = await act();
  for (let round = 1; round < rounds && !answer.ok && answer.refusal.code === 'changed-meanwhile'; round += 1) {
    answer = await act();
  }
  return answer;
}
