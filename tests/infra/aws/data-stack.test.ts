import { describe, expect, test } from 'vitest';
import { Match } from 'aws-cdk-lib/assertions';
import { tableUnder } from '../../support/document-tables.ts';
import { at, exampleTemplates, written, type Found } from './templates.ts';

const made = exampleTemplates();

describe('data', () => {
  test('the table is encrypted, recoverable, protected, expires what says so, and tells of new images', () => {
    made.template('data').hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: Match.anyValue() },
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
        GlobalSecondaryIndexes: [
          Match.objectLike({ IndexName: 'journal', Projection: { ProjectionType: 'ALL' } }),
          Match.objectLike({ IndexName: 'list', Projection: { ProjectionType: 'ALL' } }),
        ],
      },
    });
  });

  test('every key rotates', () => {
    const keys = made.every('AWS::KMS::Key');
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(key.Properties['EnableKeyRotation']).toBe(true);
  });

  test('every bucket is versioned, encrypted, closed to the public and kept, unless its first creation fails', () => {
    const buckets = made.every('AWS::S3::Bucket');
    expect(buckets).toHaveLength(4);
    for (const bucket of buckets) {
      expect(bucket['DeletionPolicy'], bucket.id).toBe('RetainExceptOnCreate');
      expect(bucket['UpdateReplacePolicy'], bucket.id).toBe('Retain');
      expect(bucket.Properties['VersioningConfiguration'], bucket.id).toEqual({ Status: 'Enabled' });
      expect(
        at(bucket.Properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration', 0),
        bucket.id,
      ).toBeDefined();
      expect(bucket.Properties['PublicAccessBlockConfiguration'], bucket.id).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
  });

  test('the names of the buckets fit, however long the region’s and the stage’s', () => {
    const longest = made.with({ region: 'us-isof-south-1', stage: 'rehearsals' });
    const names = longest.resources
      .filter((one) => one.Type === 'AWS::S3::Bucket' && one.Properties['BucketName'] !== undefined)
      .map((one) => written(one.Properties['BucketName']).replace('<AWS::AccountId>', '123456789012'));
    expect(names).toHaveLength(3);
    expect(names).toContain('priority-partners-rehearsals-audit-123456789012-us-isof-south-1');
    expect(names.filter((name) => name.length > 63 || /[^a-z0-9-]/.test(name))).toEqual([]);
  });

  test('access logs are gone after 400 days, hidden versions included', () => {
    const rules = made
      .every('AWS::S3::Bucket')
      .filter((one) => one.id.startsWith('AccessLogs'))
      .flatMap((one) => at(one.Properties, 'LifecycleConfiguration', 'Rules'));
    expect(rules).toEqual([
      { Status: 'Enabled', ExpirationInDays: 399, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
    ]);
    const documented = tableUnder('retention.md', '# What is kept, and for how long')
      .filter(([record]) => /^access log of (CloudFront|S3)$/.test(record ?? ''))
      .map(([, , , long]) => long);
    expect(documented).toEqual(['400 days', '400 days']);
  });

  test('the secrets of a generation and of the one before stand side by side', () => {
    const names = (found: readonly Found[]) => found.map((one) => one.Properties['Name']).toSorted();
    const secret = 'AWS::SecretsManager::Secret';
    expect(names(made.every(secret, 'data'))).toEqual([
      'priority-partners/prod/edge-1',
      'priority-partners/prod/web-1',
    ]);
    const third = made.with({ secretGeneration: '3' });
    expect(names(third.resources.filter((one) => one.Type === secret && one.stack === 'data'))).toEqual([
      'priority-partners/prod/edge-2',
      'priority-partners/prod/edge-3',
      'priority-partners/prod/web-2',
      'priority-partners/prod/web-3',
    ]);
  });

  test('what is in the audit bucket cannot be changed for seven years', () => {
    made.template('data').hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: Match.anyValue() } } },
    });
    const locked = made.every('AWS::S3::Bucket').find((one) => one.Properties['ObjectLockEnabled'] === true);
    expect(
      at(locked?.Properties, 'ObjectLockConfiguration', 'Rule', 'DefaultRetention', 'Days'),
    ).toBeGreaterThanOrEqual(7 * 365);
  });

  test('every log is kept for a stated time', () => {
    for (const log of made.every('AWS::Logs::LogGroup')) expect(log.Properties['RetentionInDays'], log.id).toBe(365);
  });

  test('runs on a restored table when told, and keeps its own', () => {
    const restoredStreamArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/restored/stream/2026-01-01T00:00:00.000';
    const other = made.with({ restoredTable: 'restored', restoredStreamArn });
    other.template('data').resourceCountIs('AWS::DynamoDB::Table', 1);
    other
      .template('jobs')
      .hasResourceProperties('AWS::Lambda::EventSourceMapping', { EventSourceArn: restoredStreamArn });
    const names = other.resources
      .map((one) => at(one.Properties, 'Environment', 'Variables', 'TABLE_NAME'))
      .filter((name) => name !== undefined);
    expect(new Set(names)).toEqual(new Set(['restored']));
  });
});
