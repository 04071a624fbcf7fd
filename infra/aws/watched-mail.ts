import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Watched } from './watched.ts';

/**
 * The rates from which SES reviews an account: 5 % of mails bounced, 0.1 % complained of. SES
 * reports them for the whole account and region.
 */
const limits = { BounceRate: 0.05, ComplaintRate: 0.001 } as const;

/** Mails that a server may or may not have taken: they are not sent again. Counted by the delivery. */
const lost: Watched = {
  id: 'mail-lost',
  metric: new Metric({
    namespace: 'PriorityPartners',
    metricName: 'mailsLost',
    dimensionsMap: { service: 'priority-partners' },
    statistic: 'Sum',
    period: Duration.minutes(5),
  }),
  threshold: 1,
  loses:
    'Somebody may not have got the mail about an invitation, an answer or a decision; the task list still shows it.',
};

export function watchedMail(): readonly Watched[] {
  return [lost, ...reputation()];
}

function reputation(): readonly Watched[] {
  return Object.entries(limits).map(([name, threshold]) => ({
    id: `mail-${name.toLowerCase()}`,
    metric: new Metric({
      namespace: 'AWS/SES',
      metricName: `Reputation.${name}`,
      statistic: 'Average',
      period: Duration.hours(1),
    }),
    threshold,
    loses:
      'SES may stop our mail: nobody would get a notice, an invitation or a sign-up code. The task lists still show what is due.',
  }));
}
