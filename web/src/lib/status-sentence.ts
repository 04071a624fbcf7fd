import { refusals } from '#shared/kernel/refusals.ts';

/** What a page says when it cannot be shown, where nothing clearer is known. */
export function sentenceForStatus(status: number): string {
  if (status === 404) return refusals['not-found'].sentence;
  if (status === 403) return refusals['not-allowed'].sentence;
  if (status === 401) return refusals['not-signed-in'].sentence;
  if (status === 503) return refusals.unavailable.sentence;
  if (status < 500) return refusals.malformed.sentence;
  return 'Something failed on our side.';
}
