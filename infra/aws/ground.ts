import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { SecretGenerations } from './secret-generations.ts';
import type { Settings } from './settings.ts';

/** The table that the functions work on: the deployment's own, or one restored in its place. */
export interface WorkingTable {
  readonly name: string;
  readonly arn: string;
  readonly streamArn: string;
  readonly key: IKey;
}

/** What everything else of a deployment stands on. */
export interface Ground {
  readonly settings: Settings;
  /** The project's root folder, on the machine that deploys. */
  readonly root: string;
  /** The one address that visitors use, without a path. */
  readonly origin: string;
  readonly table: WorkingTable;
  /** The bucket of `FILES_URL`, by name. */
  readonly filesBucket: string;
  /** The bucket of `AUDIT_URL`, by name: what is written there nobody can alter for years. */
  readonly auditBucket: string;
  /** The bucket of the pages' scripts, styles and fonts, by name. */
  readonly siteBucket: string;
  readonly settingsKey: IKey;
  readonly secrets: Readonly<Record<'edge' | 'web', SecretGenerations>>;
}
