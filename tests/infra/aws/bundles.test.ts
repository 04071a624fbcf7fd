import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundling } from '../../../infra/aws/constructs/bundling.ts';
import type { Pages } from '../../../infra/local/web-build.ts';
import { builtPages } from '../../../infra/local/web-build.ts';
import { functionEntries, programFolders } from '../../../infra/aws/source-files.ts';
import { emptyProject, synthesized, type Resource } from './synthesized.ts';

const root = resolve(import.meta.dirname, '../../..');
/** 500 kB of a function's code with the AWS SDK in it, minified; the source map is not loaded unless something fails. */
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

const project = emptyProject();
afterAll(() => project.remove());

let folders: ReadonlyMap<string, string>;
let pages: Pages;
beforeAll(async () => {
  folders = bundled();
  pages = await builtPages();
}, 240_000);
afterAll(() => pages.release());

test('every declared function is bundled with the programs beside it, within its budget', () => {
  expect([...folders.keys()].toSorted()).toEqual([...functionEntries].toSorted());
  const tooLarge: string[] = [];
  for (const [entry, folder] of folders) {
    for (const name of programFolders(root))
      expect(existsSync(join(folder, 'programs', name, 'program.json')), entry).toBe(true);
    const bytes = statSync(join(folder, 'index.mjs')).size;
    if (bytes > budget) tooLarge.push(`${entry}: ${bytes} bytes`);
  }
  expect(tooLarge).toEqual([]);
});

/** What Lambda itself gives a function. */
const givenByLambda: Readonly<Record<string, string>> = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'invented',
  AWS_SECRET_ACCESS_KEY: 'invented',
  AWS_SESSION_TOKEN: 'invented',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: 'invented',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  LAMBDA_TASK_ROOT: '/var/task',
};

/** A value of the right form for each variable that a template may give. */
const invented: Readonly<Record<string, (folder: string) => string>> = {
  NODE_OPTIONS: () => '--enable-source-maps',
  PROGRAMS_DIR: (folder) => join(folder, 'programs'),
  APP_VERSION: () => '1.2.3',
  TABLE_NAME: () => 'priority-partners',
  FILES_URL: () => 's3://priority-partners-files',
  AUDIT_URL: () => 's3://priority-partners-audit',
  QUEUE_URLS: () => '{"matrix":"https://sqs.us-east-1.amazonaws.com/123456789012/matrix"}',
  MAIL_URL: () => 'ses:',
  MAIL_FROM: () => 'no-reply@example.gov',
  PUBLIC_ORIGIN: () => 'https://partners.example.gov',
  WEB_SECRET: () => 'w'.repeat(48),
  EDGE_SECRET: () => 'e'.repeat(48),
  WEB_SECRET_BEFORE: () => 'v'.repeat(48),
  EDGE_SECRET_BEFORE: () => 'd'.repeat(48),
  API_ORIGIN: () => 'https://api.example.gov',
  IDENTITY_ISSUER: () => 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_invented',
  IDENTITY_CLIENT_ID: () => 'invented',
  IDENTITY_CLIENT_SECRET: () => 's'.repeat(48),
};

function environmentFor(names: readonly string[], folder: string): Readonly<Record<string, string>> {
  const given = names.map((name) => {
    const value = invented[name];
    if (value === undefined) throw new Error(`Say in this test what ${name} looks like.`);
    return [name, value(folder)] as const;
  });
  return { ...givenByLambda, ...Object.fromEntries(given) };
}

const load = `const { handler } = await import(process.argv[1]);
  if (typeof handler !== 'function') throw new Error('There is no handler.');
  process.exit(0);`;

test('every bundle, and the pages’ server, loads with exactly the variables that its template names', async () => {
  const functions = synthesized(project.root, { secretGeneration: '2' }).resources.filter(
    (one) => one.Type === 'AWS::Lambda::Function',
  );
  const faults: string[] = [];
  const modules = [...folders].map(([entry, folder]) => [entry, join(folder, 'index.mjs')] as const);
  for (const [entry, module] of [...modules, ['The pages', pages.handler] as const]) {
    const template = functions.find((one) => one.Properties['Description'] === entry);
    const { Variables } = Object(template?.Properties['Environment']);
    const env = environmentFor(Object.keys(Variables), dirname(module));
    const words = ['--input-type=module', '--eval', load, module];
    await promisify(execFile)(process.execPath, words, { env }).catch((error: { readonly stderr: string }) =>
      faults.push(`${entry}: ${/^\w*Error: .*$/m.exec(error.stderr)?.[0] ?? error.stderr}`),
    );
  }
  expect(faults).toEqual([]);
}, 60_000);
