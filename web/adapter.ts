import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Adapter } from '@sveltejs/kit';
import { build } from 'esbuild';
import { buildFolder, buildsFolder } from './build-folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const composition = fileURLToPath(new URL('lambda.ts', import.meta.url));

/**
 * Writes, into a folder named by what was read, `client` (files to serve as they are), `handler.js` (an
 * AWS Lambda handler for the HTTP API, with everything it needs beside it) and `server` (its parts,
 * loaded when a page needs them). The embedded default and the cloud run the same files.
 */
export function lambda(): Adapter {
  // What is changed from here on may or may not be in the build, so it belongs to another.
  const folder = buildFolder(root);
  return {
    name: 'lambda',
    async adapt(builder) {
      const output = `${folder}.${process.pid}`;
      mkdirSync(buildsFolder(root), { recursive: true });
      builder.writeClient(`${output}/client`);
      builder.writePrerendered(`${output}/client`);

      const work = builder.getBuildDirectory('lambda');
      rmSync(work, { recursive: true, force: true });
      builder.generateServerInstance(`${work}/instance.js`);
      writeFileSync(
        `${work}/handler.js`,
        [
          `import { handlerFor } from ${JSON.stringify(composition)};`,
          `import { server } from './instance.js';`,
          `export const handler = await handlerFor(server, process.env);`,
        ].join('\n'),
      );
      await build({
        entryPoints: [`${work}/handler.js`],
        outdir: output,
        chunkNames: 'server/[name]-[hash]',
        bundle: true,
        splitting: true,
        format: 'esm',
        platform: 'node',
        target: 'node24',
        minify: true,
        // A stack in the log names our functions; the bundle is 3 % larger for it.
        keepNames: true,
        // Libraries written for `require` still ask for it when bundled as a module.
        banner: {
          js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
        },
        logLevel: 'warning',
      });
      // A build that is there already may be in use; it is made of the same.
      if (existsSync(folder)) rmSync(output, { recursive: true, force: true });
      else renameSync(output, folder);
    },
  };
}
