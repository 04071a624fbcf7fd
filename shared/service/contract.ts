import * as z from 'zod';
import { route } from '../contract/route.ts';

/** What is true of the site as a whole. */
export const serviceContract = {
  health: route
    .meta({ access: 'public' })
    .route({ method: 'GET', path: '/health', summary: 'Whether the service answers', tags: ['Service'] })
    .output(z.object({ status: z.literal('ok'), version: z.string(), programs: z.int() })),

  openapi: route
    .meta({ access: 'public' })
    .route({ method: 'GET', path: '/openapi.json', summary: 'This document', tags: ['Service'] })
    .output(z.looseObject({ openapi: z.string() })),
};
