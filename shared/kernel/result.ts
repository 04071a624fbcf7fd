import type { Refusal, RefusalCode } from './refusals.ts';

/**
 * What a rule or a use case answers: the value, or a refusal that a person can act on.
 * A defect is never a `Result`; it throws.
 */
export type Result<T, C extends RefusalCode = RefusalCode> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal<C> };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/**
 * Refuses with a code of the table in `refusals.ts`.
 * @param message replaces the table's sentence where the case allows a clearer one.
 * @param fields one sentence for each refused field, by its path (`budget.high`).
 */
export function refuse<C extends RefusalCode>(
  code: C,
  message?: string,
  fields?: Readonly<Record<string, string>>,
): { readonly ok: false; readonly refusal: Refusal<C> } {
  return {
    ok: false,
    refusal: { code, ...(message === undefined ? {} : { message }), ...(fields === undefined ? {} : { fields }) },
  };
}
