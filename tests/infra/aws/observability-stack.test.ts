import { describe, expect, test } from 'vitest';
import { queueReaders } from '../../../infra/aws/consumers.ts';
import { contexts } from '../../../infra/aws/contexts.ts';
import { texts, exampleTemplates } from './templates.ts';

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

  test('made.every function, made.every queue and made.every place of dead letters has one', () => {
    const names = alarms().map((one) => String(one.Properties['AlarmName']));
    for (const name of [...Object.keys(contexts), ...Object.keys(queueReaders), 'relay', 'pages']) {
      expect(names).toContain(`priority-partners-prod-${name}-errors`);
      expect(names).toContain(`priority-partners-prod-${name}-throttles`);
    }
    for (const name of [...Object.keys(queueReaders), 'relay']) {
      expect(names).toContain(`priority-partners-prod-${name}-dead-letters`);
      expect(names).toContain(`priority-partners-prod-${name}-late`);
    }
  });
});
