import type { InvitationStatus, RequestStatus } from '#shared/engagements/status.ts';

interface StatusWords {
  readonly words: string;
  readonly tone: 'plain' | 'good' | 'caution' | 'bad';
}

export const requestStatusWords: Readonly<Record<RequestStatus, StatusWords>> = {
  draft: { words: 'Draft', tone: 'plain' },
  open: { words: 'Sent, open for replies', tone: 'good' },
  closed: { words: 'Time to reply is over', tone: 'caution' },
  awarded: { words: 'Awarded', tone: 'good' },
  'none-suitable': { words: 'None suitable', tone: 'plain' },
  cancelled: { words: 'Cancelled', tone: 'plain' },
  withdrawn: { words: 'Withdrawn', tone: 'plain' },
};

/** Where one partner stands, as the district reads it. */
export const partnerStandingWords: Readonly<Record<InvitationStatus, StatusWords>> = {
  sent: { words: 'Sent, not opened yet', tone: 'plain' },
  seen: { words: 'Opened, no answer yet', tone: 'plain' },
  interested: { words: 'Interested', tone: 'good' },
  declined: { words: 'Declined', tone: 'caution' },
  lapsed: { words: 'No answer in time', tone: 'caution' },
  withdrawn: { words: 'Called off before an answer', tone: 'plain' },
  awarded: { words: 'Awarded', tone: 'good' },
  'not-awarded': { words: 'Not chosen', tone: 'plain' },
};

/** The same, as the partner reads it. */
export const ownStandingWords: Readonly<Record<InvitationStatus, StatusWords>> = {
  sent: { words: 'New', tone: 'caution' },
  seen: { words: 'Not answered yet', tone: 'caution' },
  interested: { words: 'You are interested', tone: 'good' },
  declined: { words: 'You declined', tone: 'plain' },
  lapsed: { words: 'Not answered in time', tone: 'bad' },
  withdrawn: { words: 'Called off by the district', tone: 'plain' },
  awarded: { words: 'Awarded to you', tone: 'good' },
  'not-awarded': { words: 'Not awarded to you', tone: 'plain' },
};
