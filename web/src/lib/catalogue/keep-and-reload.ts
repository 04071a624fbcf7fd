import type { SubmitFunction } from '$app/forms';
import { invalidateAll } from '$app/navigation';
import { keepTyped } from '#lib/forms/keep-typed.ts';

/**
 * For `use:enhance` where somebody else may have changed what the form changes: keeps what was typed,
 * and after a refusal reads anew what is stored, which Kit does after a success only.
 */
export function keepAndReload(): SubmitFunction {
  const keeping = keepTyped();
  return async (submission) => {
    const after = await keeping(submission);
    if (typeof after !== 'function') return undefined;
    return async (answer) => {
      await after(answer);
      if (answer.result.type === 'failure') await invalidateAll();
    };
  };
}
