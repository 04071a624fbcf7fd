import { error } from '@sveltejs/kit';
import { refusals } from '#shared/kernel/refusals.ts';
import { refusalOf } from './refusal.ts';

/** What a page says when it cannot be shown, where nothing clearer is known. */
export function sentenceForStatus(status: number): string {
  if (status === 404) return refusals['not-found'].sentence;
  if (status === 403) return refusals['not-allowed'].sentence;
  if (status === 401) return refusals['not-signed-in'].sentence;
  if (status === 503) return refusals.unavailable.sentence;
  if (status < 500) return refusals.malformed.sentence;
  return 'Something failed on our side.';
}

/**
 * What a page's `load` reads from the API. A refusal becomes the error page with its status and
 * sentence; anything else is a defect and goes on as it is.
 */
export async function forPage<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal === undefined) throw thrown;
    const { status, sentence } = refusals[refusal.code];
    error(status, { message: refusal.message ?? sentence });
  }
}
