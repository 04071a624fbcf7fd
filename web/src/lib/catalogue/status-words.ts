import type { ApprovalStatus } from '#shared/catalogue/model.ts';

interface StatusWords {
  readonly words: string;
  readonly tone: 'plain' | 'good' | 'caution' | 'bad';
}

const known: Readonly<Record<ApprovalStatus, StatusWords>> = {
  active: { words: 'Active', tone: 'good' },
  conditional: {
    words: 'Active with a condition',
    tone: 'caution',
  },
  probation: {
    words: 'On probation',
    tone: 'caution',
  },
  suspended: {
    words: 'Suspended',
    tone: 'bad',
  },
  lapsed: { words: 'Ended', tone: 'plain' },
  removed: { words: 'Taken away', tone: 'bad' },
  upcoming: { words: 'Not begun yet', tone: 'plain' },
  published: {
    words: 'As published',
    tone: 'plain',
  },
};

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
