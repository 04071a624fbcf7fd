import { Aws, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { MathExpression, Metric, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectLockRetention,
  ObjectOwnership,
  type BucketProps,
  type IBucket,
} from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Ground, WorkingTable } from '../ground.ts';
import { generations, secretGenerations, secretName, type SecretGenerations } from '../secret-generations.ts';
import type { Settings } from '../settings.ts';
import type { Watched } from '../watched.ts';

export interface DataStackProps extends StackProps {
  readonly settings: Settings;
  readonly root: string;
}

/** Years that the daily heads of the event chains cannot be changed or removed by anybody. */
const auditYears = 7;

/** What must outlive every release: the table, the files, the keys and the secrets. */
export class DataStack extends Stack {
  readonly ground: Ground;
  /** Who asked for what, by CloudFront and S3. */
  readonly accessLogs: IBucket;
  readonly watched: readonly Watched[];

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    const { settings } = props;
    const dataKey = this.#key('DataKey', 'The table, its backups and the audit bucket');
    const settingsKey = this.#key('SettingsKey', 'The secrets, and the functions’ environment that holds them');
    const table = this.#workingTable(this.#table(dataKey), dataKey, settings);

    this.accessLogs = this.#bucket('AccessLogs', {
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED, // CloudFront delivers its logs by ACL
      // an expired object of a versioned bucket is only hidden, so its version needs an end of its own
      lifecycleRules: [{ expiration: Duration.days(399), noncurrentVersionExpiration: Duration.days(1) }],
    });
    Validations.of(this.accessLogs).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'This bucket receives the access logs of the others; logging its own access would never end.',
    });
    // The names are fixed, so that stacks which stand on this one hold no reference to the buckets.
    const bucketName = (what: string) =>
      `priority-partners-${settings.stage}-${what}-${Aws.ACCOUNT_ID}-${settings.region}`;
    const lifecycleRules = [{ noncurrentVersionExpiration: Duration.days(90) }];
    const filesBucket = bucketName('files');
    // The clock has every matrix written anew each day, so what is older is named by no manifest.
    const matrixRules = ['matrix/', 'matrix-facts/'].map((prefix) => ({ prefix, expiration: Duration.days(60) }));
    const files = this.#logged('Files', {
      bucketName: filesBucket,
      lifecycleRules: [...lifecycleRules, ...matrixRules],
    });
    this.#readableByCloudFront(files, 'matrix/*');
    const siteBucket = bucketName('site');
    this.#readableByCloudFront(this.#logged('Site', { bucketName: siteBucket, lifecycleRules }), '*');
    const auditBucket = bucketName('audit');
    this.#logged('Audit', {
      bucketName: auditBucket,
      encryption: BucketEncryption.KMS,
      encryptionKey: dataKey,
      bucketKeyEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(Math.ceil(auditYears * 365.25))),
    });

    this.ground = {
      settings,
      root: props.root,
      origin: `https://${settings.domain}`,
      table,
      filesBucket,
      auditBucket,
      siteBucket,
      settingsKey,
      secrets: this.#secrets(settings, settingsKey),
    };
    this.watched = watchedTable(table.name);
  }

  #key(id: string, description: string): Key {
    return new Key(this, id, { description, enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN });
  }

  #table(encryptionKey: Key): Table {
    const table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      timeToLiveAttribute: 'expires',
      stream: StreamViewType.NEW_IMAGE,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const indexName of indexes) {
      const letter = indexName.slice(0, 1);
      table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: `${letter}pk`, type: AttributeType.STRING },
        sortKey: { name: `${letter}sk`, type: AttributeType.STRING },
        projectionType: ProjectionType.ALL,
      });
    }
    return table;
  }

  /** The table to work on: our own, or the restored one while our own is kept beside it. */
  #workingTable(own: Table, key: Key, settings: Settings): WorkingTable {
    if (own.tableStreamArn === undefined) throw new Error('The table has no stream.');
    const mine: WorkingTable = { name: own.tableName, arn: own.tableArn, streamArn: own.tableStreamArn, key };
    // Exported whether used or not: a stack that still runs on it must not hold up the change to a restored one.
    for (const value of [mine.name, mine.arn, mine.streamArn]) this.exportValue(value);
    const { restoredTable, restoredStreamArn } = settings;
    if (restoredTable === undefined || restoredStreamArn === undefined) return mine;
    const arn = this.formatArn({ service: 'dynamodb', resource: 'table', resourceName: restoredTable });
    return { name: restoredTable, arn, streamArn: restoredStreamArn, key };
  }

  #bucket(id: string, props: BucketProps): IBucket {
    const bucket = new Bucket(this, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      // Retained but for a first creation that fails: what was left of it would hold the name against the next.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      ...props,
    });
    return bucket as IBucket; // it is one, but declares `isWebsite?: boolean | undefined` where its interface says `boolean`
  }

  #logged(id: string, props: BucketProps): IBucket {
    return this.#bucket(id, {
      serverAccessLogsBucket: this.accessLogs,
      serverAccessLogsPrefix: `s3/${id.toLowerCase()}/`,
      ...props,
    });
  }

  /**
   * Any distribution of this account may read, for the one that does is in a stack that stands on
   * this one and has no name yet.
   */
  #readableByCloudFront(bucket: IBucket, objects: string): void {
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ReadByOwnDistributions',
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['s3:GetObject'],
        resources: [bucket.arnForObjects(objects)],
        conditions: {
          StringEquals: { 'aws:SourceAccount': this.account },
          ArnLike: { 'aws:SourceArn': `arn:${this.partition}:cloudfront::${this.account}:distribution/*` },
        },
      }),
    );
  }

  #secrets(settings: Settings, encryptionKey: Key): Ground['secrets'] {
    const made = (name: 'edge' | 'web'): SecretGenerations => {
      for (const generation of generations(settings)) {
        const secret = new Secret(this, `${name}-secret-${generation}`, {
          secretName: secretName(settings, name, generation),
          encryptionKey,
          generateSecretString: { passwordLength: 48, excludePunctuation: true },
        });
        Validations.of(secret).acknowledge({
          id: 'AwsSolutions-SMG4',
          reason:
            'The edge, the web and the API change it one after another, which only a deployment does: raise secretGeneration.',
        });
      }
      return secretGenerations(settings, name);
    };
    return { edge: made('edge'), web: made('web') };
  }
}

