import { join } from 'node:path';
import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { webBuild } from '../source-files.ts';
import { buildFolder } from '../../../web/build-folder.ts';
import { asFinding } from './grants.ts';

export interface SiteFilesProps {
  readonly root: string;
  readonly bucketName: string;
}

/** Files whose name holds the hash of their bytes. */
const named = '_app/immutable/*';

/**
 * Puts the pages' files into their bucket. Those of earlier releases stay, for people whose page was
 * loaded before this one.
 */
export class SiteFiles extends Construct {
  /** What puts the files there that a page of this release names. */
  readonly immutable: BucketDeployment;

  constructor(scope: Construct, id: string, { root, bucketName }: SiteFilesProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_YEAR });
    const common = {
      sources: [Source.asset(join(buildFolder(root), webBuild.client))],
      destinationBucket: Bucket.fromBucketName(this, 'Bucket', bucketName),
      prune: false,
      memoryLimit: 512,
      logGroup,
    };
    this.immutable = new BucketDeployment(this, 'Immutable', {
      ...common,
      exclude: ['*'],
      include: [named],
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    });
    const changing = new BucketDeployment(this, 'Changing', {
      ...common,
      exclude: [named],
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.minutes(5))],
    });
    changing.node.addDependency(this.immutable);
    this.#acknowledge(bucketName);
  }

  /** The function that copies is the library's own: it runs during a deployment only, and nothing calls it. */
  #acknowledge(bucketName: string): void {
    const stack = Stack.of(this);
    const copier = stack.node.children.find((child) => child.node.id.startsWith('Custom::CDKBucketDeployment'));
    if (copier === undefined) throw new Error('The library has renamed the function that copies the pages’ files.');
    const actions = ['s3:GetObject*', 's3:GetBucket*', 's3:List*', 's3:DeleteObject*', 's3:Abort*'];
    const assets = `cdk-hnb659fds-assets-${Aws.ACCOUNT_ID}-${stack.region}`;
    const resources = [assets, bucketName].map((bucket) => asFinding(`arn:${Aws.PARTITION}:s3:::${bucket}/*`));
    const wildcards = [
      ...actions.map((action) => `Action::${action}`),
      ...resources.map((resource) => `Resource::${resource}`),
    ];
    Validations.of(copier).acknowledge(
      ...wildcards.map((finding) => ({
        id: `AwsSolutions-IAM5[${finding}]`,
        reason:
          'The library’s copier reads the deployment’s files and writes them to the one bucket of public page files.',
      })),
      {
        id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
        reason: 'The library gives its copier AWS’s policy for writing logs, and nothing but a deployment calls it.',
      },
      {
        id: 'AwsSolutions-L1',
        reason: 'The library chooses the Python version that its copier is tested with.',
      },
    );
  }
}
