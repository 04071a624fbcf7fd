import { routes } from 'virtual:api-routes/catalogue';
import type { Api } from '#lib/api.ts';
import { callsOf } from '#lib/api-calls.ts';

/** As `apiFor`, of the catalogue alone: the list of partners and what stands around it load no other addresses. */
export function catalogueFor(fetch: typeof globalThis.fetch): Api['catalogue'] {
  return callsOf(routes, fetch) as Api['catalogue']; // the build made the routes of the same contract that gives the type
}
