import { describe, expect, test } from 'vitest';
import { Match } from 'aws-cdk-lib/assertions';
import { consumers, jobs } from '#shared/contract/consumers.ts';
import { queueReaders } from '../../../infra/aws/consumers.ts';
import { at, environmentOf, named, exampleTemplates } from './templates.ts';

const made = exampleTemplates();

describe('what follows from a change', () => {
  test('only new events wake the relay, and what it cannot pass on is kept', () => {
    made.template('jobs').hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      StartingPosition: 'TRIM_HORIZON',
      FilterCriteria: {
        Filters: [
          {
            Pattern: JSON.stringify({
              eventName: ['INSERT'],
              dynamodb: { Keys: { sk: { S: [{ prefix: 'EVENT#' }] } } },
            }),
          },
        ],
      },
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
  });

  test('every consumer and job has a queue with a reader and a place for dead letters', () => {
    const names = [...Object.keys(consumers), ...jobs];
    expect(Object.keys(queueReaders).toSorted()).toEqual(names.toSorted());
    const queues = made.every('AWS::SQS::Queue', 'jobs').filter((one) => one.Properties['RedrivePolicy'] !== undefined);
    expect(queues).toHaveLength(names.length);
    for (const queue of queues) {
      expect(at(queue.Properties, 'RedrivePolicy', 'maxReceiveCount')).toBe(5);
      const dead = at(queue.Properties, 'RedrivePolicy', 'deadLetterTargetArn', 'Fn::GetAtt', 0);
      expect(made.every('AWS::SQS::Queue', 'jobs').some((one) => one.id === dead)).toBe(true);
      const reading = made
        .every('AWS::Lambda::EventSourceMapping', 'jobs')
        .filter((one) => named(one.Properties['EventSourceArn']) === queue.id);
      expect(reading).toHaveLength(1);
      expect(reading[0]?.Properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
      const reader = made
        .every('AWS::Lambda::Function', 'jobs')
        .find((fn) => fn.id === named(reading[0]?.Properties['FunctionName']));
      expect(Number(queue.Properties['VisibilityTimeout'])).toBeGreaterThanOrEqual(
        6 * Number(reader?.Properties['Timeout']),
      );
    }
  });

  test('the relay knows every consumer’s queue', () => {
    const urls = JSON.stringify(environmentOf(made.functionOf('functions/relay/handler.ts'))['QUEUE_URLS']);
    for (const name of Object.keys(consumers)) expect(urls).toContain(`\\"${name}\\":`);
  });
});

test('a schedule calls the clock once a day, with the instant for which it is due', () => {
  const jobsTemplate = made.template('jobs');
  jobsTemplate.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(20 0 * * ? *)',
    ScheduleExpressionTimezone: 'UTC',
    Target: { Input: JSON.stringify({ time: '<aws.scheduler.scheduled-time>' }) },
  });
  const clock = made.functionOf('functions/clock/handler.ts');
  expect(JSON.stringify(environmentOf(clock)['AUDIT_URL'])).toContain('priority-partners-prod-audit');
});
