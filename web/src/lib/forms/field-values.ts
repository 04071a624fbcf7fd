import type { RefusedForm } from './refused-form.ts';

/**
 * What to put into a page's fields: what was typed when the form was refused, else what is stored.
 * A box that was unticked before sending stays unticked.
 */
export function fieldValues(
  refused: Pick<RefusedForm, 'problems' | 'values'> | undefined,
  stored: Readonly<Record<string, string | readonly string[]>> = {},
) {
  const list = (name: string): readonly string[] => {
    if (refused !== undefined) return refused.values[name] ?? [];
    const value = stored[name];
    return value === undefined ? [] : typeof value === 'string' ? [value] : value;
  };
  return {
    one: (name: string): string => list(name)[0] ?? '',
    all: list,
    problem: (name: string): string | undefined => refused?.problems[name],
  };
}
