import type { ContractRouterClient } from '@orpc/contract';
import { routes } from 'virtual:api-routes';
import type { contract } from '#shared/contract/contract.ts';
import { callsOf } from './api-calls.ts';

export type Api = ContractRouterClient<typeof contract>;
export type ProgramFacts = Awaited<ReturnType<Api['catalogue']['programs']['get']>>;

/**
 * The typed client of the API. Give it the `fetch` of a `load` or an action: what the server read is
 * then not read again in the browser. Calls throw on refusal; `refusalOf` and `forPage` read that.
 */
export function apiFor(fetch: typeof globalThis.fetch): Api {
  return callsOf(routes, fetch) as Api; // the build made the routes of the same contract that gives the type
}
