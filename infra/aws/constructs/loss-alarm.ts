import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Watched } from '../watched.ts';

/** An alarm that begins with what a person loses, and says when that is over. */
export class LossAlarm extends Construct {
  readonly alarm: Alarm;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly prefix: string; readonly watched: Watched; readonly topic: ITopic },
  ) {
    super(scope, id);
    const { watched } = props;
    this.alarm = new Alarm(this, 'Alarm', {
      alarmName: `${props.prefix}-${watched.id}`,
      alarmDescription: `What is lost: ${watched.loses} What to do: docs/operations.md, "Alarms".`,
      metric: watched.metric,
      threshold: watched.threshold,
      evaluationPeriods: watched.periods ?? 1,
      comparisonOperator: watched.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: watched.ringsOnSilence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(props.topic);
    this.alarm.addAlarmAction(action);
    this.alarm.addOkAction(action);
  }
}
