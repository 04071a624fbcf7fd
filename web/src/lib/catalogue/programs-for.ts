import { routes } from 'virtual:api-routes/catalogue/programs';
import type { Api } from '#lib/api.ts';
import { callsOf } from '#lib/api-calls.ts';

/** As `apiFor`, of programs alone: what stands around the list of partners loads no other addresses. */
export function programsFor(fetch: typeof globalThis.fetch): Api['catalogue']['programs'] {
  return callsOf(routes, fetch) as Api['catalogue']['programs']; // the build made the routes of the same contract that gives the type
}
