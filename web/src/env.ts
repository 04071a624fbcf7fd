import { defineEnvVars } from '@sveltejs/kit/env';
import { building } from '$app/env';
import * as z from 'zod';

/** While the pages are built there is no deployment yet, so nothing is asked for; at start everything is. */
function whenRunning<T>(schema: z.ZodType<T>, inBuild: T) {
  return (value: string | undefined): T => (building ? inBuild : schema.parse(value));
}

const secret = z.string('It is not set.').min(32, 'It has at least 32 characters.');

export const variables = defineEnvVars({
  API_ORIGIN: {
    schema: whenRunning(
      z
        .url({ protocol: /^https?$/, error: 'It is not an http or https address.' })
        .transform((text) => new URL(text).origin),
      '',
    ),
    description: 'Where the API answers: the address that pages rendered on the server call.',
  },
  EDGE_SECRET: {
    schema: whenRunning(secret.optional(), undefined),
    description: 'Shows the API that a call comes from our side; absent where nothing stands in front of it.',
  },
  SHOW_CAPACITY: {
    schema: whenRunning(z.literal('1').optional(), undefined),
    description: 'Lets everybody read what a page cost, for tests and for measuring; absent where partners compete.',
  },
  WEB_SECRET: {
    schema: whenRunning(secret, ''),
    description: 'Known to the web and the API only: signs whose request a page passes on.',
  },
});
