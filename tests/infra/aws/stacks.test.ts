import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Match } from 'aws-cdk-lib/assertions';
import { cameThroughEdge } from '#platform/visitor.ts';
import { consumers, jobs } from '#shared/contract/consumers.ts';
import { declaredRoutes } from '#shared/contract/routes.ts';
import { contexts } from '../../../infra/aws/contexts.ts';
import { queueReaders } from '../../../infra/aws/consumers.ts';
import { contextEntry } from '../../../infra/aws/contexts.ts';
import { signInReturnPath } from '../../../infra/aws/stacks/identity-stack.ts';
import { edgeHeader } from '../../../infra/aws/stacks/web-stack.ts';
import { emptyProject, synthesized, type Resource, type Synthesized } from './synthesized.ts';

const project = emptyProject();
let made: Synthesized;
beforeAll(() => {
  made = synthesized(project.root);
});
afterAll(() => project.remove());

type Found = Synthesized['resources'][number];

function every(type: string, stack?: string): readonly Found[] {
  return made.resources.filter((one) => one.Type === type && (stack === undefined || one.stack === stack));
}

/** A value inside a resource; undefined where there is none. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, word) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, word) : undefined),
    value,
  );
}

function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.flatMap(texts) : [];
}

/** The logical id that a `Ref` or `Fn::GetAtt` names. */
function named(value: unknown): string | undefined {
  const id = at(value, 'Ref') ?? at(value, 'Fn::GetAtt', 0);
  return typeof id === 'string' ? id : undefined;
}

function functionOf(entry: string): Found {
  const found = every('AWS::Lambda::Function').filter((one) => one.Properties['Description'] === entry);
  expect(found, entry).toHaveLength(1);
  const [only] = found;
  if (only === undefined) throw new Error(entry);
  return only;
}

function environmentOf(fn: Found): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(at(fn.Properties, 'Environment', 'Variables') ?? {}));
}

interface Statement {
  readonly actions: readonly string[];
  readonly resource: unknown;
  readonly condition: unknown;
}

/** Every permission that a function's role holds. */
function rightsOf(fn: Found): readonly Statement[] {
  const role = named(fn.Properties['Role']);
  return every('AWS::IAM::Policy', fn.stack)
    .filter((policy) => (at(policy.Properties, 'Roles') as unknown[]).some((one) => named(one) === role)) // CloudFormation requires the list
    .flatMap((policy) => at(policy.Properties, 'PolicyDocument', 'Statement'))
    .flat()
    .map((one) => ({
      actions: texts(at(one, 'Action')),
      resource: at(one, 'Resource'),
      condition: at(one, 'Condition'),
    }));
}

function ownFunctions(): readonly Found[] {
  return every('AWS::Lambda::Function').filter(
    (one) => typeof one.Properties['Description'] === 'string' && !one.id.startsWith('Custom'),
  );
}

