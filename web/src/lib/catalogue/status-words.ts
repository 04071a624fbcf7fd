import type { ApprovalStatus } from '#shared/catalogue/model.ts';

interface StatusWords {
  readonly words: string;
  readonly tone: 'plain' | 'good' | 'caution' | 'bad';
  /** What the status means to a district, in one sentence. */
  readonly meaning: string;
}

const known: Readonly<Record<ApprovalStatus, StatusWords>> = {
  active: { words: 'Active', tone: 'good', meaning: 'Approved. Districts can ask for work in this area.' },
  conditional: {
    words: 'Active with a condition',
    tone: 'caution',
    meaning: 'Approved, and the state set a condition that is not met yet. Districts can ask for work in this area.',
  },
  probation: {
    words: 'On probation',
    tone: 'caution',
    meaning: 'The state watches this approval closely. No new work can be asked for until the probation ends.',
  },
  suspended: {
    words: 'Suspended',
    tone: 'bad',
    meaning: 'The state has paused this approval. No new work can be asked for.',
  },
  lapsed: { words: 'Ended', tone: 'plain', meaning: 'The approval ran out and was not renewed.' },
  removed: { words: 'Taken away', tone: 'bad', meaning: 'The state ended this approval early.' },
  upcoming: { words: 'Not begun yet', tone: 'plain', meaning: 'The approval begins on the day it was granted for.' },
  published: {
    words: 'As published',
    tone: 'plain',
    meaning: 'It stands on a list that the state published. Whether it still holds is not known.',
  },
};

export function isApprovalStatus(word: unknown): word is ApprovalStatus {
  return typeof word === 'string' && Object.hasOwn(known, word);
}

/**
 * How an approval's status reads. A published one names the year of the list, where that is known, and
 * what the list does not say.
 */
export function statusWords(status: ApprovalStatus, year?: string): StatusWords {
  if (status !== 'published') return known[status];
  return {
    ...known.published,
    words: year === undefined ? 'As published, end not published' : `As published (${year}), end not published`,
  };
}
