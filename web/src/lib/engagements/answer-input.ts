import { declineInput, interestedInput, type DeclineInput, type InterestedInput } from '#shared/engagements/inputs.ts';
import type { TypedValues } from '#lib/forms/typed-values.ts';
import { FormReader, parsed, type Read } from './read-request.ts';

/** A partner's interest as typed. */
export function readInterest(typed: TypedValues): Read<InterestedInput> {
  const form = new FormReader(typed);
  const [low, high] = [form.money('price.low'), form.money('price.high')];
  const start = form.date('start');
  const missing: Record<string, string> = {};
  if (form.text('price.low') === undefined) missing['price.low'] = 'Give the low end of the price.';
  if (form.text('price.high') === undefined) missing['price.high'] = 'Give the high end of the price.';
  if (form.text('start') === undefined) missing['start'] = 'Say when you can start.';
  const given = { kind: 'interested', price: { low, high }, start, words: form.text('words') ?? '' };
  return parsed(interestedInput, given, { ...missing, ...form.problems });
}

/** A partner's refusal as typed. */
export function readDecline(typed: TypedValues): Read<DeclineInput> {
  const form = new FormReader(typed);
  const reason = form.text('reason');
  if (reason === undefined) return { problems: { reason: 'Choose a reason.' } };
  const words = form.text('declineWords');
  return parsed(declineInput, { kind: 'declined', reason, ...(words === undefined ? {} : { words }) });
}
