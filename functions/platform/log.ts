import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';

/** Structured log of every function. It never holds names, mail addresses, cookies or bodies. */
export const log = new Logger({ serviceName: 'priority-partners' });

export const metrics = new Metrics({ namespace: 'PriorityPartners', serviceName: 'priority-partners' });
