import { Duration, Validations } from 'aws-cdk-lib';
import { Role, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Runtime, Tracing, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Watched } from '../watched.ts';

export interface GroundProps {
  readonly memory: number;
  readonly timeoutSeconds: number;
  /** What a person loses while the function fails, as a sentence. */
  readonly loses: string;
  /** Encrypts the environment, which holds secrets: who may see the function need not see them. */
  readonly settingsKey: IKey;
}

/** What stands under every function: a role of its own that may only write its own log, and its limits. */
export class FunctionGround extends Construct {
  readonly role: Role;
  readonly logGroup: LogGroup;
  readonly #props: GroundProps;

  constructor(scope: Construct, id: string, props: GroundProps) {
    super(scope, id);
    this.#props = props;
    this.logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_YEAR });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(this.role);
    this.role.addToPolicy(
      new PolicyStatement({ sid: 'ReadOwnSettings', actions: ['kms:Decrypt'], resources: [props.settingsKey.keyArn] }),
    );
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Sending trace segments to X-Ray knows no resources; the function is given no other right on everything.',
    });
  }

  /** The properties that are the same for every function. */
  get common() {
    return {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      tracing: Tracing.ACTIVE,
      role: this.role,
      logGroup: this.logGroup,
      memorySize: this.#props.memory,
      timeout: Duration.seconds(this.#props.timeoutSeconds),
      environmentEncryption: this.#props.settingsKey,
    };
  }

  /** A function that throws, runs out of time or of memory, or is not let in. */
  watch(name: string, fn: LambdaFunction): readonly Watched[] {
    const { loses } = this.#props;
    const period = Duration.minutes(5);
    return [
      { id: `${name}-errors`, metric: fn.metricErrors({ period }), threshold: 1, loses },
      { id: `${name}-throttles`, metric: fn.metricThrottles({ period }), threshold: 1, loses },
    ];
  }
}