describe('the API', () => {
  const key = (route: { readonly method: string; readonly path: string }) => `${route.method} ${route.path}`;

  test('deploys each declared route once, to the function of its context, and nothing else but the pages', () => {
    const deployed = [...every('AWS::ApiGatewayV2::Route', 'api')].map((route) => String(route.Properties['RouteKey']));
    expect(deployed.toSorted()).toEqual(declaredRoutes.map(key).toSorted());
    expect(every('AWS::ApiGatewayV2::Route', 'web').map((route) => route.Properties['RouteKey'])).toEqual(['$default']);

    const integrations = new Map(
      every('AWS::ApiGatewayV2::Integration', 'api').map((one) => [one.id, named(one.Properties['IntegrationUri'])]),
    );
    for (const route of declaredRoutes) {
      const found = every('AWS::ApiGatewayV2::Route', 'api').find((one) => one.Properties['RouteKey'] === key(route));
      const target = JSON.stringify(found?.Properties['Target']);
      const answering = [...integrations].filter(([id]) => target.includes(`"${id}"`)).map(([, fn]) => fn);
      expect(answering, key(route)).toEqual([functionOf(contextEntry(route.context)).id]);
    }
  });

  test('has no two routes that differ only in how a word is called', () => {
    const shapes = declaredRoutes.map((route) => key(route).replaceAll(/\{[^}]+\}/g, '{}'));
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  test('gives every function behind the gateway the secrets of the edge and of the web, by reference', () => {
    for (const fn of [...Object.keys(contexts).map((one) => `functions/${one}/handler.ts`), 'The pages'].map(
      functionOf,
    )) {
      const environment = environmentOf(fn);
      for (const name of ['EDGE_SECRET', 'WEB_SECRET']) {
        expect(environment[name], name).toMatch(
          /^\{\{resolve:secretsmanager:priority-partners\/prod\/(edge|web)-1:SecretString/,
        );
      }
      expect(environment['PUBLIC_ORIGIN']).toBe('https://partners.example.gov');
    }
  });

  test('gives the session’s context what it needs to sign people in, and takes them back where the route is', () => {
    const signingIn = Object.entries(contexts)
      .filter(([, needs]) => needs.identity === true)
      .map(([name]) => name);
    for (const name of signingIn) {
      expect(Object.keys(environmentOf(functionOf(`functions/${name}/handler.ts`)))).toEqual(
        expect.arrayContaining(['IDENTITY_ISSUER', 'IDENTITY_CLIENT_ID', 'IDENTITY_CLIENT_SECRET']),
      );
    }
    expect(declaredRoutes.map(key)).toContain(`GET ${signInReturnPath}`);
    made.template('identity').hasResourceProperties('AWS::Cognito::UserPoolClient', {
      AllowedOAuthFlows: ['code'],
      CallbackURLs: [`https://partners.example.gov${signInReturnPath}`],
    });
  });
});

describe('rights', () => {
  test('no function holds a wildcard, but for sending traces and for files named by their hash', () => {
    for (const fn of ownFunctions()) {
      for (const { actions, resource } of rightsOf(fn)) {
        expect(actions.filter((action) => action.includes('*'))).toEqual([]);
        const stars = JSON.stringify(resource).includes('*');
        if (!stars) continue;
        const traces = resource === '*' && actions.every((action) => action.startsWith('xray:Put'));
        const files =
          JSON.stringify(resource).includes('/matrix/*') &&
          actions.every((action) => /^s3:(Get|Put)Object$/.test(action));
        expect(traces || files, `${String(fn.Properties['Description'])}: ${actions.join()}`).toBe(true);
      }
    }
  });

  test('every function has a role of its own without AWS’s ready-made policies', () => {
    const roles = ownFunctions().map((fn) => `${fn.stack} ${named(fn.Properties['Role'])}`);
    expect(new Set(roles).size).toBe(roles.length);
    for (const fn of ownFunctions()) {
      const role = every('AWS::IAM::Role', fn.stack).find((one) => one.id === named(fn.Properties['Role']));
      expect(role?.Properties['ManagedPolicyArns']).toBeUndefined();
    }
  });

  test('nobody may scan, delete the table, or change its settings', () => {
    const actions = ownFunctions().flatMap((fn) => rightsOf(fn).flatMap((one) => one.actions));
    const allowed = [
      'BatchGetItem',
      'ConditionCheckItem',
      'DeleteItem',
      'GetItem',
      'PutItem',
      'Query',
      'UpdateItem',
      'DescribeStream',
      'GetRecords',
      'GetShardIterator',
      'ListStreams',
    ].map((action) => `dynamodb:${action}`);
    expect(actions.filter((action) => action.startsWith('dynamodb:') && !allowed.includes(action))).toEqual([]);
  });

  test('the pages and the relay hold no right on any item', () => {
    const items = /^dynamodb:(Get|Put|Update|Delete|Query|Batch|Condition).*(Item|Query)?$/;
    for (const description of ['The pages', 'functions/relay/handler.ts']) {
      const actions = rightsOf(functionOf(description)).flatMap((one) => one.actions);
      expect(actions.filter((action) => items.test(action) && !/Records|ShardIterator/.test(action))).toEqual([]);
      expect(environmentOf(functionOf(description))['TABLE_NAME']).toBeUndefined();
    }
  });

  test('what a function did not ask for, it does not have: files, queues, mail', () => {
    const all = [
      ...Object.entries(contexts).map(([name, needs]) => ({ entry: `functions/${name}/handler.ts`, needs })),
      ...Object.values(queueReaders).map((needs) => ({ entry: needs.entry, needs })),
    ];
    for (const { entry, needs } of all) {
      const fn = functionOf(entry);
      const actions = rightsOf(fn).flatMap((one) => one.actions);
      const environment = environmentOf(fn);
      expect(actions.includes('s3:GetObject'), entry).toBe(needs.files?.includes('read') ?? false);
      expect(actions.includes('s3:PutObject'), entry).toBe(needs.files?.includes('write') ?? false);
      expect(actions.includes('sqs:SendMessage'), entry).toBe((needs.feeds ?? []).length > 0);
      expect(actions.includes('ses:SendEmail'), entry).toBe(needs.mail ?? false);
      expect('FILES_URL' in environment, entry).toBe(needs.files !== undefined);
      expect('QUEUE_URLS' in environment, entry).toBe((needs.feeds ?? []).length > 0);
      expect('MAIL_URL' in environment, entry).toBe(needs.mail ?? false);
    }
  });

  test('the key of the table is used through the table only', () => {
    for (const fn of ownFunctions()) {
      for (const { actions, condition } of rightsOf(fn)) {
        if (actions.some((action) => /^kms:(Encrypt|GenerateDataKey)/.test(action))) {
          expect(condition).toEqual({ StringEquals: { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' } });
        }
      }
    }
  });
});

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
    const keys = every('AWS::KMS::Key');
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(key.Properties['EnableKeyRotation']).toBe(true);
  });

  test('every bucket is versioned, encrypted, closed to the public and kept', () => {
    const buckets = every('AWS::S3::Bucket');
    expect(buckets).toHaveLength(4);
    for (const bucket of buckets) {
      expect(bucket['DeletionPolicy'], bucket.id).toBe('Retain');
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

  test('what is in the audit bucket cannot be changed for seven years', () => {
    made.template('data').hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: Match.anyValue() } } },
    });
    const locked = every('AWS::S3::Bucket').find((one) => one.Properties['ObjectLockEnabled'] === true);
    expect(
      at(locked?.Properties, 'ObjectLockConfiguration', 'Rule', 'DefaultRetention', 'Days'),
    ).toBeGreaterThanOrEqual(7 * 365);
  });

  test('every log is kept for a stated time', () => {
    for (const log of every('AWS::Logs::LogGroup')) expect(log.Properties['RetentionInDays'], log.id).toBe(365);
  });

  test('runs on a restored table when told, and keeps its own', () => {
    const restoredStreamArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/restored/stream/2026-01-01T00:00:00.000';
    const other = synthesized(project.root, { restoredTable: 'restored', restoredStreamArn });
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
    const queues = every('AWS::SQS::Queue', 'jobs').filter((one) => one.Properties['RedrivePolicy'] !== undefined);
    expect(queues).toHaveLength(names.length);
    for (const queue of queues) {
      expect(at(queue.Properties, 'RedrivePolicy', 'maxReceiveCount')).toBe(5);
      const dead = at(queue.Properties, 'RedrivePolicy', 'deadLetterTargetArn', 'Fn::GetAtt', 0);
      expect(every('AWS::SQS::Queue', 'jobs').some((one) => one.id === dead)).toBe(true);
      const reading = every('AWS::Lambda::EventSourceMapping', 'jobs').filter(
        (one) => named(one.Properties['EventSourceArn']) === queue.id,
      );
      expect(reading).toHaveLength(1);
      expect(reading[0]?.Properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
      const reader = every('AWS::Lambda::Function', 'jobs').find(
        (fn) => fn.id === named(reading[0]?.Properties['FunctionName']),
      );
      expect(Number(queue.Properties['VisibilityTimeout'])).toBeGreaterThanOrEqual(
        6 * Number(reader?.Properties['Timeout']),
      );
    }
  });

  test('the relay knows every consumer’s queue', () => {
    const urls = JSON.stringify(environmentOf(functionOf('functions/relay/handler.ts'))['QUEUE_URLS']);
    for (const name of Object.keys(consumers)) expect(urls).toContain(`\\"${name}\\":`);
  });
});

describe('the one address', () => {
  test('the edge’s secret travels in a header that the functions read', () => {
    made.template('web').hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Origins: Match.arrayWith([
          Match.objectLike({ OriginCustomHeaders: [Match.objectLike({ HeaderName: edgeHeader })] }),
        ]),
      },
    });
    const secret = 's'.repeat(48);
    const call = { headers: { [edgeHeader]: secret } } as unknown as Parameters<typeof cameThroughEdge>[0]; // only headers are read
    expect(cameThroughEdge(call, secret)).toBe(true);
    expect(edgeHeader).not.toMatch(/^x-(edge|amz)-/i); // CloudFront refuses these
  });

  test('the visitor’s address is passed on, the host is not, and answers of functions are never kept', () => {
    const [policy] = every('AWS::CloudFront::OriginRequestPolicy');
    const headers = texts(at(policy?.Properties, 'OriginRequestPolicyConfig', 'HeadersConfig', 'Headers'));
    expect(headers).toContain('CloudFront-Viewer-Address');
    expect(headers).not.toContain('Host');
    expect(headers.length).toBeLessThanOrEqual(10);
    const [distribution] = every('AWS::CloudFront::Distribution');
    const config = at(distribution?.Properties, 'DistributionConfig');
    const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    expect(at(config, 'DefaultCacheBehavior', 'CachePolicyId')).toBe(cachingDisabled);
    const failures = at(config, 'CustomErrorResponses');
    expect(Array.isArray(failures) && failures.every((one) => at(one, 'ErrorCachingMinTTL') === 0)).toBe(true);
    const paths = at(config, 'CacheBehaviors');
    expect(Array.isArray(paths) && paths.map((one) => at(one, 'PathPattern')).toSorted()).toEqual([
      '/_app/*',
      '/api/*',
      '/matrix/*',
      '/robots.txt',
    ]);
  });

  test('a firewall limits each address', () => {
    made.template('edge').hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'CLOUDFRONT',
      Rules: Match.arrayWith([
        Match.objectLike({ Statement: { RateBasedStatement: Match.objectLike({ AggregateKeyType: 'IP' }) } }),
      ]),
    });
    expect(at(every('AWS::CloudFront::Distribution')[0]?.Properties, 'DistributionConfig', 'WebACLId')).toBeDefined();
  });

  test('stands in another region with the firewall where CloudFront wants it', () => {
    const other = synthesized(project.root, { region: 'us-east-2' });
    expect(other.deployment.edge.region).toBe('us-east-1');
    expect(other.deployment.web.region).toBe('us-east-2');
  });
});

describe('identity', () => {
  test('everybody gives two factors: a passkey that checks its holder, or a password and a code', () => {
    made.template('identity').hasResourceProperties('AWS::Cognito::UserPool', {
      DeletionProtection: 'ACTIVE',
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
      WebAuthnUserVerification: 'required',
      WebAuthnFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
    });
  });
});

describe('alarms', () => {
  const alarms = () => every('AWS::CloudWatch::Alarm');

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

  test('every function, every queue and every place of dead letters has one', () => {
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

test('every function runs the pinned runtime, is traced and limited', () => {
  for (const { Properties, id } of ownFunctions()) {
    expect(Properties, id).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
      Timeout: expect.any(Number),
      MemorySize: expect.any(Number),
      KmsKeyArn: expect.anything(),
    } satisfies Partial<Record<keyof Resource['Properties'], unknown>>);
  }
});
