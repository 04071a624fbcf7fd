import { describe, expect, test } from 'vitest';
import { queueReaders } from '../../../infra/aws/consumers.ts';
import { contexts } from '../../../infra/aws/contexts.ts';
import { tableUnder } from '../../support/document-tables.ts';
import { at, exampleTemplates, named, texts, written } from './templates.ts';

const made = exampleTemplates();

describe('alarms', () => {
  const alarms = () => made.every('AWS::CloudWatch::Alarm');

  test('each says what a person loses and tells somebody', () => {
    expect(alarms().length).toBeGreaterThan(0);
    for (const { id, Properties } of alarms()) {
      expect(Properties['AlarmDescription'], id).toMatch(/^What is lost: [A-Z].{20,}\. What to do: /);
      expect(
        texts(Properties['AlarmActions']).length + Object.keys(Properties['AlarmActions'] ?? {}).length,
        id,
      ).toBeGreaterThan(0);
    }
  });

  test('may be published where they are sent, by alarms of this account only, under a key that they may use', () => {
    const allowing = (document: unknown, action: string) =>
      [at(document, 'Statement')]
        .flat()
        .filter(
          (one) =>
            at(one, 'Effect') === 'Allow' &&
            at(one, 'Principal', 'Service') === 'cloudwatch.amazonaws.com' &&
            texts(at(one, 'Action')).includes(action),
        );
    const topics = new Set(
      alarms().flatMap(({ Properties }) =>
        [Properties['AlarmActions'], Properties['OKActions']].flat().map((one) => named(one)),
      ),
    );
    expect(topics.size).toBe(1);
    for (const id of topics) {
      const policies = made
        .every('AWS::SNS::TopicPolicy', 'observability')
        .filter((one) => [one.Properties['Topics']].flat().some((topic) => named(topic) === id));
      const publishing = policies.flatMap((one) => allowing(one.Properties['PolicyDocument'], 'sns:Publish'));
      expect(publishing.map((one) => [named(at(one, 'Resource')), at(one, 'Condition')])).toEqual([
        [id, { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }],
      ]);
      const topic = made.every('AWS::SNS::Topic', 'observability').find((one) => one.id === id);
      const key = made
        .every('AWS::KMS::Key', 'observability')
        .find((one) => one.id === named(topic?.Properties['KmsMasterKeyId']));
      for (const action of ['kms:Decrypt', 'kms:GenerateDataKey*'])
        expect(allowing(key?.Properties['KeyPolicy'], action), action).not.toEqual([]);
    }
  });

  test('the table’s failures are summed over what reports them: operations, and the indexes with the table', () => {
    const parts = (name: string) => {
      const alarm = alarms().find((one) => one.Properties['AlarmName'] === `priority-partners-prod-table-${name}`);
      const metrics = [at(alarm?.Properties, 'Metrics')].flat();
      expect(metrics.map((one) => at(one, 'Expression')).find((one) => one !== undefined)).toMatch(
        /^SUM\(\[FILL\(\w+, 0\)(, FILL\(\w+, 0\))+\]\)$/,
      );
      return metrics
        .flatMap((one) => at(one, 'MetricStat', 'Metric', 'Dimensions'))
        .filter((one) => one !== undefined && at(one, 'Name') !== 'TableName')
        .map((one) => at(one, 'Value'));
    };
    expect(parts('readthrottleevents')).toEqual(['journal', 'list']);
    expect(parts('writethrottleevents')).toEqual(['journal', 'list']);
    expect(parts('systemerrors')).toEqual(expect.arrayContaining(['GetItem', 'Query', 'TransactWriteItems']));
  });

  test('mails that may be lost ring by the figure that the delivery counts', () => {
    made.template('observability').hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'priority-partners-prod-mail-lost',
      MetricName: 'mailsLost',
      Namespace: 'PriorityPartners',
      Threshold: 1,
    });
  });

  test('a clock that nobody called for 25 hours rings, though silence is no figure', () => {
    const alarm = alarms().find((one) => one.Properties['AlarmName'] === 'priority-partners-prod-clock-silent');
    expect(alarm?.Properties).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Statistic: 'Sum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: 3600, // with a shorter one CloudWatch would look back a day at most
      EvaluationPeriods: 25,
      TreatMissingData: 'breaching',
    });
    const called = written(at(alarm?.Properties, 'Dimensions', 0, 'Value'));
    expect(called).toContain(made.functionOf('functions/clock/handler.ts').id);
  });

  test('each has a row in docs/operations.md, and each row an alarm', () => {
    const meant: Readonly<Record<string, readonly string[]>> = {
      '<context>': Object.keys(contexts),
      '<consumer>': Object.keys(queueReaders),
    };
    const rows = tableUnder('operations.md', '## Alarms').flatMap(([names = '']) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
    );
    const documented = rows.flatMap((row) => {
      const word = /^<\w+>/.exec(row)?.[0];
      return word === undefined ? [row] : (meant[word] ?? []).map((one) => row.replace(word, one));
    });
    const names = alarms().map((one) => String(one.Properties['AlarmName']).replace('priority-partners-prod-', ''));
    expect(documented.toSorted()).toEqual(names.toSorted());
  });

  test('every function, every queue and every place of dead letters has one', () => {
    const names = alarms().map((one) => String(one.Properties['AlarmName']));
    for (const name of [...Object.keys(contexts), ...Object.keys(queueReaders), 'relay', 'clock', 'pages']) {
      expect(names).toContain(`priority-partners-prod-${name}-errors`);
      expect(names).toContain(`priority-partners-prod-${name}-throttles`);
    }
    for (const name of [...Object.keys(queueReaders), 'relay']) {
      expect(names).toContain(`priority-partners-prod-${name}-dead-letters`);
      expect(names).toContain(`priority-partners-prod-${name}-late`);
    }
  });
});
