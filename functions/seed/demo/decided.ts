import { sentenceOf, type Refusal } from '#shared/kernel/refusals.ts';
import type { Result } from '#shared/kernel/result.ts';

/** What a rule decided on an invented past. A refusal means that the past was invented wrongly. */
export function decided<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const refusal: Refusal = result.refusal;
  throw new Error(
    `A rule refused what the seed invented: ${sentenceOf(refusal)} ${JSON.stringify(refusal.fields ?? {})}`,
  );
}
