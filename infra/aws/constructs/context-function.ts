import { SecretValue } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { contextEntry, type ContextName } from '../contexts.ts';
import type { FunctionNeeds } from '../function-needs.ts';
import type { Ground } from '../ground.ts';
import type { IdentityClient } from '../stacks/identity-stack.ts';
import { BundledFunction } from './bundled-function.ts';
import { type ConsumerQueue, feed } from './consumer-queue.ts';

export interface ContextFunctionProps {
  readonly ground: Ground;
  readonly context: ContextName;
  readonly needs: FunctionNeeds;
  readonly identity: IdentityClient;
  readonly queues: ReadonlyMap<string, ConsumerQueue>;
}

/** What the web and the API know of each other and of the edge. CloudFormation puts the values in. */
export function trustSettings(
  ground: Ground,
): Readonly<Record<'PUBLIC_ORIGIN' | 'WEB_SECRET' | 'EDGE_SECRET', string>> {
  return {
    PUBLIC_ORIGIN: ground.origin,
    WEB_SECRET: SecretValue.secretsManager(ground.secrets.web).unsafeUnwrap(),
    EDGE_SECRET: SecretValue.secretsManager(ground.secrets.edge).unsafeUnwrap(),
  };
}

/** The function that answers the routes of one context. */
export class ContextFunction extends Construct {
  readonly fn: BundledFunction['fn'];
  readonly watched: BundledFunction['watched'];

  constructor(scope: Construct, id: string, props: ContextFunctionProps) {
    super(scope, id);
    const { ground, needs, identity } = props;
    const bundled = new BundledFunction(this, id, {
      ground,
      needs,
      entry: contextEntry(props.context),
      environment: {
        ...trustSettings(ground),
        ...(needs.identity === undefined
          ? {}
          : {
              IDENTITY_ISSUER: identity.issuer,
              IDENTITY_CLIENT_ID: identity.clientId,
              IDENTITY_CLIENT_SECRET: identity.clientSecret,
            }),
      },
    });
    feed(bundled, needs.feeds ?? [], props.queues);
    this.fn = bundled.fn;
    this.watched = bundled.watched;
  }
}
