import { error } from '@sveltejs/kit';
import { refusals } from '#shared/kernel/refusals.ts';
import { refusalOf } from './refusal.ts';

/** Shows the error page with the status and the sentence of a refusal; a defect goes on as it is. */
export function refusedPage(thrown: unknown): never {
  const refusal = refusalOf(thrown);
  if (refusal === undefined) throw thrown;
  const { status, sentence } = refusals[refusal.code];
  error(status, { message: refusal.message ?? sentence });
}
