/**
 * Every reason for which a caller may be refused: its HTTP status and the sentence shown when the
 * case has no clearer one. A route declares which of these it may answer; another does not compile.
 */
export const refusals = {
  malformed: { status: 400, sentence: 'The request could not be read.' },
  invalid: { status: 400, sentence: 'Some of what was entered is not allowed. Each field says what is.' },
  'unknown-word': { status: 400, sentence: 'The address contains a query word that is not known here.' },
  'not-signed-in': { status: 401, sentence: 'Sign in to do this.' },
  'not-allowed': { status: 403, sentence: 'Your role does not allow this.' },
  'cross-origin': { status: 403, sentence: 'This change was not sent from our own pages, so it was not made.' },
  'not-found': { status: 404, sentence: 'There is nothing at this address, or it is not yours to see.' },
  'changed-meanwhile': {
    status: 409,
    sentence: 'Somebody else changed this in the meantime. Nothing was saved; look at both versions and try again.',
  },
  'already-exists': { status: 409, sentence: 'This exists already.' },
  'wrong-state': { status: 409, sentence: 'This can no longer be done, or not yet.' },
  'approval-inactive': { status: 409, sentence: 'The partner has no active approval in this priority area.' },
  'at-capacity': { status: 409, sentence: 'The partner has no room before the start you want.' },
  unclaimed: {
    status: 409,
    sentence: 'Nobody from this organization has an account here yet, so it cannot be sent a request.',
  },
  'link-used': { status: 410, sentence: 'This link was used before or has run out. Ask for a new one.' },
  'too-large': { status: 413, sentence: 'What was sent is larger than 256 kB.' },
  'too-many-requests': { status: 429, sentence: 'Too many tries in a short time. Wait a minute and try again.' },
  unavailable: {
    status: 503,
    sentence: 'This is not available right now. Nothing was changed; try again in a minute.',
  },
} as const satisfies Readonly<Record<string, { status: number; sentence: string }>>;

export type RefusalCode = keyof typeof refusals;

export interface Refusal<C extends RefusalCode = RefusalCode> {
  readonly code: C;
  readonly message?: string;
  /** One sentence for each refused field, by the field's path. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** The sentence a person reads for a refusal. */
export function sentenceOf(refusal: Refusal): string {
  return refusal.message ?? refusals[refusal.code].sentence;
}

export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusals, code);
}
