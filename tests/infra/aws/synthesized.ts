import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { deploy, type Deployment } from '../../../infra/aws/deployment.ts';
import { readSettings } from '../../../infra/aws/settings.ts';
import { functionEntries, webBuild } from '../../../infra/aws/source-files.ts';
import { buildFolder } from '../../../web/build-folder.ts';
import { exampleContext } from './example-context.ts';

/** A project with the declared files, empty: enough to synthesize what is not bundled. */
export function emptyProject(): { readonly root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'priority-partners-cdk-'));
  const files = [...functionEntries, 'package-lock.json', 'shared/programs/example/program.json'];
  const built = [webBuild.handler, `${webBuild.parts}/part.js`, `${webBuild.client}/_app/version.json`];
  const write = (file: string): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
  };
  for (const file of files) write(join(root, file));
  for (const file of [...built, `${webBuild.client}/robots.txt`]) write(join(buildFolder(root), file));
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly [more: string]: unknown;
}

export interface Synthesized {
  readonly deployment: Deployment;
  template(part: keyof Deployment): Template;
  /** Every resource of every stack, by stack and logical id. */
  readonly resources: readonly (Resource & { readonly stack: string; readonly id: string })[];
}

/** Synthesizes without bundling. Throws when cdk-nag finds something that nobody gave a reason for. */
export function synthesized(root: string, more: Readonly<Record<string, string>> = {}): Synthesized {
  const app = new App({
    context: { 'aws:cdk:bundling-stacks': [], ...exampleContext, ...more },
    analyticsReporting: false,
  });
  const deployment = deploy(app, readSettings(app.node), root);
  const assembly = app.synth();
  // Read from the assembly: `Template.fromStack` would synthesize everything again for each stack.
  const written = new Map(
    Object.entries<Stack>({ ...deployment }).map(([part, stack]) => [
      part,
      Template.fromJSON(assembly.getStackByName(stack.stackName).template),
    ]),
  );
  const template = (part: keyof Deployment): Template => {
    const found = written.get(part);
    if (found === undefined) throw new Error(`There is no stack ${part}.`);
    return found;
  };
  return {
    deployment,
    template,
    resources: [...written].flatMap(([stack, one]) =>
      Object.entries<Resource>(one.toJSON()['Resources'] ?? {}).map(([id, resource]) => ({ ...resource, stack, id })),
    ),
  };
}
