import { fail, type ActionFailure } from '@sveltejs/kit';
import { refusals } from '#shared/kernel/refusals.ts';
import { formOf, type RefusedForm } from './refused-form.ts';

/** Refuses a form before the API is asked: one sentence for each field that cannot be read. */
export function refuseFields(
  fields: Readonly<Record<string, string>>,
  typed: FormData,
  name?: string,
): ActionFailure<{ refused: RefusedForm }> {
  return fail(refusals.invalid.status, { refused: formOf({ code: 'invalid', fields }, typed, name) });
}
