import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { deploy } from './deployment.ts';
import { readSettings } from './settings.ts';

const app = new App();
try {
  deploy(app, readSettings(app.node), fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, ''));
} catch (error) {
  // What an operator can mend is a sentence, not a stack.
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
app.synth();
