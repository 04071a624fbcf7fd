import type { RefusedForm } from './refused-form.ts';

/**
 * What a form's hidden field says of the state that the person saw. After a conflict the page shows the
 * present state, so that is seen; after another refusal the person has seen only the one before, even
 * where the page was read anew.
 */
export function seenIn(refused: RefusedForm | undefined, name: string, now: string): string {
  return refused === undefined || refused.code === 'changed-meanwhile' ? now : (refused.values[name]?.[0] ?? now);
}
