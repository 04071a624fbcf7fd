import { fileURLToPath } from 'node:url';
import { OutputFormat, type BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';
import { programFolders } from '../source-files.ts';

/** Libraries written for `require` still ask for it when they are bundled as a module. */
const requireBanner =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/** Where the programs stand in a bundle; a Lambda's files are under /var/task. */
export const programsDir = '/var/task/programs';

/** Parts of the SDK that no function of ours can come to use in Lambda, and what stands in for them. */
const replaced = {
  '@aws-sdk/credential-provider-node': fileURLToPath(new URL('../lambda-credentials.ts', import.meta.url)),
  '@smithy/core/event-streams': fileURLToPath(new URL('../no-event-streams.ts', import.meta.url)),
  '@aws-sdk/endpoint-cache': fileURLToPath(new URL('../no-endpoint-cache.ts', import.meta.url)),
  nodemailer: fileURLToPath(new URL('../no-smtp.ts', import.meta.url)),
} as const;

/**
 * One minified module with everything in it, the AWS SDK included: the deployed code is the tested
 * code, whatever SDK the runtime brings. The source map beside it names our lines in a logged stack.
 */
export function bundling(root: string): BundlingOptions {
  return {
    format: OutputFormat.ESM,
    mainFields: ['module', 'main'],
    target: 'node24',
    minify: true,
    sourceMap: true,
    sourcesContent: false,
    bundleAwsSDK: true,
    externalModules: [],
    esbuildArgs: {
      // the licenses of the libraries stand in a file of their own beside the code
      '--legal-comments': 'external',
      ...Object.fromEntries(Object.entries(replaced).map(([name, path]) => [`--alias:${name}`, path])),
    },
    banner: requireBanner,
    commandHooks: {
      beforeInstall: () => [],
      beforeBundling: () => [],
      afterBundling: (_input, output) =>
        programFolders(root).flatMap((name) => [
          `mkdir -p "${output}/programs/${name}"`,
          `cp "${root}/shared/programs/${name}/program.json" "${output}/programs/${name}/program.json"`,
        ]),
    },
  };
}
