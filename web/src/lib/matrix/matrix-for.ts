import { routes } from 'virtual:api-routes/partners';
import type { Api } from '#lib/api.ts';
import { callsOf } from '#lib/api-calls.ts';

/** The client of the matrix alone, for the page that asks no other part of the API; see `apiFor`. */
export function matrixFor(fetch: typeof globalThis.fetch): Api['partners'] {
  return callsOf(routes, fetch) as Api['partners']; // the build made the routes of the same contract that gives the type
}
