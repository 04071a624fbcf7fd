import type { ApprovalStatus } from '#shared/catalogue/model.ts';

/** What each status means to a district, in one sentence. */
export const statusMeanings: Readonly<Record<ApprovalStatus, string>> = {
  active: 'Approved. Districts can ask for work in this area.',
  conditional: 'Approved, and the state set a condition that is not met yet. Districts can ask for work in this area.',
  probation: 'The state watches this approval closely. No new work can be asked for until the probation ends.',
  suspended: 'The state has paused this approval. No new work can be asked for.',
  lapsed: 'The approval ran out and was not renewed.',
  removed: 'The state ended this approval early.',
  upcoming: 'The approval begins on the day it was granted for.',
  published: 'It stands on a list that the state published. Whether it still holds is not known.',
};
