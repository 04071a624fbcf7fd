import { join } from 'node:path';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import type { FunctionNeeds } from '../function-needs.ts';
import type { Ground } from '../ground.ts';
import type { Watched } from '../watched.ts';
import { bundling, programsDir } from './bundling.ts';
import { FunctionGround } from './function-ground.ts';
import { grantFiles, grantMail, grantTable } from './grants.ts';

export interface BundledFunctionProps {
  readonly ground: Ground;
  /** The module that exports `handler`, from the project's root. */
  readonly entry: string;
  readonly needs: FunctionNeeds;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A function of the project, bundled from its entry file, with exactly the rights and settings it needs. */
export class BundledFunction extends Construct {
  readonly fn: NodejsFunction;
  readonly role: FunctionGround['role'];
  readonly watched: readonly Watched[];

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    const { ground, needs } = props;
    const under = new FunctionGround(this, 'Ground', { ...needs, settingsKey: ground.settingsKey });
    this.role = under.role;
    this.fn = new NodejsFunction(this, 'Function', {
      ...under.common,
      description: props.entry,
      entry: join(ground.root, props.entry),
      projectRoot: ground.root,
      depsLockFilePath: join(ground.root, 'package-lock.json'),
      handler: 'handler',
      bundling: bundling(ground.root),
      awsSdkConnectionReuse: false, // what it sets is how SDK 3 behaves anyway
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        PROGRAMS_DIR: programsDir,
        APP_VERSION: ground.settings.version,
        ...(needs.table.length > 0 ? { TABLE_NAME: ground.table.name } : {}),
        ...(needs.files === undefined ? {} : { FILES_URL: `s3://${ground.filesBucket}` }),
        ...(needs.mail === undefined
          ? {}
          : { MAIL_URL: 'ses:', MAIL_FROM: ground.settings.senderAddress, PUBLIC_ORIGIN: ground.origin }),
        ...props.environment,
      },
    });
    grantTable(this.role, ground.table, needs.table);
    if (needs.files !== undefined) grantFiles(this.role, ground.filesBucket, needs.files);
    if (needs.mail !== undefined) grantMail(this.role, ground.settings);
    this.watched = under.watch(id.toLowerCase(), this.fn);
  }
}
