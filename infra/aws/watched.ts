import type { ComparisonOperator, IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/** Something that is measured because a person loses something when it goes wrong. */
export interface Watched {
  /** Unique in the deployment; the alarm's name ends with it. */
  readonly id: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** Periods of the metric that must be over the threshold; 1 unless told. */
  readonly periods?: number;
  /** At or over the threshold unless told. */
  readonly comparison?: ComparisonOperator;
  /** Nothing measured is as bad as over the threshold; good unless told. */
  readonly ringsOnSilence?: true;
  /** What a person loses while it lasts, as a sentence. */
  readonly loses: string;
}
