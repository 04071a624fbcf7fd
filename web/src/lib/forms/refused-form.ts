import { fail, type ActionFailure } from '@sveltejs/kit';
import { refusals, sentenceOf, type Refusal, type RefusalCode } from '#shared/kernel/refusals.ts';
import { refusalOf } from '../refusal.ts';
import { typedValues, type TypedValues } from './typed-values.ts';

/** A form that was sent and refused: everything that was typed, and what is wrong with which field. */
export interface RefusedForm {
  /** Which form of the page it was, where it has several. */
  readonly name: string;
  readonly code: RefusalCode;
  readonly message: string;
  /** One sentence for each field, by the field's name: the path in the request, `budget.high`. */
  readonly problems: Readonly<Record<string, string>>;
  readonly values: TypedValues;
}

export function formOf(refusal: Refusal, typed: FormData, name = 'form'): RefusedForm {
  return {
    name,
    code: refusal.code,
    message: sentenceOf(refusal),
    problems: refusal.fields ?? {},
    values: typedValues(typed),
  };
}

export interface Naming {
  readonly name?: string | undefined;
  /** Where the form's fields are called otherwise than in the request. */
  readonly atFields?: (problems: RefusedForm['problems']) => RefusedForm['problems'];
}

/**
 * What a form action returns when the API refused: `return refusedForm(error, data)`. The page gets
 * it as `form.refused`. An error that is no refusal is thrown on.
 */
export function refusedForm(
  thrown: unknown,
  typed: FormData,
  { name, atFields = (problems) => problems }: Naming = {},
): ActionFailure<{ refused: RefusedForm }> {
  const refusal = refusalOf(thrown);
  if (refusal === undefined) throw thrown;
  const fields = atFields(refusal.fields ?? {});
  return fail(refusals[refusal.code].status, { refused: formOf({ ...refusal, fields }, typed, name) });
}
