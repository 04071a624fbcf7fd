import { SecretValue } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { contextEntry, type ContextName } from '../contexts.ts';
import type { FunctionNeeds } from '../function-needs.ts';
import type { Ground } from '../ground.ts';
import type { IdentityClient } from '../stacks/identity-stack.ts';
import { BundledFunction } from './bundled-function.ts';

export interface ContextFunctionProps {
  readonly ground: Ground;
  readonly context: ContextName;
  readonly needs: FunctionNeeds;
  readonly identity: IdentityClient;
}

/** CloudFormation puts the value in when it deploys. */
function valueOf(secretName: string, jsonField?: string): string {
  return SecretValue.secretsManager(secretName, jsonField === undefined ? {} : { jsonField }).unsafeUnwrap();
}

/** What the web and the API know of each other and of the edge. */
export function trustSettings({ origin, secrets: { edge, web } }: Ground): Readonly<Record<string, string>> {
  return {
    PUBLIC_ORIGIN: origin,
    WEB_SECRET: valueOf(web.current),
    EDGE_SECRET: valueOf(edge.current),
    ...(edge.before === undefined ? {} : { EDGE_SECRET_BEFORE: valueOf(edge.before) }),
  };
}

/** The function that answers the routes of one context. */
export class ContextFunction extends Construct {
  readonly fn: BundledFunction['fn'];
  readonly watched: BundledFunction['watched'];

  constructor(scope: Construct, id: string, props: ContextFunctionProps) {
    super(scope, id);
    const { ground, needs, identity } = props;
    const { web } = ground.secrets;
    const bundled = new BundledFunction(this, id, {
      ground,
      needs,
      entry: contextEntry(props.context),
      environment: {
        ...trustSettings(ground),
        ...(web.before === undefined ? {} : { WEB_SECRET_BEFORE: valueOf(web.before) }),
        ...(needs.identity === undefined
          ? {}
          : {
              IDENTITY_ISSUER: identity.issuer,
              IDENTITY_CLIENT_ID: valueOf(identity.secretName, 'clientId'),
              IDENTITY_CLIENT_SECRET: valueOf(identity.secretName, 'clientSecret'),
            }),
      },
    });
    this.fn = bundled.fn;
    this.watched = bundled.watched;
  }
}
