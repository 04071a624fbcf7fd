import { App } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { deploy } from '../../../infra/aws/deployment.ts';
import { readSettings } from '../../../infra/aws/settings.ts';
import { exampleContext } from './example-context.ts';

function settingsOf(context: Readonly<Record<string, string>>) {
  return readSettings(new App({ context: { ...context } }).node);
}

describe('the context values of a deployment', () => {
  test('are read, with a stage and a version of their own', () => {
    const { version, ...rest } = exampleContext;
    expect(version).toBe('1.2.3');
    expect(settingsOf(rest)).toMatchObject({ stage: 'prod', secretGeneration: 1, domain: 'partners.example.gov' });
    expect(settingsOf(rest).version).toMatch(/^\d+\.\d+\.\d+/);
  });

  test('are all named in one sentence when they are missing', () => {
    const said =
      /^The deployment needs context values .*region is missing; domain is missing; certificateArn is missing; senderAddress is missing; alarmAddress is missing; signInPrefix is missing\./;
    expect(() => settingsOf({})).toThrow(said);
  });

  test.each([
    ['region', 'Virginia', /region is an AWS region/],
    [
      'certificateArn',
      'arn:aws:acm:us-east-2:123456789012:certificate/1',
      /certificateArn is the ARN of a certificate in us-east-1/,
    ],
    ['senderAddress', 'somebody', /senderAddress is the mail address/],
    ['stage', 'rehearsals1', /stage is 2 to 10 lower-case letters, digits and hyphens, so that the names/],
    ['signInPrefix', 'my-cognito', /signInPrefix may not contain/],
    ['secretGeneration', '0', /secretGeneration begins at 1/],
  ])('say what is wrong with %s', (name, value, sentence) => {
    expect(() => settingsOf({ ...exampleContext, [name]: value })).toThrow(sentence);
  });

  test('a restored table needs its stream', () => {
    expect(() => settingsOf({ ...exampleContext, restoredTable: 'restored' })).toThrow(/restoredStreamArn is needed/);
  });
});

test('a project without its functions is refused with a sentence that names them', () => {
  const app = new App();
  expect(() => deploy(app, settingsOf({ ...exampleContext }), import.meta.dirname)).toThrow(
    /^These functions are declared, but their files are missing: functions\/\w+\/handler\.ts, /,
  );
});
