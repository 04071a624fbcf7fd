import { Stack, type StackProps } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, TextWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { LossAlarm } from '../constructs/loss-alarm.ts';
import type { Settings } from '../settings.ts';
import type { Watched } from '../watched.ts';
import { watchedMail } from '../watched-mail.ts';

export interface ObservabilityStackProps extends StackProps {
  readonly settings: Settings;
  readonly watched: readonly Watched[];
}

/** An alarm for everything that is watched, mail to whoever is on duty, and one page that shows it all. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, { settings, watched, ...props }: ObservabilityStackProps) {
    super(scope, id, props);
    const key = new Key(this, 'AlarmKey', { description: 'Alarms on their way to people', enableKeyRotation: true });
    const alarms = new ServicePrincipal('cloudwatch.amazonaws.com');
    key.grantEncryptDecrypt(alarms);
    const topic = new Topic(this, 'Alarms', { masterKey: key, enforceSSL: true });
    // A policy of our own, as TLS asks for one, takes the place of the one that lets the account's alarms in.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [alarms],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    topic.addSubscription(new EmailSubscription(settings.alarmAddress));

    const prefix = `priority-partners-${settings.stage}`;
    const everything = [...watched, ...watchedMail()];
    for (const one of everything) new LossAlarm(this, one.id, { prefix, watched: one, topic });

    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: prefix });
    dashboard.addWidgets(
      new TextWidget({
        markdown: '# Priority Partners\nWhat each alarm means for a person is in docs/operations.md.',
        width: 24,
        height: 2,
      }),
    );
    for (const [title, metrics] of graphs(everything))
      dashboard.addWidgets(new GraphWidget({ title, left: [...metrics], width: 8, height: 5 }));
  }
}

/** One graph for each thing that is watched: all its figures, by the first word of their names. */
function graphs(watched: readonly Watched[]): ReadonlyMap<string, readonly IMetric[]> {
  const groups = Map.groupBy(watched, (one) => one.id.slice(0, one.id.lastIndexOf('-')));
  return new Map([...groups].map(([title, list]) => [title, list.map((one) => one.metric)]));
}