/** What the functions call the table by; a transaction is an operation of its own. */
const operations = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'TransactWriteItems',
  'GetRecords',
];

const indexes = ['journal', 'list'] as const;

/** One figure of several: a part that reports nothing counts as 0, where `+` would give no sum at all. */
function sumOf(metricName: string, dimensions: readonly Readonly<Record<string, string>>[]): IMetric {
  const period = Duration.minutes(5);
  // Named by the figure, for several figures share one graph.
  const parts = dimensions.map(
    (dimensionsMap, index) =>
      [
        `${metricName.toLowerCase()}${index}`,
        new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap, statistic: 'Sum', period }),
      ] as const,
  );
  return new MathExpression({
    expression: `SUM([${parts.map(([id]) => `FILL(${id}, 0)`).join(', ')}])`,
    usingMetrics: Object.fromEntries(parts),
    label: metricName,
    period,
  });
}

function watchedTable(name: string): readonly Watched[] {
  const table = { TableName: name };
  // An index is throttled by itself, and then every write of the table is.
  const tableAndIndexes = [table, ...indexes.map((index) => ({ ...table, GlobalSecondaryIndexName: index }))];
  const figures = {
    ReadThrottleEvents: tableAndIndexes,
    WriteThrottleEvents: tableAndIndexes,
    SystemErrors: operations.map((Operation) => ({ ...table, Operation })), // reported by operation only
  };
  return Object.entries(figures).map(([metricName, dimensions]) => ({
    id: `table-${metricName.toLowerCase()}`,
    metric: sumOf(metricName, dimensions),
    threshold: 10,
    loses: 'Pages answer slowly or not at all, and changes are refused until the table takes more.',
  }));
}
