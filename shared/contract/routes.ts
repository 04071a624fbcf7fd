import { isContractProcedure, type AnyContractRouter } from '@orpc/contract';
import type { RouteMeta } from '../kernel/access.ts';
import { contract } from './contract.ts';

/** A declared route: what the gateway, the deployment and the access test need to know of it. */
export interface DeclaredRoute {
  /** The part of the contract, which one function answers: a context, or of the catalogue the list of partners. */
  readonly context: keyof typeof contract;
  /** Its place in the contract: `catalogue.programs.get`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `/api` in front and `{names}` for what varies. */
  readonly path: string;
  readonly meta: RouteMeta;
}

function* routesIn(context: keyof typeof contract, name: string, part: AnyContractRouter): Generator<DeclaredRoute> {
  if (!isContractProcedure(part)) {
    for (const [word, inner] of Object.entries(part)) yield* routesIn(context, `${name}.${word}`, inner);
    return;
  }
  const { route, meta } = part['~orpc'];
  if (route.path === undefined || route.method === undefined || route.method === 'HEAD') {
    throw new Error(`The route ${name} has no method or no path.`);
  }
  yield {
    context,
    name,
    method: route.method,
    path: `/api${route.path}`,
    meta: meta as RouteMeta, // every route is made by route.ts, whose meta this is
  };
}

/** Every route of the API. */
export const declaredRoutes: readonly DeclaredRoute[] = Object.entries(contract).flatMap(([context, part]) => [
  ...routesIn(context as keyof typeof contract, context, part), // Object.entries widens the keys
]);
