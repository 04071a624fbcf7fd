import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerImage } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Ground } from '../ground.ts';
import { webBuild } from '../source-files.ts';
import { buildFolder } from '../../../web/build-folder.ts';
import type { Watched } from '../watched.ts';
import { trustSettings } from './context-function.ts';
import { FunctionGround } from './function-ground.ts';

const loses = 'Nobody sees a page. Whoever has the matrix open can go on filtering it.';

/** The page server with the parts that it loads, and the word that makes them modules. */
function pageCode(folder: string): Code {
  return Code.fromAsset(folder, {
    exclude: [webBuild.client],
    bundling: {
      image: DockerImage.fromRegistry('unused'), // the local way never fails over to it
      local: {
        tryBundle(output) {
          cpSync(join(folder, webBuild.handler), join(output, webBuild.handler));
          cpSync(join(folder, webBuild.parts), join(output, webBuild.parts), { recursive: true });
          writeFileSync(join(output, 'package.json'), '{"type":"module"}\n');
          return true;
        },
      },
    },
  });
}

/** The function that renders pages. It has no right on any data: it asks the API, as everybody does. */
export class PageFunction extends Construct {
  readonly fn: LambdaFunction;
  readonly watched: readonly Watched[];

  constructor(
    scope: Construct,
    id: string,
    { ground, apiOrigin }: { readonly ground: Ground; readonly apiOrigin: string },
  ) {
    super(scope, id);
    const under = new FunctionGround(this, 'Ground', {
      memory: 1024,
      timeoutSeconds: 20,
      loses,
      settingsKey: ground.settingsKey,
    });
    this.fn = new LambdaFunction(this, 'Function', {
      ...under.common,
      description: 'The pages',
      code: pageCode(buildFolder(ground.root)),
      handler: 'handler.handler',
      environment: { API_ORIGIN: apiOrigin, ...trustSettings(ground) },
    });
    this.watched = under.watch('pages', this.fn);
  }
}
