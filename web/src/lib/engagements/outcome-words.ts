import type { OutcomeKind } from './outcome-input.ts';

export const outcomeWords: Readonly<Record<OutcomeKind, { readonly label: string; readonly effect: string }>> = {
  awarded: {
    label: 'Award the work',
    effect: 'To one partner, or to several for parts of it. Each award begins an engagement.',
  },
  'none-suitable': {
    label: 'No partner suits',
    effect: 'The answers do not meet the need. The state sees it, with your reasons, as a need that nobody could meet.',
  },
  cancelled: { label: 'Cancel the request', effect: 'The work is not wanted any more, whatever the answers are.' },
};
