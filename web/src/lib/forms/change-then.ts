import { redirect, type ActionFailure } from '@sveltejs/kit';
import { refusedForm, type Naming, type RefusedForm } from './refused-form.ts';

/**
 * Ends a form action: waits for the change and leads on to `next`. A refusal gives the page back, as
 * `form.refused`, with all that was typed.
 */
export async function changeThen(
  change: Promise<unknown>,
  typed: FormData,
  next: string,
  naming?: Naming,
): Promise<ActionFailure<{ refused: RefusedForm }>> {
  try {
    await change;
  } catch (thrown) {
    return refusedForm(thrown, typed, naming);
  }
  redirect(303, next);
}
