/**
 * Who hears which facts. The relay rings by this table, the deployment makes a queue of each entry,
 * and a test checks that every name is a declared event.
 */
export const consumers = {
  /** Goals met of goals agreed, by partner. */
  record: ['impact.result-confirmed'],
  /** Engagements that were awarded here, by partner and school year. */
  workload: ['engagements.engagement-created'],
  /** The public log of what changed on the list. */
  changes: [
    'catalogue.listing-created',
    'catalogue.listing-published',
    'catalogue.approval-entered',
    'catalogue.approval-granted',
    'catalogue.approval-condition-set',
    'catalogue.approval-condition-met',
    'catalogue.approval-put-on-probation',
    'catalogue.approval-probation-ended',
    'catalogue.approval-suspended',
    'catalogue.approval-suspension-lifted',
    'catalogue.approval-ended',
    'catalogue.approval-renewed',
  ],
  /** Builds the matrix anew when anything that it shows has changed. */
  matrix: [
    'catalogue.listing-created',
    'catalogue.listing-published',
    'catalogue.listing-claimed',
    'catalogue.approval-entered',
    'catalogue.approval-granted',
    'catalogue.approval-condition-set',
    'catalogue.approval-condition-met',
    'catalogue.approval-put-on-probation',
    'catalogue.approval-probation-ended',
    'catalogue.approval-suspended',
    'catalogue.approval-suspension-lifted',
    'catalogue.approval-ended',
    'catalogue.approval-renewed',
  ],
  /** Lets a listing be asked once its organization has somebody in charge. */
  claims: ['accounts.member-added', 'catalogue.listing-created'],
  /** What districts ask for, by month, and the needs that nobody met. */
  demand: [
    'engagements.request-sent',
    'engagements.request-amended',
    'engagements.request-withdrawn',
    'engagements.request-outcome-recorded',
    'engagements.invitation-answered',
    'engagements.engagement-created',
  ],
  /** Writes down what is to be told to whom, by the registry of `shared/notifications`. */
  notices: [
    'accounts.join-requested',
    'accounts.join-decided',
    'catalogue.approval-granted',
    'catalogue.approval-condition-set',
    'catalogue.approval-put-on-probation',
    'catalogue.approval-suspended',
    'catalogue.approval-suspension-lifted',
    'catalogue.approval-ended',
    'catalogue.approval-renewed',
    'engagements.request-amended',
    'engagements.request-withdrawn',
    'engagements.request-outcome-recorded',
    'engagements.invitation-sent',
    'engagements.invitation-answered',
    'engagements.question-asked',
    'engagements.question-answered',
  ],
  /** Keeps the task lists. */
  tasks: [
    'accounts.join-requested',
    'accounts.join-decided',
    'engagements.request-sent',
    'engagements.request-amended',
    'engagements.request-withdrawn',
    'engagements.request-outcome-recorded',
    'engagements.invitation-answered',
    'engagements.question-asked',
    'engagements.question-answered',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ConsumerName = keyof typeof consumers;

/** Queues of work that no single fact asks for. */
export const jobs = ['delivery'] as const;
export type JobName = (typeof jobs)[number];
