import { Tags, Validations, type App, type Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Settings } from './settings.ts';
import { requireSources } from './source-files.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { EdgeStack, edgeRegion } from './stacks/edge-stack.ts';
import { IdentityStack } from './stacks/identity-stack.ts';
import { JobsStack } from './stacks/jobs-stack.ts';
import { ObservabilityStack } from './stacks/observability-stack.ts';
import { WebStack } from './stacks/web-stack.ts';

/** The stacks of one deployment, those that change least first. */
export interface Deployment {
  readonly data: DataStack;
  readonly identity: IdentityStack;
  readonly jobs: JobsStack;
  readonly api: ApiStack;
  readonly edge: EdgeStack;
  readonly web: WebStack;
  readonly observability: ObservabilityStack;
}

/**
 * Buckets, secrets and the sign-in client are there before those that find them by name; consumers know
 * a new fact before anybody can state it; the API has a new route, and takes a new secret, before a page
 * or the edge comes with it.
 */
function oneAfterAnother(stacks: readonly Stack[]): void {
  for (const [index, stack] of stacks.entries()) {
    const before = stacks[index - 1];
    if (before !== undefined) stack.addStackDependency(before, 'The order of docs/operations.md.');
  }
}

/**
 * Puts a deployment into an app and has cdk-nag check it.
 * @param root the project's root folder. Throws a sentence when a declared function is not there.
 */
export function deploy(app: App, settings: Settings, root: string): Deployment {
  requireSources(root);
  const { stage, region } = settings;
  const named = (part: string) => `priority-partners-${stage}-${part}`;
  const env = { region };
  const elsewhere = region === edgeRegion ? {} : { crossRegionReferences: true };

  const data = new DataStack(app, named('data'), { env, settings, root });
  const { ground } = data;
  const identity = new IdentityStack(app, named('identity'), { env, settings, settingsKey: ground.settingsKey });
  const jobs = new JobsStack(app, named('jobs'), { env, ground });
  const api = new ApiStack(app, named('api'), { env, ground, identity: identity.client });
  const edge = new EdgeStack(app, named('edge'), { env: { region: edgeRegion }, ...elsewhere });
  const web = new WebStack(app, named('web'), {
    env,
    ground,
    api: api.api,
    accessLogs: data.accessLogs,
    webAclArn: edge.webAclArn,
    ...elsewhere,
  });
  const observability = new ObservabilityStack(app, named('observability'), {
    env,
    settings,
    watched: [...api.watched, ...web.watched, ...jobs.watched, ...data.watched],
  });
  oneAfterAnother([data, identity, jobs, api, edge, web, observability]);

  Tags.of(app).add('application', 'priority-partners');
  Tags.of(app).add('stage', stage);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { data, identity, jobs, api, edge, web, observability };
}
