import { Aws, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { FileRight, TableRight } from '../function-needs.ts';
import type { WorkingTable } from '../ground.ts';
import type { Settings } from '../settings.ts';

const tableActions: Readonly<Record<TableRight, string>> = {
  get: 'dynamodb:GetItem',
  'get-all': 'dynamodb:BatchGetItem',
  select: 'dynamodb:Query',
  'select-list': 'dynamodb:Query',
  'select-journal': 'dynamodb:Query',
  put: 'dynamodb:PutItem',
  add: 'dynamodb:UpdateItem',
  remove: 'dynamodb:DeleteItem',
  check: 'dynamodb:ConditionCheckItem',
};

const writing: readonly TableRight[] = ['put', 'add', 'remove'];

/** Where a right applies: the table itself, or one of its indexes. */
function resourceOf(table: WorkingTable, right: TableRight): string {
  if (right === 'select-list') return `${table.arn}/index/list`;
  return right === 'select-journal' ? `${table.arn}/index/journal` : table.arn;
}

/** Gives exactly the named rights on the table, and the use of its key through the table only. */
export function grantTable(role: Role, table: WorkingTable, rights: readonly TableRight[]): void {
  if (rights.length === 0) return;
  const byResource = Map.groupBy(rights, (right) => resourceOf(table, right));
  for (const [resource, list] of byResource) {
    role.addToPolicy(
      new PolicyStatement({ actions: [...new Set(list.map((right) => tableActions[right]))], resources: [resource] }),
    );
  }
  const writes = rights.some((right) => writing.includes(right));
  role.addToPolicy(
    new PolicyStatement({
      actions: [
        'kms:Decrypt',
        'kms:DescribeKey',
        ...(writes ? ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'] : []),
      ],
      resources: [table.key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(role).region}.amazonaws.com` } },
    }),
  );
}

/** How cdk-nag writes a name with a token in it: `<AWS::AccountId>`. */
export function asFinding(name: string): string {
  return name.replace(Aws.PARTITION, '<AWS::Partition>').replaceAll(Aws.ACCOUNT_ID, '<AWS::AccountId>');
}

/** Snapshots of the matrix: read or written, never removed. */
export function grantFiles(role: Role, bucket: string, rights: readonly FileRight[]): void {
  grantFolder(
    role,
    bucket,
    'matrix',
    rights.filter((right) => right !== 'facts'),
  );
  if (rights.includes('facts')) grantFolder(role, bucket, 'matrix-facts', ['read', 'write']);
}

/** The heads of each day, in a bucket that the table's key encrypts. */
export function grantAudit(role: Role, bucket: string, key: IKey): void {
  grantFolder(role, bucket, 'heads', ['read', 'write']);
  role.addToPolicy(
    new PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${Stack.of(role).region}.amazonaws.com` } },
    }),
  );
}

function grantFolder(role: Role, bucket: string, folder: string, rights: readonly ('read' | 'write')[]): void {
  const bucketArn = `arn:${Aws.PARTITION}:s3:::${bucket}`;
  const files = `${bucketArn}/${folder}/*`;
  role.addToPolicy(
    new PolicyStatement({
      actions: rights.map((right) => (right === 'read' ? 's3:GetObject' : 's3:PutObject')),
      resources: [files],
    }),
  );
  if (rights.includes('read')) {
    // Without it S3 answers "forbidden" for a file that does not exist, and nobody could tell the two apart.
    // A get names no prefix, so no condition on it: the right is on the list of the whole bucket, whose names are
    // nothing but hashes and days.
    role.addToPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] }));
  }
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${asFinding(files)}]`,
    reason: 'Its files are named as they come, so the right is on the folder that holds nothing else.',
  });
}

/** Mail from the one sender address, and only from it. */
export function grantMail(role: Role, settings: Settings): void {
  const { partition, region, account } = Stack.of(role);
  const domain = settings.senderAddress.slice(settings.senderAddress.indexOf('@') + 1);
  role.addToPolicy(
    new PolicyStatement({
      actions: ['ses:SendEmail', 'ses:SendRawEmail'],
      resources: [`arn:${partition}:ses:${region}:${account}:identity/${domain}`],
      conditions: { StringEquals: { 'ses:FromAddress': settings.senderAddress } },
    }),
  );
}

/** Reads the table's stream, and uses the key for that only. */
export function grantStream(role: Role, table: WorkingTable): void {
  role.addToPolicy(
    new PolicyStatement({
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      resources: [table.streamArn],
    }),
  );
  role.addToPolicy(
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [table.key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(role).region}.amazonaws.com` } },
    }),
  );
}
