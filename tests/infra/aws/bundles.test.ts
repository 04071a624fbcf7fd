import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { afterAll, expect, test } from 'vitest';
import { bundling } from '../../../infra/aws/constructs/bundling.ts';
import { functionEntries, programFolders } from '../../../infra/aws/source-files.ts';
import type { Resource } from './synthesized.ts';

const root = resolve(import.meta.dirname, '../../..');
/** Bytes of a function's code with the AWS SDK in it, minified; the source map is not loaded unless something fails. */
const budget = 500_000;

const out = mkdtempSync(join(tmpdir(), 'priority-partners-bundles-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** Bundles every declared function as a deployment does, and says where each went. */
function bundled(): ReadonlyMap<string, string> {
  const app = new App({ outdir: out, context: { 'aws:cdk:enable-asset-metadata': true }, analyticsReporting: false });
  const stack = new Stack(app, 'bundles');
  for (const [index, entry] of functionEntries.entries()) {
    new NodejsFunction(stack, `Function${index}`, {
      description: entry,
      entry: join(root, entry),
      projectRoot: root,
      depsLockFilePath: join(root, 'package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      bundling: { ...bundling(root), logLevel: LogLevel.ERROR },
    });
  }
  const resources: Readonly<Record<string, Resource>> = Template.fromStack(stack).toJSON()['Resources'];
  return new Map(
    Object.values(resources)
      .filter((one) => one.Type === 'AWS::Lambda::Function')
      .map(({ Properties, Metadata }) => [
        String(Properties['Description']),
        join(out, String(Object(Metadata)['aws:asset:path'])),
      ]),
  );
}

test('every declared function is bundled with the programs beside it, within its budget', () => {
  const folders = bundled();
  expect([...folders.keys()].toSorted()).toEqual([...functionEntries].toSorted());
  const tooLarge: string[] = [];
  for (const [entry, folder] of folders) {
    for (const name of programFolders(root))
      expect(existsSync(join(folder, 'programs', name, 'program.json')), entry).toBe(true);
    const bytes = statSync(join(folder, 'index.mjs')).size;
    if (bytes > budget) tooLarge.push(`${entry}: ${bytes} bytes`);
  }
  expect(tooLarge).toEqual([]);
}, 120_000);
