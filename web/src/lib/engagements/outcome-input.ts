import { outcomeInput, type OutcomeInput } from '#shared/engagements/inputs.ts';
import type { TypedValues } from '#lib/forms/typed-values.ts';
import { FormReader, parsed, type Problems, type Read } from './read-request.ts';

const kinds = ['awarded', 'none-suitable', 'cancelled'] as const;
export type OutcomeKind = (typeof kinds)[number];

export function isOutcomeKind(word: string): word is OutcomeKind {
  return kinds.some((kind) => kind === word);
}

/** The name of the field that says which part of the work a partner does. */
export function partField(partner: string): string {
  return `part.${partner}`;
}

/** The outcome as typed; which fields count depends on the kind. */
export function readOutcome(kind: OutcomeKind, typed: TypedValues): Read<OutcomeInput> {
  const form = new FormReader(typed);
  const said = form.text('words');
  const words = said === undefined ? {} : { words: said };
  if (kind === 'none-suitable') return parsed(outcomeInput, { kind, reasons: form.list('reasons'), ...words });
  if (kind === 'cancelled') {
    const reason = form.text('reason');
    if (reason === undefined) return { problems: { reason: 'Choose a reason.' } };
    return parsed(outcomeInput, { kind, reason, ...words });
  }
  const awards = form.list('awards').map((partner) => {
    const part = form.text(partField(partner));
    return { partner, ...(part === undefined ? {} : { words: part }) };
  });
  const missing =
    awards.length > 1
      ? awards
          .filter((one) => !('words' in one))
          .map(({ partner }) => [partField(partner), 'When the work is split, say which part this partner does.'])
      : [];
  return parsed(outcomeInput, { kind, awards, ...words }, Object.fromEntries(missing));
}

/** What the API found wrong with an award, at the choice of partners. */
export function atOutcomeFields(found: Problems): Record<string, string> {
  return Object.fromEntries(
    Object.entries(found).map(([path, sentence]) => [path.startsWith('awards') ? 'awards' : path, sentence]),
  );
}

/** The name of the hidden field that says which answer of a partner the page showed. */
export function answerField(partner: string): string {
  return `answered.${partner}`;
}
