import { Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { consumers } from '#shared/contract/consumers.ts';
import { BundledFunction } from '../constructs/bundled-function.ts';
import { ConsumerQueue, deadLetters, feed, plainQueue } from '../constructs/consumer-queue.ts';
import { grantAudit, grantStream } from '../constructs/grants.ts';
import { queueReaders } from '../consumers.ts';
import type { FunctionNeeds } from '../function-needs.ts';
import type { Ground } from '../ground.ts';
import { clockEntry, relayEntry } from '../source-files.ts';
import type { Watched } from '../watched.ts';

const relayLoses =
  'What people do is kept, but nothing follows from it: no notices, an older matrix, older figures, until the journal is caught up.';

const clockLoses =
  'The heads of a day are not kept, so that a chain of facts cut or rewritten on that day might not be found, and no matrix is read whole. The next days catch up.';

/** A day, and an hour for the tries of a schedule. */
const hoursOfSilence = 25;

export const clockNeeds: FunctionNeeds = {
  table: ['select-journal'],
  memory: 512,
  timeoutSeconds: 300,
  loses: clockLoses,
};

/** What happens after a change: the relay on the table's stream, and a queue and a function for each consumer and job. */
export class JobsStack extends Stack {
  readonly watched: readonly Watched[];

  constructor(scope: Construct, id: string, { ground, ...props }: StackProps & { readonly ground: Ground }) {
    super(scope, id, props);
    const queues = new Map(
      Object.entries(queueReaders).map(([name, reader]) => [
        name,
        new ConsumerQueue(this, name, { ground, name, reader }),
      ]),
    );
    for (const [name, reader] of Object.entries(queueReaders)) {
      const own = queues.get(name);
      if (own !== undefined) feed(own.reader, reader.feeds ?? [], queues);
    }
    this.watched = [
      ...[...queues.values()].flatMap((queue) => queue.watched),
      ...this.#relay(ground, queues),
      ...this.#clock(ground, queues),
    ];
  }

  /** Once a day, for the day in UTC that is over. */
  #clock(ground: Ground, queues: ReadonlyMap<string, ConsumerQueue>): readonly Watched[] {
    const clock = new BundledFunction(this, 'Clock', {
      ground,
      entry: clockEntry,
      needs: clockNeeds,
      environment: { AUDIT_URL: `s3://${ground.auditBucket}` },
    });
    grantAudit(clock.role, ground.auditBucket, ground.table.key);
    feed(clock, ['matrix'], queues);
    const caller = new Role(this, 'ClockCaller', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    caller.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [clock.fn.functionArn] }));
    new CfnSchedule(this, 'EveryDay', {
      scheduleExpression: 'cron(20 0 * * ? *)',
      scheduleExpressionTimezone: 'UTC',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: clock.fn.functionArn,
        roleArn: caller.roleArn,
        input: JSON.stringify({ time: '<aws.scheduler.scheduled-time>' }),
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 },
      },
    });
    // A function that nobody calls makes no figure at all, and no fault.
    const calls = clock.fn.metricInvocations({ statistic: 'Sum', period: Duration.hours(1) });
    return [
      ...clock.watched,
      {
        id: 'clock-silent',
        metric: calls,
        threshold: 1,
        comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
        periods: hoursOfSilence,
        ringsOnSilence: true,
        loses: clockLoses,
      },
    ];
  }

  #relay(ground: Ground, queues: ReadonlyMap<string, ConsumerQueue>): readonly Watched[] {
    const relay = new BundledFunction(this, 'Relay', {
      ground,
      entry: relayEntry,
      needs: { table: [], memory: 512, timeoutSeconds: 60, loses: relayLoses },
    });
    feed(relay, Object.keys(consumers), queues);
    grantStream(relay.role, ground.table);
    const missed = plainQueue(this, 'MissedByRelay');
    Validations.of(missed).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead letter queue of the stream: it says which records the relay could not pass on.',
    });
    missed.grantSendMessages(relay.role);
    new EventSourceMapping(this, 'Stream', {
      target: relay.fn,
      eventSourceArn: ground.table.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      // Only new events ring: states, views and positions never wake the relay.
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { Keys: { sk: { S: FilterRule.beginsWith('EVENT#') } } },
        }),
      ],
      bisectBatchOnError: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(12),
      onFailure: new SqsDlq(missed),
    }).node.addDependency(relay.role);
    const age = relay.fn.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(5) });
    return [
      ...relay.watched,
      deadLetters('relay', missed, relayLoses),
      { id: 'relay-late', metric: age, threshold: 300_000, loses: relayLoses },
    ];
  }
}
