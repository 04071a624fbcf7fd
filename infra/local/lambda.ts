import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import type { Context } from 'aws-lambda';

/** A Lambda function as the embedded default calls it. */
export type LambdaHandler = (event: unknown, context: Context) => Promise<unknown>;

/**
 * The export of a module that is named by its path from the project's root, as a deployment names
 * Lambda entries. Read the environment first: the module does so when it loads.
 */
export async function loadExport(path: string, name: string): Promise<(...parts: never[]) => unknown> {
  const loaded: unknown = await import(pathToFileURL(resolve(import.meta.dirname, '../..', path)).href);
  const found: unknown = typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, name) : undefined;
  if (!isFunction(found)) throw new Error(`${path} does not export a function ${name}.`);
  return found;
}

function isFunction(value: unknown): value is (...parts: never[]) => unknown {
  return typeof value === 'function';
}

/** The `handler` of a module, callable with an event. */
export async function loadHandler(path: string): Promise<LambdaHandler> {
  const handler = await loadExport(path, 'handler');
  return async (event, context) => await Reflect.apply(handler, undefined, [event, context]);
}

/** A second less than API Gateway waits for a function. */
const timeLimitMilliseconds = 29_000;

export function contextFor(functionName: string): Context {
  const deadline = Date.now() + timeLimitMilliseconds;
  return {
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'embedded',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
